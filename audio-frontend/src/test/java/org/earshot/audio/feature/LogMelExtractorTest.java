package org.earshot.audio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogMelExtractorTest {
  private static final int RATE = 16_000;

  @ParameterizedTest
  @EnumSource
  void anySplitOfTheSamplesGivesTheSameBits(Normalization normalization) {
    FeatureSpec spec = FeatureSpec.standard(normalization);
    float[] samples = noise(3 * RATE, 7, 0.3f);
    List<float[]> whole = frames(spec, samples, samples.length);
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<float[]> split = new ArrayList<>();
      LogMelExtractor extractor = new LogMelExtractor(spec);
      int from = 0;
      while (from < samples.length) {
        int length = Math.min(samples.length - from, random.nextInt(700));
        extractor.push(samples, from, length, (index, frame) -> split.add(frame.clone()));
        from += length;
      }
      assertThat(split).as("seed %d", seed).hasSameSizeAs(whole);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(split.get(i)).as("seed %d, frame %d", seed, i).isEqualTo(whole.get(i));
      }
    }
  }

  @Test
  void emitsAFrameAsSoonAsItsLastSampleIsThere() {
    LogMelExtractor extractor = new LogMelExtractor(FeatureSpec.standard());
    List<Long> indices = new ArrayList<>();
    float[] samples = new float[560];
    extractor.push(samples, 0, 399, (index, frame) -> indices.add(index));
    assertThat(indices).isEmpty();
    extractor.push(samples, 399, 1, (index, frame) -> indices.add(index));
    assertThat(indices).containsExactly(0L);
    extractor.push(samples, 400, 159, (index, frame) -> indices.add(index));
    assertThat(indices).containsExactly(0L);
    extractor.push(samples, 559, 1, (index, frame) -> indices.add(index));
    assertThat(indices).containsExactly(0L, 1L);
  }

  @Test
  void aSineLandsInTheBandAroundItsFrequencyWithItsEnergy() {
    FeatureSpec spec = FeatureSpec.standard(Normalization.LOG);
    float[] samples = new float[RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * 3_000 * i / RATE);
    }
    float[] frame = frames(spec, samples, samples.length).get(50);
    int loudest = 0;
    double sum = 0;
    for (int band = 0; band < frame.length; band++) {
      loudest = frame[band] > frame[loudest] ? band : loudest;
      sum += Math.exp(frame[band]);
    }
    double step = (MelFilterbank.mel(7_800) - MelFilterbank.mel(60)) / 65;
    int expected = (int) Math.round((MelFilterbank.mel(3_000) - MelFilterbank.mel(60)) / step) - 1;
    assertThat(loudest).isEqualTo(expected);
    // Sum of w^2 over the square of the sum of w, times the FFT length: 1.5 / 400 * 512 bins of
    // 1/4.
    assertThat(sum).isCloseTo(0.25 * 1.5 / 400 * 512, within(0.05));
  }

  @Test
  void runningMeanMakesFeaturesIndependentOfLevelAndColour() {
    FeatureSpec spec = FeatureSpec.standard(Normalization.RUNNING_MEAN);
    float[] samples = noise(2 * RATE, 3, 0.2f);
    float[] coloured = new float[samples.length];
    for (int i = 1; i < samples.length; i++) {
      coloured[i] = 0.01f * (samples[i] + 0.5f * samples[i - 1]);
    }
    List<float[]> plain = frames(spec, samples, samples.length);
    List<float[]> changed = frames(spec, coloured, samples.length);
    double worst = 0;
    for (int i = 1; i < plain.size(); i++) {
      for (int band = 8; band < 60; band++) {
        worst = Math.max(worst, Math.abs(plain.get(i)[band] - changed.get(i)[band]));
      }
    }
    assertThat(worst).isLessThan(0.35); // 40 dB of level and 3:1 of colour are gone
  }

  @ParameterizedTest
  @EnumSource
  void silenceAndAbsurdSamplesGiveFiniteFeatures(Normalization normalization) {
    FeatureSpec spec = FeatureSpec.standard(normalization);
    float[] samples = new float[RATE];
    samples[4_000] = Float.NaN;
    samples[6_000] = Float.POSITIVE_INFINITY;
    samples[8_000] = 3e38f;
    for (float[] frame : frames(spec, samples, 333)) {
      for (float feature : frame) {
        assertThat(feature).isFinite();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheUnnormalisedLogMelWhateverTheNormalisation(Normalization normalization) {
    float[] samples = noise(RATE, 9, 0.1f);
    List<float[]> expected = frames(FeatureSpec.standard(Normalization.LOG), samples, 1000);
    LogMelExtractor extractor = new LogMelExtractor(FeatureSpec.standard(normalization));
    float[] logMel = new float[64];
    extractor.push(
        samples,
        0,
        samples.length,
        (index, frame) -> {
          extractor.copyLogMel(logMel);
          assertThat(logMel).isEqualTo(expected.get((int) index));
        });
  }

  @Test
  void resetForgetsEverything() {
    FeatureSpec spec = FeatureSpec.standard();
    float[] samples = noise(RATE, 5, 0.1f);
    LogMelExtractor extractor = new LogMelExtractor(spec);
    extractor.push(noise(1_234, 6, 1f), 0, 1_234, (index, frame) -> {});
    extractor.reset();
    List<float[]> again = new ArrayList<>();
    extractor.push(samples, 0, samples.length, (index, frame) -> again.add(frame.clone()));
    List<float[]> fresh = frames(spec, samples, samples.length);
    assertThat(again).hasSameSizeAs(fresh);
    for (int i = 0; i < fresh.size(); i++) {
      assertThat(again.get(i)).isEqualTo(fresh.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNothingAFrame(Normalization normalization) {
    LogMelExtractor extractor = new LogMelExtractor(FeatureSpec.standard(normalization));
    float[] samples = noise(RATE, 11, 0.1f);
    FrameSink sink = (index, frame) -> {};
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long grown = Long.MAX_VALUE;
    // The JVM itself may allocate on this thread while it compiles: one clean round is enough.
    for (int attempt = 0; attempt < 20 && grown != 0; attempt++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 20; i++) {
        extractor.push(samples, 0, samples.length, sink);
      }
      grown = threads.getThreadAllocatedBytes(id) - before;
    }
    assertThat(grown).as("bytes allocated over 20 s of audio").isZero();
  }

  static List<float[]> frames(FeatureSpec spec, float[] samples, int blockSamples) {
    List<float[]> frames = new ArrayList<>();
    LogMelExtractor extractor = new LogMelExtractor(spec);
    for (int from = 0; from < samples.length; from += blockSamples) {
      int length = Math.min(blockSamples, samples.length - from);
      extractor.push(samples, from, length, (index, frame) -> frames.add(frame.clone()));
    }
    return frames;
  }

  static float[] noise(int samples, long seed, float amplitude) {
    Random random = new Random(seed);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = amplitude * (float) random.nextGaussian();
    }
    return noise;
  }
}
