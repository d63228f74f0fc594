package org.earshot.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers below the LSTM as one layer of a DL4J graph: [batch][frames * bands][steps] in,
 * [batch][bands * channels][steps] out. It is the lowest layer of a graph: it gives no gradient of
 * its input.
 *
 * <p>DL4J's own convolution and batch normalisation, one array operation after the other, took two
 * thirds of an update (ADR 0010). The batch is shared among the threads of an executor; means and
 * variances are those of the whole batch. Running means and variances are moved in each training
 * pass, and have no gradient.
 */
final class BandConvolutionLayer extends BaseLayer<BandConvolutions> {
  private static final long serialVersionUID = 1;

  /** Added to the variance that a channel is divided by. */
  static final double EPSILON = 1e-5;

  /** Decay of the running mean and variance, which are used outside training. */
  private static final double DECAY = 0.98;

  private final transient List<BandConvolution> layers;
  private transient ExecutorService executor;
  private transient int threads = 1;
  private transient List<ConvolutionShard> shards = List.of();
  private final transient float[][] scale; // [layers][channels]
  private final transient float[][] shift; // [layers][channels]
  private final transient double[][] mean; // [layers][channels]
  private final transient double[][] inverse; // [layers][channels]: 1 / standard deviation

  BandConvolutionLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    layers = ((BandConvolutions) conf.getLayer()).layers();
    scale = new float[layers.size()][];
    shift = new float[layers.size()][];
    mean = new double[layers.size()][];
    inverse = new double[layers.size()][];
  }

  /** Lets such layers of a network share each batch among threads. */
  static void install(ComputationGraph network, ExecutorService executor, int threads) {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof BandConvolutionLayer convolutions) {
        convolutions.executor = executor;
        convolutions.threads = threads;
        convolutions.shards = List.of();
      }
    }
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    int batch = (int) input.size(0);
    int steps = (int) input.size(2);
    prepare(batch, steps);
    float[] frames = values(input);
    run(shard -> shard.load(frames));
    for (int layer = 0; layer < layers.size(); layer++) {
      int at = layer;
      FloatPointer weights = pointer(BandConvolutionParameters.WEIGHTS, layer);
      run(shard -> shard.multiply(at, weights));
      normalize(layer, training);
      run(shard -> shard.rectify(at, scale[at], shift[at]));
    }
    int outputs = layers.get(layers.size() - 1).outputs();
    float[] values = new float[batch * outputs * steps];
    run(shard -> shard.store(values));
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), new long[] {batch, outputs, steps}, 'f');
    Blas.pointer(output).put(values, 0, values.length);
    return output;
  }

  /** Scale and shift of each channel, from this batch or from the running values. */
  private void normalize(int layer, boolean training) {
    int channels = layers.get(layer).channels();
    float[] gamma = vector(BandConvolutionParameters.GAMMA, layer);
    float[] beta = vector(BandConvolutionParameters.BETA, layer);
    float[] runningMean = vector(BandConvolutionParameters.MEAN, layer);
    float[] runningVariance = vector(BandConvolutionParameters.VARIANCE, layer);
    scale[layer] = new float[channels];
    shift[layer] = new float[channels];
    mean[layer] = new double[channels];
    inverse[layer] = new double[channels];
    double count = count(layer);
    for (int i = 0; i < channels; i++) {
      double middle = runningMean[i];
      double variance = runningVariance[i];
      if (training) {
        middle = total(layer, i, true) / count;
        variance = Math.max(0, total(layer, i, false) / count - middle * middle);
        runningMean[i] = (float) (DECAY * runningMean[i] + (1 - DECAY) * middle);
        runningVariance[i] = (float) (DECAY * runningVariance[i] + (1 - DECAY) * variance);
      }
      mean[layer][i] = middle;
      inverse[layer][i] = 1 / Math.sqrt(variance + EPSILON);
      scale[layer][i] = (float) (gamma[i] * inverse[layer][i]);
      shift[layer][i] = (float) (beta[i] - middle * gamma[i] * inverse[layer][i]);
    }
    if (training) {
      pointer(BandConvolutionParameters.MEAN, layer).put(runningMean, 0, channels);
      pointer(BandConvolutionParameters.VARIANCE, layer).put(runningVariance, 0, channels);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    float[] above = values(epsilon);
    run(shard -> shard.loadGradient(above));
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      int at = layer;
      run(shard -> shard.rectifierGradient(at, scale[at], shift[at]));
      int channels = layers.get(layer).channels();
      float[] gamma = new float[channels];
      float[] beta = new float[channels];
      float[] constant = new float[channels];
      float[] slope = new float[channels];
      double count = count(layer);
      for (int i = 0; i < channels; i++) {
        double dBeta = total(layer, i, true);
        double dGamma = inverse[layer][i] * (total(layer, i, false) - mean[layer][i] * dBeta);
        beta[i] = (float) dBeta;
        gamma[i] = (float) dGamma;
        double k = -scale[layer][i] * inverse[layer][i] * dGamma / count;
        slope[i] = (float) k;
        constant[i] = (float) (-scale[layer][i] * dBeta / count - k * mean[layer][i]);
      }
      FloatPointer weights = pointer(BandConvolutionParameters.WEIGHTS, layer);
      run(shard -> shard.multiplyGradient(at, weights, scale[at], constant, slope));
      write(BandConvolutionParameters.WEIGHTS, layer, weightGradient(layer));
      write(BandConvolutionParameters.GAMMA, layer, gamma);
      write(BandConvolutionParameters.BETA, layer, beta);
      write(BandConvolutionParameters.MEAN, layer, new float[channels]);
      write(BandConvolutionParameters.VARIANCE, layer, new float[channels]);
    }
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    for (String key : BandConvolutionParameters.INSTANCE.paramKeys(layerConf())) {
      char order = key.startsWith(BandConvolutionParameters.WEIGHTS) ? 'f' : 'c';
      gradient.setGradientFor(key, gradientViews.get(key), order);
    }
    return new Pair<>(gradient, null);
  }

  private float[] weightGradient(int layer) {
    BandConvolution shape = layers.get(layer);
    float[] sum = new float[shape.weights() * shape.channels()];
    float[] term = new float[sum.length];
    for (ConvolutionShard shard : shards) {
      shard.weightGradients[layer].get(term, 0, term.length);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += term[i];
      }
    }
    return sum;
  }

  private double total(int layer, int channel, boolean first) {
    double sum = 0;
    for (ConvolutionShard shard : shards) {
      sum += (first ? shard.first : shard.second)[layer][channel];
    }
    return sum;
  }

  private double count(int layer) {
    return shards.stream().mapToLong(shard -> shard.count(layer)).sum();
  }

  private void prepare(int batch, int steps) {
    if (!shards.isEmpty() && shards.get(0).fits(batch, steps)) {
      return;
    }
    List<ConvolutionShard> fresh = new ArrayList<>();
    int count = Math.min(threads, batch);
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) batch * i / count);
      int end = (int) ((long) batch * (i + 1) / count);
      fresh.add(new ConvolutionShard(layers, first, end - first, batch, steps));
    }
    shards = fresh;
  }

  private void run(Consumer<ConvolutionShard> work) {
    Shards.forEach(shards, executor, work);
  }

  /** [steps][size][batch]. */
  private static float[] values(INDArray array) {
    float[] values = new float[(int) array.length()];
    Blas.pointer(Blas.columnMajor(array)).get(values, 0, values.length);
    return values;
  }

  private FloatPointer pointer(String name, int layer) {
    return Blas.pointer(getParam(name + layer));
  }

  private float[] vector(String name, int layer) {
    float[] values = new float[layers.get(layer).channels()];
    pointer(name, layer).get(values, 0, values.length);
    return values;
  }

  private void write(String name, int layer, float[] values) {
    Blas.pointer(gradientViews.get(name + layer)).put(values, 0, values.length);
  }
}
