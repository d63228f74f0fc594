package org.earshot.verifier;

import java.util.HashSet;
import java.util.List;

/**
 * The verifier's weights: convolutions over the bands of each step, a bidirectional LSTM layer over
 * several of their steps joined, and a logistic output for each event. Immutable by contract: the
 * arrays are not copied and must not be changed. Format: docs/verifier-model.md.
 *
 * @param featureFingerprint of the features that it was trained on
 * @param melBands of a feature frame
 * @param stackFrames frames that make one step of the convolutions; their channels
 * @param joinedSteps steps of the convolutions that make one of the LSTM layer
 * @param inputScale features are rounded to multiples of it, at most 127 of them either way
 * @param convolutions lowest first, at least one
 * @param forward the LSTM layer from the clip's beginning
 * @param backward the LSTM layer from the clip's end
 * @param events label of each output
 * @param headWeights [events][2 * hidden], forward units first
 * @param headBias [events]
 */
public record VerifierModel(
    long featureFingerprint,
    int melBands,
    int stackFrames,
    int joinedSteps,
    float inputScale,
    List<ConvolutionWeights> convolutions,
    LstmWeights forward,
    LstmWeights backward,
    List<String> events,
    float[] headWeights,
    float[] headBias) {

  /** Throws IllegalArgumentException when layers do not fit together. */
  public VerifierModel {
    convolutions = List.copyOf(convolutions);
    events = List.copyOf(events);
    require(melBands > 0 && stackFrames > 0 && joinedSteps > 0, "sizes must be positive");
    require(inputScale > 0, "the input scale must be positive");
    require(!convolutions.isEmpty(), "there is no convolution");
    int channels = stackFrames;
    int bands = melBands;
    for (ConvolutionWeights layer : convolutions) {
      require(
          layer.inputChannels() == channels && layer.inputBands() == bands,
          "a convolution does not fit on the layer below");
      channels = layer.outputChannels();
      bands = layer.outputBands();
    }
    require(
        forward.inputs() == joinedSteps * channels * bands
            && backward.inputs() == forward.inputs()
            && backward.hidden() == forward.hidden(),
        "the LSTM layer does not fit on the convolutions");
    require(
        !events.isEmpty() && new HashSet<>(events).size() == events.size(),
        "events must be there, each once");
    require(
        headWeights.length == 2L * forward.hidden() * events.size()
            && headBias.length == events.size(),
        "the outputs do not fit on the LSTM layer");
  }

  /** Returns how many weights it has. */
  public long weights() {
    long count = headWeights.length + (long) headBias.length;
    for (ConvolutionWeights layer : convolutions) {
      count += layer.weights().length + (long) layer.bias().length;
    }
    for (LstmWeights lstm : List.of(forward, backward)) {
      count += lstm.inputWeights().length + lstm.recurrentWeights().length + lstm.bias().length;
    }
    return count;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
