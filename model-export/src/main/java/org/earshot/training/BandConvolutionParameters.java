package org.earshot.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Parameters of {@link BandConvolutions}, in this order for each convolution: weights {@code W0}
 * [taps * kernel * input channels][channels] in 'f' order, then [channels] each of {@code gamma0},
 * {@code beta0} and the running {@code mean0} and {@code variance0}.
 */
final class BandConvolutionParameters implements ParamInitializer {
  static final BandConvolutionParameters INSTANCE = new BandConvolutionParameters();

  static final String WEIGHTS = "W";
  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MEAN = "mean";
  static final String VARIANCE = "variance";

  private BandConvolutionParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    long count = 0;
    for (BandConvolution shape : ((BandConvolutions) layer).layers()) {
      count += (long) shape.channels() * (shape.weights() + 4);
    }
    return count;
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < ((BandConvolutions) layer).layers().size(); i++) {
      for (String name : List.of(WEIGHTS, GAMMA, BETA, MEAN, VARIANCE)) {
        keys.add(name + i);
      }
    }
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return paramKeys(layer).stream().filter(key -> key.startsWith(WEIGHTS)).toList();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return paramKeys(layer).stream().filter(key -> !key.startsWith(WEIGHTS)).toList();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return key.startsWith(WEIGHTS);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return !isWeightParam(layer, key);
  }

  /** Weights as He et al. (2015) draw them for rectifiers; the rest is the identity. */
  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    Map<String, INDArray> views = views(conf, parameters);
    views.keySet().forEach(conf::addVariable);
    if (initialize) {
      Random random = new Random(conf.getSeed());
      List<BandConvolution> layers = ((BandConvolutions) conf.getLayer()).layers();
      for (int i = 0; i < layers.size(); i++) {
        INDArray weights = views.get(WEIGHTS + i);
        double deviation = Math.sqrt(2.0 / layers.get(i).weights());
        for (long at = 0; at < weights.length(); at++) {
          weights.putScalar(
              at % weights.size(0), at / weights.size(0), deviation * random.nextGaussian());
        }
        views.get(GAMMA + i).assign(1);
        views.get(BETA + i).assign(0);
        views.get(MEAN + i).assign(0);
        views.get(VARIANCE + i).assign(1);
      }
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    return views(conf, gradients);
  }

  private static Map<String, INDArray> views(NeuralNetConfiguration conf, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    INDArray row = flat.reshape(flat.length());
    List<BandConvolution> layers = ((BandConvolutions) conf.getLayer()).layers();
    long at = 0;
    for (int i = 0; i < layers.size(); i++) {
      BandConvolution shape = layers.get(i);
      long weights = (long) shape.channels() * shape.weights();
      views.put(
          WEIGHTS + i,
          row.get(NDArrayIndex.interval(at, at + weights))
              .reshape('f', shape.weights(), shape.channels()));
      at += weights;
      for (String name : List.of(GAMMA, BETA, MEAN, VARIANCE)) {
        views.put(name + i, row.get(NDArrayIndex.interval(at, at + shape.channels())));
        at += shape.channels();
      }
    }
    return views;
  }
}
