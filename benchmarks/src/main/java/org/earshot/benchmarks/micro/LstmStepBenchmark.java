package org.earshot.benchmarks.micro;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.vector.VectorKernel;
import org.earshot.model.LstmLayer;
import org.earshot.model.SoundModel;
import org.earshot.network.NetworkWeights;
import org.earshot.network.StreamingNetwork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One step of the shipped model's LSTM layers, 2 x 128 units over 128 inputs, none of them zero.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LstmStepBenchmark {
  private static final int STEPS = 64;

  /** Earshot's network without convolutions and heads. */
  abstract static class Earshot {
    private StreamingNetwork network;
    private float[][] halves; // [2 * STEPS][inputs / 2]: a step is two frames
    private byte[] hidden;
    private int at;

    abstract MatrixKernel kernel();

    /** Makes the network and its inputs. */
    @Setup
    public void setUp() throws IOException {
      SoundModel model = Inputs.lstmOnly();
      network = new StreamingNetwork(NetworkWeights.of(model, kernel()));
      halves = Inputs.steps(2 * STEPS, model.base().melBands());
      hidden = new byte[model.base().headInputs()];
    }

    byte[] step() {
      network.accept(halves[at++]);
      network.accept(halves[at++]);
      at %= halves.length;
      network.copyHidden(hidden);
      return hidden;
    }
  }

  /** With the plain kernel. */
  @State(Scope.Thread)
  public static class Lanes extends Earshot {
    @Override
    MatrixKernel kernel() {
      return Kernel.LANES;
    }
  }

  /** With the Vector API kernel. */
  @State(Scope.Thread)
  public static class Vector extends Earshot {
    @Override
    MatrixKernel kernel() {
      return new VectorKernel();
    }
  }

  /** ONNX Runtime's LSTM. */
  abstract static class Onnx {
    private OnnxLstm lstm;
    private float[][] steps;
    private int at;

    abstract boolean dynamicInt8();

    /** Loads the model. */
    @Setup
    public void setUp() throws IOException, OrtException {
      List<LstmLayer> layers = Inputs.lstmOnly().base().layers();
      lstm = new OnnxLstm(layers, dynamicInt8());
      steps = Inputs.steps(STEPS, layers.get(0).inputs());
    }

    /** Frees it. */
    @TearDown
    public void tearDown() throws OrtException {
      lstm.close();
    }

    FloatBuffer step() throws OrtException {
      FloatBuffer hidden = lstm.step(steps[at++]);
      at %= steps.length;
      return hidden;
    }
  }

  /** In floats. */
  @State(Scope.Thread)
  public static class OnnxFloat extends Onnx {
    @Override
    boolean dynamicInt8() {
      return false;
    }
  }

  /** Dynamically quantised. */
  @State(Scope.Thread)
  public static class OnnxInt8 extends Onnx {
    @Override
    boolean dynamicInt8() {
      return true;
    }
  }

  @Benchmark
  public byte[] lanes(Lanes state) {
    return state.step();
  }

  @Benchmark
  public byte[] vector(Vector state) {
    return state.step();
  }

  @Benchmark
  public FloatBuffer onnxFloat(OnnxFloat state) throws OrtException {
    return state.step();
  }

  @Benchmark
  public FloatBuffer onnxInt8(OnnxInt8 state) throws OrtException {
    return state.step();
  }
}
