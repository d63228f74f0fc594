package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.EventLabels;
import org.earshot.model.HeadModel;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.junit.jupiter.api.Test;

/** The files in {@code models/}. */
class ShippedModelTest {
  private static final Path SUMS = Checkout.MODELS.resolve("SHA256SUMS");

  @Test
  void everyModelFileHasItsChecksumAndMatchesIt() throws IOException {
    Map<String, String> promised = new TreeMap<>();
    for (String line : Files.readAllLines(SUMS)) {
      assertThat(line).matches("[0-9a-f]{64}  \\S+");
      promised.put(line.substring(66), line.substring(0, 64));
    }
    for (Map.Entry<String, String> sum : promised.entrySet()) {
      assertThat(sha256(Checkout.MODELS.resolve(sum.getKey())))
          .as(sum.getKey())
          .isEqualTo(sum.getValue());
    }
    assertThat(promised.keySet())
        .containsAll(
            modelFiles().stream()
                .map(file -> Checkout.MODELS.relativize(file).toString().replace('\\', '/'))
                .toList());
  }

  @Test
  void baseAndHeadsTakeAtMost500Kilobytes() throws IOException {
    long bytes = 0;
    for (Path file : modelFiles()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isPositive().isLessThanOrEqualTo(500_000);
  }

  @Test
  void thereIsOneHeadForEachOfTheNineEvents() throws IOException {
    assertThat(ModelFile.read(Checkout.MODELS).events())
        .hasSize(9)
        .containsExactlyElementsOf(EventLabels.STANDARD);
  }

  @Test
  void everyHeadFitsTheBaseAndIsNamedByItsEvent() throws IOException {
    byte[] fingerprint =
        ModelFile.readBase(Checkout.MODELS.resolve(ModelFile.BASE_FILE)).fingerprint();
    for (String event : EventLabels.STANDARD) {
      Path file = heads().resolve(event + ModelFile.HEAD_SUFFIX);
      HeadModel head = ModelFile.readHead(file);
      assertThat(head.event()).isEqualTo(event);
      assertThat(head.baseFingerprint()).as(event).isEqualTo(fingerprint);
    }
  }

  @Test
  void theBaseWasTrainedOnTheStandardFeatures() throws IOException {
    SoundModel model = ModelFile.read(Checkout.MODELS);
    assertThat(model.base().featureFingerprint()).isEqualTo(FeatureSpec.standard().fingerprint());
    assertThat(model.base().melBands()).isEqualTo(FeatureSpec.standard().melBands());
  }

  private static List<Path> modelFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(Checkout.MODELS.resolve(ModelFile.BASE_FILE));
    try (Stream<Path> heads = Files.list(heads())) {
      heads.forEach(files::add);
    }
    return files;
  }

  private static Path heads() {
    return Checkout.MODELS.resolve(ModelFile.HEADS_FOLDER);
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
