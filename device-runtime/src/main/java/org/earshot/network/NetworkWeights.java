package org.earshot.network;

import java.util.ArrayList;
import java.util.List;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.Quantizer;
import org.earshot.model.BaseModel;
import org.earshot.model.ConvolutionLayer;
import org.earshot.model.HeadModel;
import org.earshot.model.LstmLayer;
import org.earshot.model.SoundModel;

/**
 * A model laid out for the kernels: made once, immutable, shared by the networks of any number of
 * streams.
 *
 * <p>Holds the weights as floats, so about four bytes per weight of the model.
 */
public final class NetworkWeights {
  final int melBands;
  final int stackFrames;
  final float inverseInputScale;
  final List<ConvolutionWeights> convolutions;
  final List<LstmWeights> layers;
  final HeadWeights heads;
  private final List<String> events;
  private final int headInputs;
  private final MatrixKernel kernel;

  private NetworkWeights(SoundModel model, MatrixKernel kernel) {
    BaseModel base = model.base();
    melBands = base.melBands();
    stackFrames = base.stackFrames();
    inverseInputScale = 1 / base.inputScale();
    float scale = base.inputScale();
    List<ConvolutionWeights> preparedConvolutions = new ArrayList<>();
    for (ConvolutionLayer layer : base.convolutions()) {
      preparedConvolutions.add(new ConvolutionWeights(layer, scale, kernel));
      scale = layer.outputScale();
    }
    convolutions = List.copyOf(preparedConvolutions);
    List<LstmWeights> prepared = new ArrayList<>();
    for (LstmLayer layer : base.layers()) {
      prepared.add(new LstmWeights(layer, scale, kernel));
      scale = Quantizer.HIDDEN_SCALE;
    }
    layers = List.copyOf(prepared);
    headInputs = base.headInputs();
    this.kernel = kernel;
    heads = new HeadWeights(model.heads(), headInputs, kernel);
    events = events(model.heads());
  }

  private NetworkWeights(NetworkWeights base, List<HeadModel> models) {
    melBands = base.melBands;
    stackFrames = base.stackFrames;
    inverseInputScale = base.inverseInputScale;
    convolutions = base.convolutions;
    layers = base.layers;
    headInputs = base.headInputs;
    kernel = base.kernel;
    heads = new HeadWeights(models, headInputs, kernel);
    events = events(models);
  }

  private static List<String> events(List<HeadModel> heads) {
    return heads.stream().map(HeadModel::event).toList();
  }

  /** Lays a model out for the fastest kernel that runs on every JVM. */
  public static NetworkWeights of(SoundModel model) {
    return new NetworkWeights(model, Kernel.LANES);
  }

  /** Lays a model out for a kernel. */
  public static NetworkWeights of(SoundModel model, MatrixKernel kernel) {
    return new NetworkWeights(model, kernel);
  }

  /** Returns the weights of the same base with other heads, which must fit it. */
  public NetworkWeights withHeads(List<HeadModel> heads) {
    return new NetworkWeights(this, heads);
  }

  /** Returns the labels of the heads, in the order of every posterior array. */
  public List<String> events() {
    return events;
  }
}
