package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SceneMixTest {
  private static final RoomResponse NO_ROOM =
      new RoomResponse(new float[] {1}, new Convolver().spectra(new float[] {1}), 1, "none");

  private static float[] background(long seed) {
    float[] background = new float[160_000];
    new Noise(seed).add(background, Noise.Colour.WHITE, 0.02, new SceneRandom(seed));
    return background;
  }

  private static WetSound tone(String label, double seconds) {
    float[] samples = new float[Signal.samples(seconds)];
    Noise.addSine(samples, 1000, 0.5, 0);
    Region all = new Region(0, samples.length);
    DrySound dry = DrySound.plain(label, "tone", "recording", samples, List.of(all));
    return WetSound.of(dry, samples, NO_ROOM);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, 0, 6, 12, 24})
  void ratioIsTheOneAskedForMeasuredOnTheSignals(double ratioDb) {
    SceneSpec spec = SceneSpec.validationStream().withDurationSeconds(10);
    for (long seed = 0; seed < 5; seed++) {
      float[] background = background(seed);
      SceneMix mix = new SceneMix(spec.withRatiosDb(List.of(ratioDb)), background);
      mix.addEvent(tone("dog_bark", 1.5), new SceneRandom(seed));
      Soundscape scene = mix.soundscape("test", mix.samples(), "white", List.of(), "clean");
      TruthEvent event = scene.events().get(0);
      int from = Signal.samples(event.onsetSeconds());
      int to = Signal.samples(event.offsetSeconds());
      float[] sound = scene.samples().clone();
      Signal.add(sound, 0, background, -1);
      double eventPower = Signal.meanPower(Signal.powerSums(sound), from, to);
      double backgroundPower = Signal.meanPower(Signal.powerSums(background), from, to);
      assertThat(Signal.powerDb(eventPower) - Signal.powerDb(backgroundPower))
          .as("seed %d", seed)
          .isCloseTo(ratioDb, within(0.2));
    }
  }

  @Test
  void onsetIsWhereTheSoundStarts() {
    SceneSpec spec = SceneSpec.training().withRatioRangeDb(10, 20);
    for (long seed = 0; seed < 20; seed++) {
      float[] background = background(seed);
      SceneMix mix = new SceneMix(spec, background);
      mix.addEvent(tone("dog_bark", 0.8), new SceneRandom(seed));
      Soundscape scene = mix.soundscape("test", mix.samples(), "white", List.of(), "clean");
      float[] sound = scene.samples().clone();
      Signal.add(sound, 0, background, -1);
      int first = 0;
      while (Math.abs(sound[first]) < 1e-5) {
        first++;
      }
      assertThat(scene.events().get(0).onsetSeconds())
          .as("seed %d", seed)
          .isCloseTo(Signal.seconds(first), within(0.02));
    }
  }

  @Test
  void eventsOfOneLabelNeverOverlap() {
    for (long seed = 0; seed < 30; seed++) {
      SceneMix mix = new SceneMix(SceneSpec.training(), background(seed));
      SceneRandom random = new SceneRandom(seed);
      for (int i = 0; i < 6; i++) {
        mix.addEvent(tone("dog_bark", 1), random);
      }
      List<TruthEvent> events =
          mix.soundscape("test", mix.samples(), "white", List.of(), "clean").events();
      for (int i = 1; i < events.size(); i++) {
        assertThat(events.get(i).onsetSeconds())
            .as("seed %d", seed)
            .isGreaterThan(events.get(i - 1).offsetSeconds());
      }
    }
  }

  @Test
  void theStartAndTheSilenceAfterACadenceAreDontCare() {
    float[] samples = new float[Signal.samples(6)];
    Noise.addSine(samples, 3000, 0.5, 0);
    List<Region> all = List.of(new Region(0, samples.length));
    DrySound dry = new DrySound("smoke_alarm", "tone", "t3", samples, all, 3, 4, 1.5);
    SceneSpec spec = SceneSpec.validationStream().withDurationSeconds(10);
    SceneMix mix = new SceneMix(spec, background(1));
    mix.addEvent(WetSound.of(dry, samples, NO_ROOM), new SceneRandom(3));
    Soundscape scene = mix.soundscape("test", mix.samples(), "white", List.of(), "clean");
    TruthEvent event = scene.events().get(0);
    assertThat(scene.dontCare())
        .anyMatch(
            span ->
                span.onsetSeconds() == event.onsetSeconds()
                    && Math.abs(span.offsetSeconds() - event.onsetSeconds() - 3) < 1e-6)
        .anyMatch(span -> span.onsetSeconds() == event.offsetSeconds());
  }
}
