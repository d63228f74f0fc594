package org.earshot.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.evaluation.LevelModel;
import org.earshot.model.EventLabels;
import org.earshot.model.SoundModel;
import org.earshot.training.RunState;
import org.earshot.training.SequenceGraph;
import org.earshot.training.TagSet;
import org.earshot.training.Trainer;
import org.earshot.training.TrainingFixtures;
import org.earshot.training.TrainingOptions;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;
import org.earshot.verifier.VerifierNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTrainerTest {
  private static final ClipLibrary LIBRARY = TrainingFixtures.library();
  private static final TrainingOptions DEVICE = TrainingFixtures.options(2);
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  /** Fires at every burst, whatever it is. */
  private static final SoundModel EAR = LevelModel.of(EventLabels.STANDARD.toArray(String[]::new));

  @TempDir private static Path deviceRun;

  @TempDir private Path folder;

  @BeforeAll
  static void trainTheDevice() throws IOException {
    new Trainer(LIBRARY, ClipTags.NONE, deviceRun, DEVICE, 2, QUIET, false).train();
  }

  @Test
  void anInterruptedRunGoesOnToTheVeryWeightsOfOneThatWasNotAndOfNoOther() throws IOException {
    Path whole = folder.resolve("whole");
    RunState state = train(whole, options(4), Integer.MAX_VALUE);
    assertThat(state.iteration).isEqualTo(4);
    assertThat(state.epochs).hasSize(2);
    Path halves = folder.resolve("halves");
    train(halves, options(4), 2);
    long clips = Files.size(halves.resolve("clips.bin"));
    assertThat(clips).isPositive();
    assertThat(train(halves, options(4), Integer.MAX_VALUE).iteration).isEqualTo(4);
    assertThat(Files.readAllBytes(halves.resolve("average.bin")))
        .isEqualTo(Files.readAllBytes(whole.resolve("average.bin")));
    assertThat(Files.readAllBytes(halves.resolve("clips.bin")))
        .isEqualTo(Files.readAllBytes(whole.resolve("clips.bin")))
        .hasSizeGreaterThan((int) clips);
    assertThat(Files.readString(halves.resolve("report.html")))
        .contains("Earshot verifier training", "door_knock");
    assertThatThrownBy(() -> train(whole, options(6), Integer.MAX_VALUE))
        .hasMessageContaining("holds a run with other options");
    assertThatThrownBy(() -> trainer(whole, options(4)).train(device(), "another", 6))
        .hasMessageContaining("another device model");
  }

  @Test
  void beginsWithTheDevicesConvolutionsAndLeavesTheRest() throws IOException {
    ComputationGraph device = device();
    ComputationGraph verifier = VerifierGraph.create(options(2));
    float[] headsBefore = verifier.getParam("heads_W").dup().data().asFloat();
    assertThat(verifier.getParam("front_W0")).isNotEqualTo(device.getParam("front_W0"));
    VerifierGraph.copyFront(device, verifier);
    for (String parameter : new String[] {"front_W0", "front_W2", "front_mean1", "front_gamma0"}) {
      assertThat(verifier.getParam(parameter)).isEqualTo(device.getParam(parameter));
    }
    assertThat(verifier.getParam("heads_W").dup().data().asFloat()).isEqualTo(headsBefore);
  }

  @Test
  void learnsFromTheDevicesFalseAlertsAndExportsWhatDl4jComputes() throws IOException {
    RunState state = train(folder, options(48, 12, 0.05), Integer.MAX_VALUE);
    double first = state.epochs.get(0).loss();
    double last = state.epochs.get(state.epochs.size() - 1).loss();
    assertThat(last).isLessThan(0.8 * first);
    assertThat(Files.readAllLines(folder.resolve("negatives.tsv")))
        .isNotEmpty()
        .allMatch(EventLabels.STANDARD::contains);
    TrainedVerifier trained = TrainedVerifier.read(folder);
    Path file = folder.resolve(VerifierFile.NAME);
    VerifierFile.write(trained.toModel(), file);
    VerifierModel model = VerifierFile.read(file);
    assertThat(model.events()).isEqualTo(EventLabels.STANDARD);
    VerifierNetwork network = new VerifierNetwork(model, FeatureSpec.standard());
    float highest = 0;
    for (int clip = 0; clip < 3; clip++) {
      float[] samples = trained.bursts(clip);
      float[] expected = trained.probabilities(samples);
      float[] heard = network.probabilities(samples);
      for (int event = 0; event < heard.length; event++) {
        // ND4J's single-precision gates differ from double ones in their sixth digit.
        assertThat(heard[event]).isCloseTo(expected[event], within(1e-5f));
        highest = Math.max(highest, heard[event]);
      }
    }
    assertThat(highest).isGreaterThan(0.02f); // not two ways to say nothing
  }

  private static VerifierOptions options(int iterations) {
    return options(iterations, 2, 0.01);
  }

  private static VerifierOptions options(int iterations, int epoch, double rate) {
    int joined = 2;
    int hidden = 6;
    int batch = 6;
    int hard = 2;
    int reuse = 2;
    int negativeScenes = 6;
    int validationScenes = 8;
    return new VerifierOptions(
        3,
        DEVICE,
        joined,
        hidden,
        batch,
        hard,
        reuse,
        6,
        4,
        50,
        negativeScenes,
        iterations,
        epoch,
        rate,
        3,
        0.5,
        0.2,
        0.9,
        validationScenes,
        TagSet.NONE);
  }

  private static ComputationGraph device() throws IOException {
    return SequenceGraph.read(deviceRun.resolve("best.zip"), false);
  }

  private static VerifierTrainer trainer(Path run, VerifierOptions options) {
    return new VerifierTrainer(LIBRARY, ClipTags.NONE, EAR, run, options, 2, QUIET, false);
  }

  private static RunState train(Path run, VerifierOptions options, int stopAfter)
      throws IOException {
    return trainer(run, options).train(device(), "device", stopAfter);
  }
}
