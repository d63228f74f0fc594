package org.earshot.benchmarks.micro;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.verifier.VerifierNetwork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The large model of the cloud side on a clip of 10 s, from PCM to probabilities, on one thread.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class VerifierBenchmark {
  private static final int SECONDS = 10;

  private VerifierNetwork network;
  private float[] clip;

  /** Reads the model and the recording. */
  @Setup
  public void setUp() throws IOException {
    network = new VerifierNetwork(Inputs.verifier(), FeatureSpec.standard());
    clip = Arrays.copyOf(Inputs.minute(), SECONDS * AudioFiles.SAMPLE_RATE_HZ);
  }

  @Benchmark
  public float[] clip() {
    return network.probabilities(clip);
  }
}
