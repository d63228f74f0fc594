package org.earshot.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SirenSoundTest {
  @ParameterizedTest
  @ValueSource(ints = {16_000, 48_000})
  void twoTonesInTurn(int rate) {
    double[] sound = sound(rate, 2);
    for (int half = 0; half < 4; half++) {
      int from = half * rate / 2 + rate / 20;
      double wanted = half % 2 == 0 ? 660 : 880;
      double other = half % 2 == 0 ? 880 : 660;
      assertThat(amplitude(sound, from, rate * 2 / 5, wanted, rate)).isGreaterThan(0.5);
      assertThat(amplitude(sound, from, rate * 2 / 5, other, rate)).isLessThan(0.01);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16_000, 48_000})
  void nothingIsAboveTheBand(int rate) {
    double[] sound = sound(rate, 2);
    int length = rate * 2 / 5;
    for (double hz = 6_600; hz < rate / 2.0; hz += 45) {
      assertThat(amplitude(sound, rate / 20, length, hz, rate)).as("%.0f Hz", hz).isLessThan(2e-3);
    }
    // an alias of 660 * 25 Hz = 16,500 Hz would lie at 500 Hz
    assertThat(amplitude(sound, rate / 20, length, 500, rate)).isLessThan(2e-3);
  }

  @Test
  void itIsLoudAndDoesNotClipNorClick() {
    double[] sound = sound(16_000, 3);
    double peak = 0;
    double steepest = 0;
    for (int i = 1; i < sound.length; i++) {
      peak = Math.max(peak, Math.abs(sound[i]));
      steepest = Math.max(steepest, Math.abs(sound[i] - sound[i - 1]));
    }
    assertThat(peak).isBetween(0.85, 0.9);
    // the sum of four harmonics of 880 Hz rises at most 4 * 2 pi 880 / 16,000 a sample, scaled
    assertThat(steepest).isLessThan(4 * 2 * Math.PI * 880 / 16_000);
    assertThat(Math.abs(sound[0])).isZero();
  }

  @Test
  void anySplitGivesTheSameSound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = new byte[2 * 40_000];
    new SirenSound(16_000).next(whole, 40_000);
    SirenSound split = new SirenSound(16_000);
    byte[] block = new byte[2 * 5_000];
    for (int at = 0; at < 40_000; ) {
      int n = Math.min(40_000 - at, 1 + random.nextInt(5_000));
      split.next(block, n);
      for (int i = 0; i < 2 * n; i++) {
        assertThat(block[i]).as("seed %d", seed).isEqualTo(whole[2 * at + i]);
      }
      at += n;
    }
  }

  @Test
  void refusesARateThatCannotHoldIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SirenSound(8_000))
        .withMessage("sample rate is 8000 Hz, wanted 16000 to 192000");
  }

  @Test
  void theChimeIsShortAndBeginsAndEndsInSilence() {
    byte[] pcm = Chime.pcm();
    assertThat(pcm.length / 2).isEqualTo(12_000);
    double[] sound = samples(pcm);
    assertThat(sound[0]).isZero();
    assertThat(Math.abs(sound[sound.length - 1])).isLessThan(0.01);
    for (double sample : sound) {
      assertThat(Math.abs(sample)).isLessThanOrEqualTo(0.6);
    }
    assertThat(amplitude(sound, 0, 4_000, 784, 16_000)).isGreaterThan(0.1);
    assertThat(amplitude(sound, 8_000, 4_000, 1_318.5, 16_000)).isGreaterThan(0.1);
  }

  private static double[] sound(int rate, int seconds) {
    byte[] pcm = new byte[2 * rate * seconds];
    new SirenSound(rate).next(pcm, rate * seconds);
    return samples(pcm);
  }

  private static double[] samples(byte[] pcm) {
    double[] samples = new double[pcm.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = ((pcm[2 * i] & 0xff) | pcm[2 * i + 1] << 8) / 32_768.0;
    }
    return samples;
  }

  /** Of one frequency, through a Hann window. */
  private static double amplitude(double[] sound, int from, int length, double hz, int rate) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < length; i++) {
      double window = 1 - Math.cos(2 * Math.PI * i / length);
      double angle = 2 * Math.PI * hz * i / rate;
      re += window * sound[from + i] * Math.cos(angle);
      im += window * sound[from + i] * Math.sin(angle);
    }
    return 2 * Math.hypot(re, im) / length;
  }
}
