package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.dataset.Part;
import org.earshot.model.EventLabels;
import org.earshot.quantize.FloatModel;
import org.earshot.quantize.FloatModelFile;
import org.earshot.quantize.FloatNetwork;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final ClipLibrary LIBRARY = TrainingFixtures.library();

  @TempDir Path folder;

  @Test
  void anInterruptedRunGoesOnToTheVeryWeightsOfOneThatWasNot() throws IOException {
    Path whole = folder.resolve("whole");
    RunState state = train(whole, TrainingFixtures.options(4));
    assertThat(state.iteration).isEqualTo(4);
    assertThat(state.epochs).hasSize(2);

    // The learning rate depends on the planned length, so the first half is made by stopping.
    Path halves = folder.resolve("halves");
    train(halves, TrainingFixtures.options(4), 2);
    assertThat(Files.size(halves.resolve("model.zip"))).isPositive();
    RunState resumed = train(halves, TrainingFixtures.options(4));
    assertThat(resumed.iteration).isEqualTo(4);
    assertThat(Files.readAllBytes(halves.resolve("average.bin")))
        .isEqualTo(Files.readAllBytes(whole.resolve("average.bin")));
    assertThat(Files.readString(halves.resolve("report.html"))).contains("door_knock");
  }

  @Test
  void refusesToResumeWithOtherOptions() throws IOException {
    train(folder, TrainingFixtures.options(2));
    assertThatThrownBy(() -> train(folder, TrainingFixtures.options(3)))
        .hasMessageContaining("holds a run with other options");
  }

  @Test
  void tagsAreLearntBesideTheEventsAndNotExported() throws IOException {
    Map<String, Map<String, Float>> scores = new HashMap<>();
    for (Clip clip : LIBRARY.clips()) {
      boolean dog = clip.label().equals("dog_bark");
      scores.put(clip.path(), dog ? Map.of("Bark", 0.9f) : Map.of("Music", 0.6f));
    }
    ClipTags tags = ClipTags.of(scores);
    TagSet set = new TagSet(tags.sha256(), List.of("Bark", "Music"));
    TrainingOptions options = TrainingFixtures.options(2, set);
    assertThat(options.outputs()).isEqualTo(Targets.COUNT + 2);
    RunState state = train(folder, tags, options, Integer.MAX_VALUE);
    assertThat(state.options.tags()).isEqualTo(set);
    TrainedModel trained = TrainedModel.read(folder);
    assertThat(trained.state().options.tags()).isEqualTo(set);
    assertThat(trained.toFloatModel().events()).isEqualTo(EventLabels.STANDARD);
    TagSet others = new TagSet("another", set.classes());
    assertThatThrownBy(
            () -> train(folder, tags, TrainingFixtures.options(2, others), Integer.MAX_VALUE))
        .hasMessageContaining("holds a run with other options");
  }

  @Test
  void aRunOfBeforeThereWereTagsIsResumedWithoutAny() throws IOException {
    train(folder, TrainingFixtures.options(2));
    Path file = folder.resolve("state.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode state = (ObjectNode) json.readTree(file.toFile());
    assertThat(((ObjectNode) state.get("options")).remove("tags")).isNotNull();
    json.writeValue(file.toFile(), state);
    assertThat(train(folder, TrainingFixtures.options(2)).iteration).isEqualTo(2);
  }

  @Test
  void aRunMayBeginWithTheBestWeightsOfAnother() throws IOException {
    train(folder, TrainingFixtures.options(2));
    TrainingOptions options = TrainingFixtures.options(2, TagSet.NONE, folder.toString());
    assertThat(Trainer.begin(options).params())
        .isEqualTo(SequenceGraph.read(folder.resolve("best.zip"), false).params())
        .isNotEqualTo(Trainer.begin(TrainingFixtures.options(2)).params());
    TagSet one = new TagSet("made", List.of("Bark"));
    assertThatThrownBy(() -> Trainer.begin(TrainingFixtures.options(2, one, folder.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("give that run's options for its layers");
  }

  @Test
  void theFloatReferenceGivesDl4jsPosteriors() throws IOException {
    train(folder, TrainingFixtures.options(8)); // biases, too, have moved apart
    TrainedModel trained = TrainedModel.read(folder);
    Path file = folder.resolve("float.esf");
    FloatModelFile.write(trained.toFloatModel(), file);
    FloatModel model = FloatModelFile.read(file);
    float[] samples =
        new SceneSimulator(LIBRARY, Part.VALIDATION, SceneSpec.validationStream())
            .render(3)
            .samples();
    float[][] expected = trained.posteriors(samples);
    int[] step = {0};
    FloatNetwork.run(
        model,
        samples,
        network -> {
          for (int event = 0; event < model.events().size(); event++) {
            double posterior = 1 / (1 + Math.exp(-network.logit(event)));
            // ND4J's single-precision gates differ from double ones by 1e-5 over 1,000 steps.
            assertThat(posterior).isCloseTo(expected[step[0]][event], within(1e-4));
          }
          step[0]++;
        });
    assertThat(step[0]).isEqualTo(expected.length).isGreaterThan(900);
  }

  private static RunState train(Path run, TrainingOptions options) throws IOException {
    return train(run, options, Integer.MAX_VALUE);
  }

  private static RunState train(Path run, TrainingOptions options, int stopAfter)
      throws IOException {
    return train(run, ClipTags.NONE, options, stopAfter);
  }

  private static RunState train(Path run, ClipTags tags, TrainingOptions options, int stopAfter)
      throws IOException {
    PrintStream quiet = new PrintStream(OutputStream.nullOutputStream());
    return new Trainer(LIBRARY, tags, run, options, 2, quiet, false).train(stopAfter);
  }
}
