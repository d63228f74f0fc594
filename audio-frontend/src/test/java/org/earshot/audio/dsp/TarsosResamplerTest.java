package org.earshot.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Why TarsosDSP's resampler is not used: the measurements of ADR 0002. When one of these fails with
 * a later TarsosDSP, read the decision again.
 */
final class TarsosResamplerTest {
  private static final int TO_HZ = 16_000;

  @Test
  void letsTonesAboveTheNewNyquistFrequencyFoldBack() {
    double worst = Double.NEGATIVE_INFINITY;
    for (double hz = 8_050; hz < 23_900; hz += 150) {
      worst =
          Math.max(
              worst, ToneMeter.levelDb(convert(48_000, ToneMeter.tone(hz, 48_000, 12_000), 0)));
    }
    assertThat(worst).isBetween(-56.0, -48.0);
  }

  @Test
  void losesTheTopOfTheBand() {
    float[] converted = convert(48_000, ToneMeter.tone(7_000, 48_000, 48_000), 0);
    assertThat(ToneMeter.fit(converted, 7_000, TO_HZ).gainDb()).isBetween(-3.5, -2.5);
  }

  @Test
  void changesSamplesWithTheSplit() {
    Random random = new Random(1);
    float[] noise = new float[44_100];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextFloat() - 0.5f;
    }
    float[] whole = convert(44_100, noise, noise.length);
    float[] split = convert(44_100, noise, 1_000);
    assertThat(split).hasSameSizeAs(whole);
    assertThat(Arrays.equals(split, whole)).isFalse();
  }

  private static float[] convert(int fromHz, float[] samples, int step) {
    double factor = (double) TO_HZ / fromHz;
    be.tarsos.dsp.resample.Resampler resampler =
        new be.tarsos.dsp.resample.Resampler(true, factor, factor);
    float[] converted = new float[(int) (samples.length * factor) + 1_000];
    int in = 0;
    int out = 0;
    while (true) {
      int n = Math.min(step == 0 ? 4_096 : step, samples.length - in);
      boolean last = in + n == samples.length;
      be.tarsos.dsp.resample.Resampler.Result result =
          resampler.process(factor, samples, in, n, last, converted, out, converted.length - out);
      in += result.inputSamplesConsumed;
      out += result.outputSamplesGenerated;
      if (last && result.inputSamplesConsumed == 0 && result.outputSamplesGenerated == 0) {
        return Arrays.copyOf(converted, out);
      }
    }
  }
}
