package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LevelMeterTest {
  private static final int SECOND = 16_000;

  private final LevelMeter meter = new LevelMeter();

  @Test
  void sineOfFullScaleHasItsPeakAtZeroAndItsRmsThreeBelow() {
    add(sine(1.0, 1_000));
    assertThat(meter.peakDbfs()).isCloseTo(0f, within(0.01f));
    assertThat(meter.rmsDbfs()).isCloseTo(-3.01f, within(0.01f));
  }

  @Test
  void tenthOfTheAmplitudeIsTwentyDecibelsLess() {
    add(sine(0.1, 440));
    assertThat(meter.peakDbfs()).isCloseTo(-20f, within(0.01f));
    assertThat(meter.rmsDbfs()).isCloseTo(-23.01f, within(0.01f));
  }

  @Test
  void squareOfFullScaleReadsZeroForBoth() {
    float[] square = new float[SECOND];
    for (int i = 0; i < SECOND; i++) {
      square[i] = i % 2 == 0 ? 1 : -1;
    }
    add(square);
    assertThat(meter.level()).isEqualTo(new LevelMeter.Level(0, 0));
  }

  @Test
  void nothingAndSilenceReadTheFloor() {
    assertThat(meter.level().rmsDbfs()).isEqualTo(LevelMeter.FLOOR_DBFS);
    add(new float[SECOND]);
    assertThat(meter.level().peakDbfs()).isEqualTo(LevelMeter.FLOOR_DBFS);
    assertThat(meter.level().rmsDbfs()).isEqualTo(LevelMeter.FLOOR_DBFS);
  }

  @Test
  void clickIsForgottenAfterASecond() {
    float[] click = new float[SECOND / 10];
    click[17] = -0.5f;
    add(click);
    add(new float[SECOND * 9 / 10]);
    assertThat(meter.peakDbfs()).isCloseTo(-6.02f, within(0.01f));
    add(new float[SECOND / 10]);
    assertThat(meter.peakDbfs()).isEqualTo(LevelMeter.FLOOR_DBFS);
  }

  @Test
  void rmsIsOfTheWholeSecond() {
    float[] half = new float[SECOND];
    Arrays.fill(half, 0, SECOND / 2, 1);
    add(half);
    assertThat(meter.rmsDbfs()).isCloseTo(-3.01f, within(0.01f));
    assertThat(meter.peakDbfs()).isEqualTo(0f);
  }

  @Test
  void firstTenthOfASecondReadsAtOnce() {
    float[] loud = new float[SECOND / 10];
    Arrays.fill(loud, 0.5f);
    add(loud);
    assertThat(meter.rmsDbfs()).isCloseTo(-6.02f, within(0.01f));
  }

  private void add(float[] samples) {
    for (int at = 0; at < samples.length; ) { // in blocks that fit nothing
      int n = Math.min(601, samples.length - at);
      meter.add(samples, at, n);
      at += n;
    }
  }

  private static float[] sine(double amplitude, double hz) {
    float[] samples = new float[SECOND];
    for (int i = 0; i < SECOND; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / SECOND));
    }
    return samples;
  }
}
