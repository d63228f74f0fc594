package org.earshot.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.earshot.yamnet.WindowFeed;
import org.earshot.yamnet.YamnetClass;
import org.earshot.yamnet.YamnetModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A second of 16 kHz samples, from PCM to YAMNet's scores every 0.48 s, on TensorFlow Lite with one
 * thread; the model is the system property {@code earshot.yamnet}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class YamnetBenchmark {
  private final float[] scores = new float[YamnetClass.COUNT];
  private float[] minute;
  private YamnetModel model;
  private float sum;

  /** Loads the model. */
  @Setup
  public void setUp() throws IOException {
    minute = Inputs.minute();
    model = YamnetModel.open(Path.of(System.getProperty("earshot.yamnet")));
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    model.close();
  }

  @Benchmark
  @OperationsPerInvocation(Inputs.SECONDS)
  public float yamnet() throws IOException {
    WindowFeed feed =
        new WindowFeed(
            YamnetModel.WINDOW_SAMPLES,
            YamnetModel.HOP_SAMPLES,
            (index, window) -> {
              model.score(window, scores);
              sum += scores[0];
            });
    feed.push(minute, 0, minute.length);
    return sum;
  }
}
