package org.earshot.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J's configuration of {@link BandConvolutionLayer}: convolutions one above the other, each with
 * batch normalisation (Ioffe and Szegedy, 2015) and a rectifier.
 */
public final class BandConvolutions extends FeedForwardLayer {
  private static final long serialVersionUID = 1;
  private static final int FIELDS = 6;

  @JsonProperty private int[] shapes = {}; // [layers][6]: DL4J writes JSON and knows no records

  /** For DL4J, which sets the fields. */
  BandConvolutions() {}

  private BandConvolutions(Builder builder) {
    super(builder);
    shapes = new int[FIELDS * builder.layers.size()];
    int at = 0;
    for (BandConvolution layer : builder.layers) {
      shapes[at++] = layer.inputChannels();
      shapes[at++] = layer.inputBands();
      shapes[at++] = layer.channels();
      shapes[at++] = layer.kernel();
      shapes[at++] = layer.stride();
      shapes[at++] = layer.taps();
    }
  }

  public static BandConvolutions of(List<BandConvolution> layers) {
    return new Builder(layers).build();
  }

  List<BandConvolution> layers() {
    List<BandConvolution> layers = new ArrayList<>();
    for (int at = 0; at < shapes.length; at += FIELDS) {
      layers.add(
          new BandConvolution(
              shapes[at],
              shapes[at + 1],
              shapes[at + 2],
              shapes[at + 3],
              shapes[at + 4],
              shapes[at + 5]));
    }
    return layers;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    BandConvolutionLayer layer = new BandConvolutionLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return BandConvolutionParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.recurrent(
        getNOut(), ((InputType.InputTypeRecurrent) input).getTimeSeriesLength());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(getLayerName(), BandConvolutions.class, input, input)
        .standardMemory(parameters, parameters)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BandConvolutions that
        && super.equals(that)
        && Arrays.equals(shapes, that.shapes);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Arrays.hashCode(shapes);
  }

  private static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final List<BandConvolution> layers;

    Builder(List<BandConvolution> layers) {
      this.layers = layers;
      nIn(layers.get(0).inputs());
      nOut(layers.get(layers.size() - 1).outputs());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // DL4J's signature
    public <E extends Layer> E build() {
      return (E) new BandConvolutions(this);
    }
  }
}
