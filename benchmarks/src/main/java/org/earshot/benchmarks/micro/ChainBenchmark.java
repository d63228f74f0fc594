package org.earshot.benchmarks.micro;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StreamingDetector;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.vector.VectorKernel;
import org.earshot.model.SoundModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A second of 16 kHz samples, from PCM to alerts of all nine events; a minute at a time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ChainBenchmark {
  private float[] minute;
  private StreamingDetector lanes;
  private StreamingDetector vector;
  private int alerts;

  /** Reads the model and the recordings. */
  @Setup
  public void setUp() throws IOException {
    SoundModel model = Inputs.model();
    minute = Inputs.minute();
    lanes = detector(model, Kernel.LANES);
    vector = detector(model, new VectorKernel());
  }

  private static StreamingDetector detector(SoundModel model, MatrixKernel kernel) {
    return new StreamingDetector(
        model, FeatureSpec.standard(), Set.copyOf(model.events()), Sensitivity.standard(), kernel);
  }

  @Benchmark
  @OperationsPerInvocation(Inputs.SECONDS)
  public int lanes() {
    lanes.push(minute, 0, minute.length, alert -> alerts++);
    return alerts;
  }

  @Benchmark
  @OperationsPerInvocation(Inputs.SECONDS)
  public int vector() {
    vector.push(minute, 0, minute.length, alert -> alerts++);
    return alerts;
  }
}
