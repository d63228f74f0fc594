package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.earshot.dataset.Clip;
import org.junit.jupiter.api.Test;

final class SceneSimulatorTest {
  private static SceneSimulator simulator(SceneSpec spec) {
    return new SceneSimulator(TestClips.library(), List.of(), spec);
  }

  @Test
  void sameSeedGivesTheSameSceneWhateverWasRenderedBefore() {
    SceneSimulator first = simulator(SceneSpec.training());
    SceneSimulator second = simulator(SceneSpec.training());
    for (long seed = 12; seed >= 0; seed--) {
      second.render(seed);
    }
    for (long seed = 0; seed < 8; seed++) {
      Soundscape a = first.render(seed);
      Soundscape b = second.render(seed);
      assertThat(a.samples()).as("seed %d", seed).isEqualTo(b.samples());
      assertThat(a.events()).isEqualTo(b.events());
      assertThat(a.info()).isEqualTo(b.info());
    }
  }

  @Test
  void threadsDoNotChangeAScene() {
    SceneSimulator parallel = simulator(SceneSpec.training());
    List<Integer> hashes =
        LongStream.range(0, 12)
            .parallel()
            .mapToObj(seed -> Arrays.hashCode(parallel.render(seed).samples()))
            .toList();
    SceneSimulator serial = simulator(SceneSpec.training());
    for (int seed = 0; seed < 12; seed++) {
      assertThat(Arrays.hashCode(serial.render(seed).samples()))
          .as("seed %d", seed)
          .isEqualTo(hashes.get(seed));
    }
  }

  @Test
  void simulatorsThatShareTheirSoundsDrawTheirOwnScenes() {
    SceneSpec other = SceneSpec.training().withEmptyShare(0.1).withMostEvents(4);
    SceneSimulator alone = simulator(other);
    SceneSimulator sharing = simulator(SceneSpec.training()).with(other);
    for (long seed = 0; seed < 6; seed++) {
      assertThat(sharing.render(seed).samples())
          .as("seed %d", seed)
          .isEqualTo(alone.render(seed).samples());
    }
  }

