package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From samples to cycles. */
class CadenceEvidenceTest {
  @ParameterizedTest
  @CsvSource({"3100, 0, 0.003", "3100, 0.4, 0.003", "2500, 0.7, 0.01", "3400, 0, 0.05"})
  void threeIsSmokeInNoiseAndRooms(double hz, double decay, double noise) {
    BeepSound sound = new BeepSound(16, 11).groups(hz, 1.3, 3, 3, 0.5, 0.5, 1.5, 0.1);
    BeepSound.Most most = (decay > 0 ? sound.room(decay) : sound).noise(noise).mostCycles();
    assertThat(most.smoke()).isGreaterThanOrEqualTo(2);
    assertThat(most.co()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"3100, 0, 0.003", "3100, 0.4, 0.003", "2500, 0.7, 0.01", "3400, 0, 0.05"})
  void fourIsCarbonMonoxideInNoiseAndRooms(double hz, double decay, double noise) {
    BeepSound sound = new BeepSound(18, 12).groups(hz, 1.3, 3, 4, 0.1, 0.1, 4.3, 0.1);
    BeepSound.Most most = (decay > 0 ? sound.room(decay) : sound).noise(noise).mostCycles();
    assertThat(most.co()).isGreaterThanOrEqualTo(2);
    assertThat(most.smoke()).isZero();
  }

  @Test
  void lowSoundersSayTheSame() {
    BeepSound.Most three =
        new BeepSound(15, 13).groups(520, 1, 3, 3, 0.5, 0.5, 1.5, 0.1).mostCycles();
    BeepSound.Most four =
        new BeepSound(15, 13).groups(520, 1, 3, 4, 0.1, 0.1, 4.3, 0.1).mostCycles();
    assertThat(three.smoke()).isEqualTo(3);
    assertThat(four.co()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void twoAlarmsAtOnceAreBothHeard() {
    BeepSound.Most most =
        new BeepSound(20, 14)
            .groups(3100, 1.2, 4, 3, 0.5, 0.5, 1.5, 0.1)
            .groups(2400, 1.7, 4, 4, 0.1, 0.1, 4.3, 0.1)
            .noise(0.002)
            .mostCycles();
    assertThat(most.smoke()).isGreaterThanOrEqualTo(3);
    assertThat(most.co()).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void nearMissesAreNoAlarm(long seed) {
    BeepSound washer = new BeepSound(12, seed).groups(3312, 2, 1, 5, 0.57, 0.46, 0, 0.1);
    BeepSound clock = new BeepSound(12, seed).groups(4100, 2, 8, 4, 0.08, 0.08, 0.55, 0.1);
    BeepSound microwave = new BeepSound(12, seed).groups(2031, 2, 1, 5, 0.6, 0.9, 0, 0.1);
    for (BeepSound sound : new BeepSound[] {washer, clock, microwave}) {
      BeepSound.Most most = sound.noise(0.004).mostCycles();
      assertThat(most.smoke()).isZero();
      assertThat(most.co()).isZero();
    }
  }

  @Test
  void aFourthBeepContradictsThree() {
    // Three beeps and a pause, and then a fourth and a fifth where three have none.
    BeepSound sound =
        new BeepSound(14, 15)
            .groups(3100, 1, 1, 3, 0.5, 0.5, 0, 0.1)
            .groups(3100, 5, 1, 6, 0.5, 0.5, 0, 0.1)
            .noise(0.002);
    CadenceEvidence evidence = new CadenceEvidence(FeatureSpec.standard());
    int frame = 0;
    for (float[] logMel : sound.frames()) {
      evidence.accept(logMel);
      frame++;
      if (frame == 490) {
        assertThat(evidence.cycles(Cadence.Meaning.SMOKE)).isEqualTo(1);
      }
      if (frame == 920) {
        assertThat(evidence.cycles(Cadence.Meaning.SMOKE)).isZero();
        assertThat(evidence.cycles(Cadence.Meaning.OTHER)).isPositive();
      }
    }
  }

  @Test
  void evidenceSpansThePausesAndLapsesAfterTheLastBeep() {
    BeepSound sound = new BeepSound(24, 16).groups(3100, 1, 4, 3, 0.5, 0.5, 1.5, 0.1).noise(0.002);
    CadenceEvidence evidence = new CadenceEvidence(FeatureSpec.standard());
    int frame = 0;
    for (float[] logMel : sound.frames()) {
      evidence.accept(logMel);
      double seconds = 0.01 * frame++;
      if (seconds > 4.7 && seconds < 15.5) { // first pause to last beep
        assertThat(evidence.cycles(Cadence.Meaning.SMOKE)).as("at %.2f s", seconds).isPositive();
      }
      if (seconds < 4.4 || seconds > 18.2) { // the next beep would have ended by 17.7 s
        assertThat(evidence.cycles(Cadence.Meaning.SMOKE)).as("at %.2f s", seconds).isZero();
      }
    }
  }
}
