package org.earshot.quantize;

import java.util.List;
import org.earshot.audio.feature.FeatureSpec;

/**
 * The trained network before quantisation: what int8 is compared with.
 *
 * @param features that it was trained on
 * @param stackFrames frames in a step
 * @param inputScale step of the quantised input, which training uses as well
 * @param convolutions between the input and the first LSTM layer; may be empty. The first reads
 *     {@code [band][frame]}, the LSTM layer {@code [band][channel]} or, without any, {@code
 *     [frame][band]}
 * @param layers LSTM layers
 * @param events label of each head
 * @param headWeights [events][all hidden units], row-major, lowest layer first
 * @param headBias [events]
 */
public record FloatModel(
    FeatureSpec features,
    int stackFrames,
    float inputScale,
    List<FloatConvolution> convolutions,
    List<FloatLstm> layers,
    List<String> events,
    float[] headWeights,
    float[] headBias) {

  public FloatModel {
    convolutions = List.copyOf(convolutions);
    layers = List.copyOf(layers);
    events = List.copyOf(events);
    int hidden = layers.stream().mapToInt(FloatLstm::hidden).sum();
    if (headWeights.length != events.size() * hidden || headBias.length != events.size()) {
      throw new IllegalArgumentException("heads do not have the shape of the network");
    }
  }

  /** Hidden units of all layers together: what a head sees. */
  public int headInputs() {
    return layers.stream().mapToInt(FloatLstm::hidden).sum();
  }
}
