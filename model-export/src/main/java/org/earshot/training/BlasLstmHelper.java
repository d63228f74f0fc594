package org.earshot.training;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelper;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A processor-side implementation of DL4J's LSTM helper (the hook that its GPU back end uses),
 * several times faster than the built-in loop: that one issues some twenty small array operations a
 * time step.
 *
 * <p>Same mathematics, same parameters: a network trained with it is an ordinary DL4J network. For
 * whole sequences without masks, peepholes or truncation; everything else falls back to the
 * built-in loop. The rows of a batch are shared among the threads of the executor.
 */
final class BlasLstmHelper implements LSTMHelper {
  private final ExecutorService executor;
  private final int threads;
  private List<LstmShard> shards = List.of();
  private boolean[] carriedRows = new boolean[0];
  private float[] lastHidden = new float[0]; // [hidden][batch]
  private float[] lastCells = new float[0]; // [hidden][batch]
  private long lastInputAddress;
  private INDArray lastOutput;

  private BlasLstmHelper(ExecutorService executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /** Gives every LSTM layer of a network its own helper. */
  static List<BlasLstmHelper> install(
      ComputationGraph network, ExecutorService executor, int threads) {
    List<BlasLstmHelper> helpers = new ArrayList<>();
    try {
      Field helper = LSTM.class.getDeclaredField("helper");
      helper.setAccessible(true);
      for (Layer layer : network.getLayers()) {
        if (layer instanceof LSTM) {
          BlasLstmHelper made = new BlasLstmHelper(executor, threads);
          helper.set(layer, made);
          helpers.add(made);
        }
      }
      return helpers;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of DL4J has no LSTM helper hook", e);
    }
  }

  /**
   * Lets some rows of the next training batch start from the state in which the same rows of the
   * last one ended, instead of from zero, as on a device that listens for days.
   *
   * @param rows [batch]
   */
  void carry(boolean[] rows) {
    carriedRows = rows.clone();
  }

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public boolean checkSupported(IActivation gate, IActivation activation, boolean peepholes) {
    return gate instanceof ActivationSigmoid && activation instanceof ActivationTanH && !peepholes;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    return Map.of();
  }

  @Override
  public FwdPassReturn activate(
      Layer layer,
      NeuralNetConfiguration conf,
      IActivation gate,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray biases,
      boolean training,
      INDArray previousOutput,
      INDArray previousCell,
      boolean forBackprop,
      boolean forwards,
      String inputWeightKey,
      INDArray mask,
      boolean peepholes,
      LayerWorkspaceMgr workspaces) {
    if (mask != null || !forwards) {
      return null; // DL4J falls back to its own loop
    }
    int batch = (int) input.size(0);
    int inputs = (int) input.size(1);
    int steps = (int) input.size(2);
    int hidden = (int) recurrentWeights.size(0);
    prepare(batch, inputs, hidden, steps);
    INDArray packed = Blas.columnMajor(input);
    FwdPassReturn result = new FwdPassReturn();
    if (forBackprop && packed.data().address() == lastInputAddress && lastOutput != null) {
      result.fwdPassOutput = lastOutput; // the shards still hold this pass
      return result;
    }
    float[] x = values(packed);
    float[] y = new float[batch * hidden * steps];
    FloatPointer w = Blas.pointer(inputWeights);
    FloatPointer r = Blas.pointer(recurrentWeights);
    float[] bias = biases.dup('c').data().asFloat();
    float[] h0 = values(previousOutput.dup('f'));
    float[] c0 = values(previousCell.dup('f'));
    if (training) {
      carryOver(h0, lastHidden, batch);
      carryOver(c0, lastCells, batch);
    }
    float[] c = new float[batch * hidden];
    Shards.forEach(
        shards,
        executor,
        shard -> {
          shard.forward(x, w, r, bias, h0, c0, y);
          shard.copyLastCell(c);
        });
    if (training) {
      lastHidden = Arrays.copyOfRange(y, (steps - 1) * batch * hidden, y.length);
      lastCells = c;
    }
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), new long[] {batch, hidden, steps}, 'f');
    Blas.pointer(output).put(y, 0, y.length);
    INDArray lastCell =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), new long[] {batch, hidden}, 'f');
    Blas.pointer(lastCell).put(c, 0, c.length);
    lastInputAddress = packed.data().address();
    lastOutput = output;
    result.fwdPassOutput = output;
    result.lastAct = output.tensorAlongDimension(steps - 1, 1, 0);
    result.lastMemCell = lastCell;
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      NeuralNetConfiguration conf,
      IActivation gate,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray epsilon,
      boolean truncated,
      int truncationLength,
      FwdPassReturn forwardPass,
      boolean forwards,
      String inputWeightKey,
      String recurrentWeightKey,
      String biasKey,
      Map<String, INDArray> gradientViews,
      INDArray mask,
      boolean peepholes,
      LayerWorkspaceMgr workspaces) {
    int batch = (int) input.size(0);
    int inputs = (int) input.size(1);
    int steps = (int) input.size(2);
    INDArray next =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), new long[] {batch, inputs, steps}, 'f');
    FloatPointer w = Blas.pointer(inputWeights);
    FloatPointer r = Blas.pointer(recurrentWeights);
    float[] dy = values(Blas.columnMajor(epsilon));
    float[] dx = new float[batch * inputs * steps];
    Shards.forEach(shards, executor, shard -> shard.backward(w, r, dy, dx));
    Blas.pointer(next).put(dx, 0, dx.length);
    lastOutput = null;
    INDArray inputGradient = gradientViews.get(inputWeightKey);
    INDArray recurrentGradient = gradientViews.get(recurrentWeightKey);
    INDArray biasGradient = gradientViews.get(biasKey);
    FloatPointer inputView = Blas.pointer(inputGradient);
    FloatPointer recurrentView = Blas.pointer(recurrentGradient);
    FloatPointer biasView = Blas.pointer(biasGradient);
    sum(inputView, (int) inputGradient.length(), shard -> shard.inputGradient);
    sum(recurrentView, (int) recurrentGradient.length(), shard -> shard.recurrentGradient);
    float[] bias = new float[(int) biasGradient.length()];
    for (LstmShard shard : shards) {
      for (int i = 0; i < bias.length; i++) {
        bias[i] += shard.biasGradient[i];
      }
    }
    biasView.put(bias, 0, bias.length);
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(inputWeightKey, inputGradient);
    gradient.gradientForVariable().put(recurrentWeightKey, recurrentGradient);
    gradient.gradientForVariable().put(biasKey, biasGradient);
    return new Pair<>(gradient, next);
  }

  private void carryOver(float[] initial, float[] last, int batch) {
    if (carriedRows.length != batch || last.length != initial.length) {
      return;
    }
    for (int i = 0; i < initial.length; i++) {
      initial[i] = carriedRows[i % batch] ? last[i] : initial[i];
    }
  }

  private void sum(FloatPointer to, int length, Function<LstmShard, FloatPointer> part) {
    float[] total = new float[length];
    float[] term = new float[length];
    for (LstmShard shard : shards) {
      part.apply(shard).get(term, 0, length);
      for (int i = 0; i < length; i++) {
        total[i] += term[i];
      }
    }
    to.put(total, 0, length);
  }

  private void prepare(int batch, int inputs, int hidden, int steps) {
    if (!shards.isEmpty() && shards.get(0).fits(batch, inputs, hidden, steps)) {
      return;
    }
    List<LstmShard> fresh = new ArrayList<>();
    int count = Math.min(threads, batch);
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) batch * i / count);
      int end = (int) ((long) batch * (i + 1) / count);
      fresh.add(new LstmShard(first, end - first, batch, inputs, hidden, steps));
    }
    shards = fresh;
  }

  private static float[] values(INDArray array) {
    float[] values = new float[(int) array.length()];
    Blas.pointer(array).get(values, 0, values.length);
    return values;
  }
}
