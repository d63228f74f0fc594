package org.earshot.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.earshot.audio.fixture.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResamplerTest {
  private static final int TO_HZ = 16_000;

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 22_050, 31_999, 44_100, 48_000, 96_000, 191_999, 192_000})
  void passesTonesUnchangedAndInTime(int fromHz) throws IOException {
    int top = (int) (Resampler.PASS * Math.min(fromHz, TO_HZ));
    for (double hz : new double[] {50, 440, 1_000, 3_000, 0.75 * top, top}) {
      float[] converted = convert(fromHz, ToneMeter.tone(hz, fromHz, fromHz / 2));
      ToneMeter.Reading reading = ToneMeter.fit(converted, hz, TO_HZ);
      assertThat(reading.gainDb()).as("gain at %s Hz", hz).isCloseTo(0, within(0.01));
      assertThat(reading.delaySamples()).as("delay at %s Hz", hz).isCloseTo(0, within(0.001));
      assertThat(reading.residueDb()).as("images and noise of %s Hz", hz).isLessThan(-85);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {22_050, 31_999, 44_100, 48_000, 96_000, 191_999, 192_000})
  void rejectsWhatWouldFoldBack(int fromHz) throws IOException {
    for (int step = 0; step <= 30; step++) {
      // from the new Nyquist frequency to just below the old one, denser at the lower end
      double hz = 8_000 + (fromHz / 2.0 - 8_010) * step * step / 900.0;
      float[] converted = convert(fromHz, ToneMeter.tone(hz, fromHz, fromHz / 4));
      assertThat(ToneMeter.levelDb(converted)).as("%.0f Hz", hz).isLessThan(-82);
    }
  }

  @Test
  void putsAClickWhereItWas() throws IOException {
    for (int fromHz : new int[] {8_000, 11_025, 44_100, 48_000, 192_000}) {
      for (double seconds : new double[] {0, 0.1, 0.25, 0.499}) {
        float[] click = new float[fromHz / 2];
        int at = (int) Math.round(seconds * fromHz);
        click[at] = 1;
        float[] converted = convert(fromHz, click);
        int peak = 0;
        for (int i = 0; i < converted.length; i++) {
          peak = Math.abs(converted[i]) > Math.abs(converted[peak]) ? i : peak;
        }
        assertThat((double) peak / TO_HZ)
            .as("%d Hz", fromHz)
            .isCloseTo((double) at / fromHz, within(0.5 / TO_HZ + 1e-9));
      }
    }
  }

  @Test
  void keepsTheDurationToTheSample() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 120; round++) {
      int fromHz = 8_000 + random.nextInt(184_001);
      int length = 1 + random.nextInt(round < 60 ? 40 : 20_000);
      long expected = ((long) length * TO_HZ + fromHz - 1) / fromHz;
      assertThat(convert(fromHz, new float[length]))
          .as("%d samples at %d Hz, seed %d", length, fromHz, seed)
          .hasSize((int) expected);
    }
  }

  @Test
  void anySplitOfTheReadsGivesTheSameSamples() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int fromHz : new int[] {8_000, 11_025, 12_345, 22_050, 44_100, 48_000, 191_999, 192_000}) {
      float[] noise = new float[fromHz / 3];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = 2 * random.nextFloat() - 1;
      }
      float[] whole = convert(fromHz, noise);
      Resampler split = new Resampler(Reading.source(fromHz, noise), TO_HZ);
      assertThat(Reading.inRandomSteps(split, random))
          .as("%d Hz, seed %d", fromHz, seed)
          .isEqualTo(whole);
    }
  }

  @Test
  void aConstantStaysItself() throws IOException {
    for (int fromHz : new int[] {8_000, 22_050, 44_100, 48_000, 96_000}) {
      float[] half = new float[fromHz];
      Arrays.fill(half, 0.5f);
      float[] converted = convert(fromHz, half);
      for (int i = 1_000; i < converted.length - 1_000; i++) {
        assertThat(converted[i]).as("%d Hz, sample %d", fromHz, i).isCloseTo(0.5f, within(1e-6f));
      }
    }
  }

  private static float[] convert(int fromHz, float[] samples) throws IOException {
    return Reading.all(new Resampler(Reading.source(fromHz, samples), TO_HZ));
  }
}
