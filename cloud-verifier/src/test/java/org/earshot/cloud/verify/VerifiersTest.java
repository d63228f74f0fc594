package org.earshot.cloud.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.cloud.store.ModelScore;
import org.earshot.cloud.store.Samples;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;
import org.earshot.fixture.YamnetFile;
import org.earshot.verifier.ConvolutionWeights;
import org.earshot.verifier.Fusion;
import org.earshot.verifier.LstmWeights;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiersTest {
  private static final double BIAS = 1.5;

  /** A network that says the same of every clip: its weights are 0, its bias is not. */
  private static VerifierModel constant() {
    FeatureSpec spec = FeatureSpec.standard();
    int bands = spec.melBands();
    ConvolutionWeights dense =
        new ConvolutionWeights(1, bands, bands, 1, 1, 1, new float[bands], new float[1]);
    LstmWeights lstm = new LstmWeights(1, 1, new float[4], new float[4], new float[4]);
    return new VerifierModel(
        spec.fingerprint(),
        bands,
        1,
        1,
        1 / 16f,
        List.of(dense),
        lstm,
        lstm,
        List.of("dog_bark", "siren"),
        new float[4],
        new float[] {(float) BIAS, (float) -BIAS});
  }

  private static String weights(String verifier) {
    return "earshot-fusion 1 "
        + verifier
        + """

        event\tmodels\tbias\tweights\treject_below\tconfirm_from\tyamnet_classes
        dog_bark\tverifier+device\t-1\t1,0.5\t0.2\t0.8\t
        siren\tverifier+device\t0\t1,0\t0.1\t0.9\t
        siren\tverifier+yamnet+device\t-20\t0,0,0\t0.1\t0.9\tSiren
        """;
  }

  private static Path release(Path folder) throws IOException {
    VerifierModel model = constant();
    VerifierFile.write(model, folder.resolve(VerifierFile.NAME));
    Files.writeString(folder.resolve(Fusion.NAME), weights(VerifierFile.fingerprint(model)));
    return folder;
  }

  private static EventMessage event(String label) {
    return Samples.opened(Samples.id(), label); // its posterior is 0.9
  }

  @Test
  void fusesModelAndDeviceByALogisticLayerForEachEvent(@TempDir Path folder) throws IOException {
    try (FusedVerifier verifier = FusedVerifier.open(release(folder), null)) {
      Opinion dog = verifier.judge(new float[16_000], event("dog_bark"));
      double sum = -1 + BIAS + 0.5 * Math.log(0.9 / 0.1);
      assertThat(dog.probability()).isCloseTo(1 / (1 + Math.exp(-sum)), within(1e-4));
      assertThat(dog.verdict()).isEqualTo(Verdict.CONFIRMED);
      assertThat(dog.scores()).extracting(ModelScore::label).containsExactly("dog_bark", "siren");
      assertThat(verifier.judge(new float[16_000], event("siren")).verdict())
          .isEqualTo(Verdict.UNSURE);
      assertThat(verifier.judge(new float[10], event("dog_bark"))).isEqualTo(dog);
      assertThat(verifier.model()).startsWith("verifier-");
    }
  }

  @Test
  void isUnsureOfAnEventThatNothingIsKnownOf(@TempDir Path folder) throws IOException {
    try (FusedVerifier verifier = FusedVerifier.open(release(folder), null)) {
      Opinion opinion = verifier.judge(new float[16_000], event("kettle"));
      assertThat(opinion.verdict()).isEqualTo(Verdict.UNSURE);
      assertThat(opinion.probability()).isZero();
    }
  }

  @Test
  void yamnetHasASayWhereItIsThere(@TempDir Path folder) throws IOException {
    try (FusedVerifier verifier = FusedVerifier.open(release(folder), YamnetFile.orSkip())) {
      Opinion opinion = verifier.judge(new float[16_000], event("siren"));
      assertThat(opinion.verdict()).isEqualTo(Verdict.REJECTED); // by the row of three models
      assertThat(opinion.scores()).hasSize(2 + 5);
      assertThat(verifier.model()).matches("verifier-.* \\+ yamnet-[0-9a-f]{8}");
    }
  }

  @Test
  void refusesAFusionOfAnotherModel(@TempDir Path folder) throws IOException {
    Files.writeString(release(folder).resolve(Fusion.NAME), weights("0123"));
    assertThatThrownBy(() -> FusedVerifier.open(folder, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0123");
  }

  @Test
  void yamnetHearsASirenAndIsNeverSure() throws IOException {
    try (YamnetVerifier yamnet = new YamnetVerifier(YamnetFile.orSkip())) {
      EventMessage event = Samples.opened(Samples.id(), "siren");
      float[] siren = new float[5 * 16_000];
      double phase = 0;
      for (int i = 0; i < siren.length; i++) {
        phase += 2 * Math.PI * (900 + 400 * Math.sin(2 * Math.PI * i / 48_000)) / 16_000;
        siren[i] = (float) (0.3 * Math.sin(phase));
      }

      Opinion heard = yamnet.judge(siren, event);
      Opinion silence = yamnet.judge(new float[8_000], event);

      assertThat(yamnet.model()).matches("yamnet-[0-9a-f]{8}");
      assertThat(heard.verdict()).isEqualTo(Verdict.UNSURE);
      assertThat(heard.probability()).isGreaterThan(0.05).isGreaterThan(silence.probability());
      assertThat(heard.scores()).hasSize(5);
      assertThat(yamnet.judge(siren, event)).isEqualTo(heard);
      assertThat(yamnet.judge(siren, Samples.opened(Samples.id(), "kettle")).probability())
          .isZero();
    }
  }

  @Test
  void saysThatAFileIsNoModel(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("no.tflite"), "no model");
    assertThatThrownBy(() -> new YamnetVerifier(file)).hasMessageContaining("no.tflite");
  }
}
