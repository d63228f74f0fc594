package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timings are measured back from the samples, against the table of cadences. */
final class AlarmSynthesizerTest {
  private static final double EDGE_SECONDS = 0.03; // attack, ringing and the finder's 5 ms grid
  private final AlarmSynthesizer synthesizer = new AlarmSynthesizer(List.of(), List.of());

  private static List<Region> beeps(float[] samples) {
    return new ActiveRegionFinder(0.02, 14).find(samples);
  }

  private DrySound plain(AlarmKind kind, int cycles, long seed) {
    SceneRandom random = new SceneRandom(seed);
    ToneSpec tone = new ToneSpec(3000, new double[] {1}, 0, 0, 0, 0, 0, 0, 0, 0, 0.002, 0.001, 0);
    return synthesizer.render(
        kind, kind.cadence(random), new SyntheticTone(tone), cycles, 60, random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void temporalThreeIsThreeHalfSecondBeepsAndAPause(long seed) {
    List<Region> beeps = beeps(plain(AlarmKind.SMOKE_T3, 3, seed).samples());
    assertThat(beeps).hasSize(9);
    for (int i = 0; i < 9; i++) {
      assertThat(Signal.seconds(beeps.get(i).lengthSamples()))
          .isBetween(0.43 - EDGE_SECONDS, 0.55 + EDGE_SECONDS);
      if (i > 0) {
        double gap = Signal.seconds(beeps.get(i).fromSample() - beeps.get(i - 1).toSample());
        if (i % 3 == 0) {
          assertThat(gap).isBetween(1.17 - EDGE_SECONDS, 1.7 + EDGE_SECONDS);
        } else {
          assertThat(gap).isBetween(0.35 - EDGE_SECONDS, 0.55 + EDGE_SECONDS);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void temporalFourIsFourShortBeepsEveryFiveSeconds(long seed) {
    List<Region> beeps = beeps(plain(AlarmKind.CO_T4, 3, seed).samples());
    assertThat(beeps).hasSize(12);
    for (int i = 0; i < 12; i++) {
      assertThat(Signal.seconds(beeps.get(i).lengthSamples()))
          .isBetween(0.09 - EDGE_SECONDS, 0.11 + EDGE_SECONDS);
    }
    for (int i = 4; i < 12; i += 4) {
      double period = Signal.seconds(beeps.get(i).fromSample() - beeps.get(i - 4).fromSample());
      assertThat(period).isBetween(4.5 - EDGE_SECONDS, 5.5 + EDGE_SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anAlarmLastsAsLongAsIsAsked(long seed) {
    AlarmSynthesizer synthesizer = new AlarmSynthesizer(List.of(), List.of());
    for (AlarmKind kind : AlarmKind.values()) {
      if (kind.isAlarm()) {
        DrySound sound = synthesizer.render(kind, 12, 20, new SceneRandom(seed));
        double cycle = sound.cycleSeconds();
        assertThat(Signal.seconds(sound.samples().length))
            .as(kind.name())
            .isBetween(12.0, Math.max(20.6, 2 * cycle + 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void europeanSmokeIsQuickAndRegular(long seed) {
    List<Region> beeps = beeps(plain(AlarmKind.SMOKE_EUROPEAN, 20, seed).samples());
    assertThat(beeps).hasSize(20);
    for (int i = 1; i < 20; i++) {
      double gap = Signal.seconds(beeps.get(i).fromSample() - beeps.get(i - 1).toSample());
      assertThat(gap).isBetween(0.05 - EDGE_SECONDS, 0.10 + EDGE_SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource(AlarmKind.class)
  void truthStartsWithTheFirstBeepAndEndsWithTheLast(AlarmKind kind) {
    for (long seed = 0; seed < 5; seed++) {
      DrySound sound = synthesizer.render(kind, 12, new SceneRandom(seed));
      assertThat(sound.label()).isEqualTo(kind.label());
      Region episode = sound.episodes().get(0);
      List<Region> found = new ActiveRegionFinder(20, 40).find(sound.samples());
      assertThat(Signal.seconds(found.get(0).fromSample()))
          .as("%s seed %d", kind, seed)
          .isBetween(0.0, 0.02);
      assertThat(episode.fromSample()).isZero();
      assertThat(episode.toSample()).isLessThanOrEqualTo(sound.samples().length);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {520, 2000, 3312, 4100})
  void toneHasItsFrequency(double frequencyHz) {
    ToneSpec tone =
        new ToneSpec(frequencyHz, new double[] {1}, 0, 0, 0, 0, 0, 0, 0, 0, 0.002, 0.001, 0);
    float[] out = new float[16_000];
    new SyntheticTone(tone).addBeep(out, 0, 16_000, 1, new SceneRandom(7));
    int crossings = 0;
    for (int i = 1; i < out.length; i++) {
      crossings += out[i - 1] < 0 && out[i] >= 0 ? 1 : 0;
    }
    assertThat((double) crossings).isBetween(frequencyHz - 2, frequencyHz + 2);
  }
}
