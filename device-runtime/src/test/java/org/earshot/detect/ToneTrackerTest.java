package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTrackerTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();

  private record Beep(double on, double off, float band) {}

  /** The beeps near a frequency that stand out by 15 dB and more. */
  private static List<Beep> beeps(BeepSound sound, double hz) {
    BeepHistory history = new BeepHistory();
    ToneTracker tracker = new ToneTracker(SPEC, history);
    for (float[] frame : sound.frames()) {
      tracker.accept(frame);
    }
    List<Beep> beeps = new ArrayList<>();
    for (long beep = history.first(); beep < history.total(); beep++) {
      boolean near = Math.abs(history.band(beep) - SPEC.bandOf(hz)) < 1;
      if (near && history.riseDb(beep) > 15) {
        beeps.add(
            new Beep(
                0.01 * history.onFrame(beep), 0.01 * history.offFrame(beep), history.band(beep)));
      }
    }
    return beeps;
  }

  @ParameterizedTest
  @ValueSource(doubles = {520, 2156, 3000, 3312, 4100})
  void findsABeepsEdgesAndPitch(double hz) {
    BeepSound sound = new BeepSound(3, 1).beep(hz, 1.2, 0.5, 0.1).noise(0.003);
    List<Beep> beeps = beeps(sound, hz);
    assertThat(beeps).hasSize(1);
    assertThat(beeps.get(0).on()).isCloseTo(1.2, Offset.offset(0.03));
    assertThat(beeps.get(0).off()).isCloseTo(1.7, Offset.offset(0.03));
    assertThat((double) beeps.get(0).band()).isCloseTo(SPEC.bandOf(hz), Offset.offset(0.4));
  }

  @Test
  void keepsBeepsApartOverGapsOf60Milliseconds() {
    BeepSound sound = new BeepSound(5, 2).groups(3100, 1, 1, 10, 0.2, 0.06, 0, 0.1).noise(0.003);
    assertThat(beeps(sound, 3100)).hasSize(10);
  }

  @Test
  void hearsThreeBeepsInARoomThoughItsTailIsCutUp() {
    BeepSound sound =
        new BeepSound(6, 3).groups(3100, 1, 1, 3, 0.5, 0.5, 0, 0.1).room(0.5).noise(0.002);
    List<Beep> beeps = beeps(sound, 3100);
    for (double onset : new double[] {1, 2, 3}) {
      assertThat(beeps).anyMatch(beep -> Math.abs(beep.on() - onset) < 0.05);
    }
  }

  @Test
  void followsTwoTonesAtOnce() {
    BeepSound sound =
        new BeepSound(8, 4)
            .groups(2300, 1, 1, 5, 0.5, 0.5, 0, 0.1)
            .groups(3400, 1.2, 1, 5, 0.3, 0.7, 0, 0.05)
            .noise(0.002);
    assertThat(beeps(sound, 2300)).hasSize(5);
    assertThat(beeps(sound, 3400)).hasSize(5);
  }

  @Test
  void hearsNoBeepInSteadyNoise() {
    BeepSound sound = new BeepSound(30, 5).noise(0.1);
    for (double hz = 500; hz < 5000; hz *= 1.03) {
      assertThat(beeps(sound, hz)).isEmpty();
    }
  }

  @Test
  void drownedBackgroundToneEndsWithTheBeepNotWithTheBackground() {
    BeepSound sound =
        new BeepSound(4, 6).beep(3000, 0, 4, 0.004).beep(3000, 1.5, 0.5, 0.2).noise(0.001);
    List<Beep> beeps = beeps(sound, 3000);
    assertThat(beeps).anyMatch(b -> Math.abs(b.on() - 1.5) < 0.03 && Math.abs(b.off() - 2) < 0.05);
  }

  @Test
  void noMoreThanItsVoicesSoundAtOnce() {
    BeepSound sound = new BeepSound(3, 7).noise(0.0005);
    for (int i = 0; i < 20; i++) {
      sound.beep(500 + 220 * i, 1, 0.4, 0.02);
    }
    BeepHistory history = new BeepHistory();
    ToneTracker tracker = new ToneTracker(SPEC, history);
    for (float[] frame : sound.frames()) {
      tracker.accept(frame);
    }
    int atOnce = 0;
    for (long beep = history.first(); beep < history.total(); beep++) {
      atOnce += history.onFrame(beep) < 110 && history.offFrame(beep) > 130 ? 1 : 0;
    }
    assertThat(atOnce).isBetween(4, ToneTracker.VOICES);
  }

  @Test
  void historyKeepsTheNewestBeepsOnly() {
    BeepHistory history = new BeepHistory();
    for (int i = 0; i < 3 * BeepHistory.CAPACITY; i++) {
      history.add(10L * i, 10L * i + 5, i % 60, 20);
    }
    assertThat(history.first()).isEqualTo(2L * BeepHistory.CAPACITY);
    assertThat(history.onFrame(history.total() - 1))
        .isEqualTo(10L * (3 * BeepHistory.CAPACITY - 1));
    assertThat(history.onFrame(history.first())).isEqualTo(20L * BeepHistory.CAPACITY);
  }
}