  @Test
  void refusesToShareSoundsWithScenesThatNeedOthers() {
    SceneSimulator training = simulator(SceneSpec.training());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.with(SceneSpec.validationStream()))
        .withMessage("scenes of validation need banks of their own");
  }

  @Test
  void differentSeedsGiveDifferentScenes() {
    SceneSimulator simulator = simulator(SceneSpec.training());
    assertThat(simulator.render(1).samples()).isNotEqualTo(simulator.render(2).samples());
  }

  @Test
  void scenesHaveTheirLengthStayInRangeAndTruthInsideThem() {
    SceneSimulator simulator = simulator(SceneSpec.training());
    for (long seed = 100; seed < 130; seed++) {
      Soundscape scene = simulator.render(seed);
      assertThat(scene.samples()).as("seed %d", seed).hasSize(160_000);
      assertThat(Signal.peak(scene.samples())).isBetween(0.001f, 1f);
      for (TruthEvent event : scene.events()) {
        assertThat(event.onsetSeconds()).isBetween(0.0, 10.0);
        assertThat(event.offsetSeconds()).isGreaterThan(event.onsetSeconds());
        assertThat(event.offsetSeconds()).isLessThanOrEqualTo(10);
        assertThat(SoundCatalogue.TARGETS).contains(event.label());
      }
    }
  }

  @Test
  void validationStreamsHoldOneWholeEventOrNone() {
    SceneSimulator simulator = simulator(SceneSpec.validationStream());
    int empty = 0;
    for (long seed = 0; seed < 40; seed++) {
      Soundscape scene = simulator.render(seed);
      assertThat(scene.events()).as("seed %d", seed).hasSizeLessThan(2);
      if (scene.events().isEmpty()) {
        empty++;
        continue;
      }
      TruthEvent event = scene.events().get(0);
      assertThat(event.onsetSeconds()).isGreaterThanOrEqualTo(0.9);
      assertThat(event.offsetSeconds()).isLessThan(29.8);
      assertThat(event.eventToBackgroundDb()).isIn(0.0, 6.0, 12.0, 24.0);
    }
    assertThat(empty).isBetween(8, 32);
  }

  @Test
  void openingDoorsAreDontCareForClosingDoors() {
    SceneSpec spec = SceneSpec.training().withDistractorsPerScene(6);
    SceneSimulator simulator = simulator(spec);
    long found =
        LongStream.range(0, 25)
            .mapToObj(simulator::render)
            .filter(
                scene ->
                    scene.dontCare().stream()
                        .anyMatch(
                            event ->
                                event.label().equals("door_close")
                                    && event.source().contains("door_open")))
            .count();
    assertThat(found).isGreaterThan(2);
  }

  @Test
  void someBreakingGlassIsSynthesizedInTrainingAndNoneInValidation() {
    List<Clip> clips = new ArrayList<>(TestClips.library());
    clips.add(TestClips.clip("glass_break", "pane", TestClips.burst(2, 0.4, 0.6, 60)));
    SceneSpec training =
        SceneSpec.training().withEmptyShare(0).withClassWeights(only("glass_break"));
    List<String> sources = sources(new SceneSimulator(clips, List.of(), training));
    assertThat(sources).contains("synthetic:glass").anyMatch(source -> source.contains("pane"));
    SceneSpec validation =
        SceneSpec.validationStream().withEmptyShare(0).withClassWeights(only("glass_break"));
    assertThat(sources(new SceneSimulator(clips, List.of(), validation)))
        .isNotEmpty()
        .allMatch(source -> source.contains("pane"));
  }

  @Test
  void taggedSoundsComeBesideTheOthersAndChangeNothingBeforeThem() {
    List<Clip> clips = new ArrayList<>(TestClips.library());
    clips.add(TestClips.clip("other_tagged", "a", TestClips.burst(2, 0.4, 0.6, 70)));
    SceneSimulator without = simulator(SceneSpec.training());
    SceneSimulator with = new SceneSimulator(clips, List.of(), SceneSpec.training());
    int found = 0;
    for (long seed = 0; seed < 20; seed++) {
      List<TruthEvent> plain = without.render(seed).distractors();
      List<TruthEvent> more = with.render(seed).distractors();
      assertThat(more).as("seed %d", seed).startsWith(plain.toArray(new TruthEvent[0]));
      assertThat(more.subList(plain.size(), more.size()))
          .allMatch(sound -> sound.label().equals("other_tagged"));
      found += more.size() - plain.size();
    }
    assertThat(found).isBetween(4, 20); // 0.5 a scene
    SceneSimulator validation = new SceneSimulator(clips, List.of(), SceneSpec.validationStream());
    for (long seed = 0; seed < 10; seed++) {
      assertThat(validation.render(seed).distractors())
          .noneMatch(sound -> sound.label().equals("other_tagged"));
    }
  }

  @Test
  void aSceneNamesTheRecordingsBehindIt() {
    SceneSimulator simulator =
        simulator(SceneSpec.training().withBackgroundWeights(Map.of("weather", 1e9)));
    assertThat(simulator.render(1).backgroundSources())
        .isNotEmpty()
        .allMatch(source -> source.startsWith("other_rain/"));
  }

  private static Map<String, Double> only(String target) {
    Map<String, Double> weights = new HashMap<>();
    SoundCatalogue.TARGETS.forEach(label -> weights.put(label, label.equals(target) ? 1.0 : 0.0));
    return weights;
  }

  private static List<String> sources(SceneSimulator simulator) {
    return LongStream.range(0, 10)
        .mapToObj(simulator::render)
        .flatMap(scene -> scene.events().stream())
        .map(TruthEvent::source)
        .toList();
  }

  @Test
  void classWeightsDecideWhatIsDrawn() {
    Map<String, Double> onlyDogs = only("dog_bark");
    SceneSimulator simulator =
        simulator(SceneSpec.training().withEmptyShare(0).withClassWeights(onlyDogs));
    for (long seed = 0; seed < 10; seed++) {
      assertThat(simulator.render(seed).events())
          .isNotEmpty()
          .allMatch(event -> event.label().equals("dog_bark"));
    }
    onlyDogs.put("dog_bark", 0.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator(SceneSpec.training().withClassWeights(onlyDogs)))
        .withMessageContaining("weight 0");
  }
}
