package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cadences from times of beeps, as the tables of the standards and measurements give them. */
class CadenceClassifierTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final float PIEZO = (float) SPEC.bandOf(3100);

  /** Beeps of one tone, with a jitter of 10 ms, and what is made of them. */
  private static final class Rhythm {
    private final BeepHistory history = new BeepHistory();
    private final CadenceClassifier classifier = new CadenceClassifier(SPEC);
    private final Random random;
    private double time = 3;

    Rhythm(long seed) {
      random = new Random(seed);
    }

    Rhythm beep(double on, double pause) {
      return beep(on, pause, PIEZO);
    }

    Rhythm beep(double on, double pause, float band) {
      long from = Math.round(100 * (time + 0.005 * (2 * random.nextDouble() - 1)));
      history.add(from, from + Math.round(100 * on), band, 30 + random.nextInt(3));
      time += on + pause;
      return this;
    }

    Rhythm silence(double seconds) {
      time += seconds;
      return this;
    }

    Rhythm groups(int groups, int beeps, double on, double off, double pause) {
      for (int group = 0; group < groups; group++) {
        for (int beep = 0; beep < beeps; beep++) {
          beep(on, beep == beeps - 1 ? pause : off);
        }
      }
      return this;
    }

    Cadence at(boolean paused) {
      classifier.classify(history, history.total() - 1, paused);
      return classifier.cadence();
    }

    Cadence now() {
      return at(false);
    }

    Cadence paused() {
      return at(true);
    }

    int cycles() {
      return classifier.cycles();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.50, 0.50, 1.50", // ISO 8201
    "0.45, 0.45, 1.35",
    "0.55, 0.55, 1.65",
    "0.43, 0.35, 1.17", // measured extremes
    "0.53, 0.50, 1.70",
  })
  void threeBeepsAndAPauseAreSmoke(double on, double off, double pause) {
    for (long seed = 1; seed <= 20; seed++) {
      Rhythm once = new Rhythm(seed).groups(1, 3, on, off, pause);
      assertThat(once.now()).as("before the pause, seed %d", seed).isEqualTo(Cadence.UNKNOWN);
      assertThat(once.paused()).as("seed %d", seed).isEqualTo(Cadence.TEMPORAL_THREE);
      assertThat(once.cycles()).isEqualTo(1);
      Rhythm more = new Rhythm(seed).groups(3, 3, on, off, pause).beep(on, off);
      assertThat(more.now()).as("seed %d", seed).isEqualTo(Cadence.TEMPORAL_THREE);
      assertThat(more.cycles()).isEqualTo(3);
    }
  }

  @Test
  void threeSurvivesAGroupWithAMissedBeepAndOneWithTwoRunTogether() {
    Rhythm missed = new Rhythm(1).groups(1, 3, 0.5, 0.5, 1.5);
    missed.groups(1, 2, 0.5, 0.5, 2.5).groups(1, 3, 0.5, 0.5, 1.5);
    assertThat(missed.paused()).isEqualTo(Cadence.TEMPORAL_THREE);
    assertThat(missed.cycles()).isEqualTo(2);
    Rhythm merged = new Rhythm(2).groups(1, 3, 0.5, 0.5, 1.5);
    merged.beep(1.5, 0.5).beep(0.5, 1.5).groups(1, 3, 0.5, 0.5, 1.5);
    assertThat(merged.paused()).isEqualTo(Cadence.TEMPORAL_THREE);
    assertThat(merged.cycles()).isEqualTo(2);
  }

  @Test
  void threeSurvivesBeepsThatARoomCutsUp() {
    Rhythm rhythm = new Rhythm(3);
    for (int group = 0; group < 2; group++) {
      for (int beep = 0; beep < 3; beep++) {
        rhythm.beep(0.2, 0.02).beep(0.28, beep == 2 ? 1.5 : 0.5);
      }
    }
    assertThat(rhythm.paused()).isEqualTo(Cadence.TEMPORAL_THREE);
    assertThat(rhythm.cycles()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0.10, 0.10, 5.0", "0.09, 0.09, 4.5", "0.11, 0.11, 5.5", "0.14, 0.06, 5.0"})
  void fourBeepsEveryFiveSecondsAreCarbonMonoxide(double on, double off, double cycle) {
    double pause = cycle - 4 * on - 3 * off;
    for (long seed = 1; seed <= 20; seed++) {
      Rhythm once = new Rhythm(seed).groups(1, 4, on, off, pause);
      assertThat(once.now()).as("seed %d", seed).isEqualTo(Cadence.UNKNOWN);
      assertThat(once.paused()).as("seed %d", seed).isEqualTo(Cadence.TEMPORAL_FOUR);
      assertThat(once.cycles()).isEqualTo(1);
      Rhythm more = new Rhythm(seed).groups(3, 4, on, off, pause);
      assertThat(more.now()).as("seed %d", seed).isEqualTo(Cadence.TEMPORAL_FOUR);
      assertThat(more.cycles()).isEqualTo(3);
    }
  }

  @Test
  void fourGoesOnWhenItSlowsDownToOnceAMinute() {
    Rhythm rhythm = new Rhythm(1).groups(1, 4, 0.1, 0.1, 59.3).groups(1, 4, 0.1, 0.1, 0);
    assertThat(rhythm.now()).isEqualTo(Cadence.TEMPORAL_FOUR);
    assertThat(rhythm.cycles()).isEqualTo(2);
  }

  @Test
  void fourIsKnownByItsSpanWhenARoomRunsBeepsTogether() {
    Rhythm rhythm = new Rhythm(1).groups(1, 4, 0.1, 0.1, 4.3);
    rhythm.beep(0.3, 0.1).beep(0.3, 4.3).groups(1, 4, 0.1, 0.1, 0);
    assertThat(rhythm.now()).isEqualTo(Cadence.TEMPORAL_FOUR);
    assertThat(rhythm.cycles()).isEqualTo(3);
  }

  @Test
  void fourBeepsAndOneSecondAreCarbonMonoxideInEurope() {
    Rhythm rhythm = new Rhythm(1).groups(3, 4, 0.12, 0.12, 1);
    assertThat(rhythm.now()).isEqualTo(Cadence.EUROPEAN_CO);
    assertThat(rhythm.cycles()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0.15, 0.05", "0.20, 0.08", "0.27, 0.10"})
  void quickRegularBeepsAreSmokeInEurope(double on, double gap) {
    Rhythm rhythm = new Rhythm(4).groups(1, 12, on, gap, 0);
    assertThat(rhythm.now()).isEqualTo(Cadence.RAPID);
  }

  @Test
  void olderSmokePatternsTakeLonger() {
    assertThat(new Rhythm(5).groups(1, 7, 0.35, 0.67, 0).now()).isEqualTo(Cadence.SLOW);
    assertThat(new Rhythm(5).groups(1, 12, 0.5, 0.5, 0).now()).isEqualTo(Cadence.MARCH);
    assertThat(new Rhythm(5).groups(2, 1, 5, 10, 10).now()).isEqualTo(Cadence.STEADY);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void aWashersCountedBeepsAreNoThree(int beeps) {
    Rhythm rhythm = new Rhythm(6);
    for (int beep = 0; beep < beeps; beep++) {
      rhythm.beep(0.57, 0.46);
      assertThat(rhythm.now()).isIn(Cadence.UNKNOWN, Cadence.OTHER);
    }
    assertThat(rhythm.paused()).isEqualTo(Cadence.OTHER);
  }

  @Test
  void anAlarmClocksFourBeepsAreNoFour() {
    Rhythm rhythm = new Rhythm(7);
    for (int group = 0; group < 6; group++) {
      rhythm.groups(1, 4, 0.08, 0.08, 0.55);
      assertThat(rhythm.now()).isIn(Cadence.UNKNOWN, Cadence.OTHER);
    }
    assertThat(rhythm.now()).isEqualTo(Cadence.OTHER);
  }

  @Test
  void chirpsAndAppliancesAreNoAlarm() {
    assertThat(new Rhythm(8).groups(2, 1, 0.05, 0, 40).paused()).isEqualTo(Cadence.UNKNOWN);
    assertThat(new Rhythm(8).groups(4, 2, 0.05, 0.2, 7.5).paused()).isEqualTo(Cadence.UNKNOWN);
    assertThat(new Rhythm(8).groups(1, 2, 0.5, 0.5, 5).paused()).isEqualTo(Cadence.UNKNOWN);
    assertThat(new Rhythm(8).groups(1, 5, 0.6, 0.9, 5).paused()).isEqualTo(Cadence.OTHER);
    assertThat(new Rhythm(8).groups(8, 1, 0.1, 0, 0.9).now()).isEqualTo(Cadence.OTHER); // pulse
    assertThat(new Rhythm(8).groups(5, 3, 0.08, 0.1, 0.6).now()).isEqualTo(Cadence.OTHER);
  }

  @Test
  void appliancePitchIsNoAlarm() {
    float low = (float) SPEC.bandOf(1300); // reversing beeper
    Rhythm rhythm = new Rhythm(9);
    for (int beep = 0; beep < 12; beep++) {
      rhythm.beep(0.5, 0.5, low);
    }
    assertThat(rhythm.now()).isEqualTo(Cadence.OTHER);
  }

  @Test
  void otherTonesAndFaintBeepsBetweenDoNotDisturb() {
    Rhythm rhythm = new Rhythm(10);
    for (int beep = 0; beep < 6; beep++) {
      rhythm.beep(0.5, 0.1).beep(0.3, 0.1, PIEZO - 8);
      rhythm.history.add(
          Math.round(100 * rhythm.time), Math.round(100 * rhythm.time) + 6, PIEZO, 12);
      rhythm.silence(beep % 3 == 2 ? 1 : 0);
    }
    rhythm.beep(0.5, 0.5);
    assertThat(rhythm.now()).isEqualTo(Cadence.TEMPORAL_THREE);
  }
}
