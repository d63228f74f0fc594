package org.earshot.benchmarks.micro;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;
import be.tarsos.dsp.mfcc.MFCC;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.jtransforms.fft.FloatFFT_1D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One frame of 400 samples, 64 bands: log-mel, the bare transform of 512 points, and an MFCC chain.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class FeatureBenchmark {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final int FRAMES = 1_000;
  private static final int COEFFICIENTS = 13;

  private final FloatFFT_1D fft = new FloatFFT_1D(SPEC.fftSamples());
  private final float[] spectrum = new float[SPEC.fftSamples()];
  private final LogMelExtractor extractor = new LogMelExtractor(SPEC);
  private final AudioEvent event =
      new AudioEvent(new TarsosDSPAudioFormat(SPEC.sampleRateHz(), 16, 1, true, false));
  private final MFCC mfcc =
      new MFCC(
          SPEC.fftSamples(),
          SPEC.sampleRateHz(),
          COEFFICIENTS,
          SPEC.melBands(),
          SPEC.lowHz(),
          SPEC.highHz());
  private float[] samples; // [FRAMES * hop]
  private float sum;

  /** Reads the samples. */
  @Setup
  public void setUp() throws IOException {
    samples = Arrays.copyOf(Inputs.minute(), FRAMES * SPEC.hopSamples());
  }

  /** Window, transform, bands, logarithm, running mean. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public float logMel() {
    extractor.push(samples, 0, samples.length, (index, features) -> sum += features[0]);
    return sum;
  }

  /** The transform alone, of samples that are there already. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public float bareFft() {
    for (int frame = 0; frame < FRAMES; frame++) {
      copy(frame);
      fft.realForward(spectrum);
      sum += spectrum[2];
    }
    return sum;
  }

  /** TarsosDSP's chain: window, transform, bands, logarithm, 13 cosines. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public float tarsosMfcc() {
    for (int frame = 0; frame < FRAMES; frame++) {
      copy(frame);
      event.setFloatBuffer(spectrum);
      mfcc.process(event);
      sum += mfcc.getMFCC()[0];
    }
    return sum;
  }

  private void copy(int frame) {
    int from = Math.min(frame * SPEC.hopSamples(), samples.length - spectrum.length);
    System.arraycopy(samples, from, spectrum, 0, spectrum.length);
  }
}
