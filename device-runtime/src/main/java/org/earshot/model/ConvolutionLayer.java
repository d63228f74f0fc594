package org.earshot.model;

import java.util.Arrays;

/**
 * One rectified convolution of the base over bands, with taps in time; a dense layer is one whose
 * kernel spans all bands.
 *
 * <p>Inputs and outputs are band-major: {@code x[band][channel]}. The output at position {@code p}
 * reads the bands {@code p * strideBands} to {@code p * strideBands + kernelBands - 1} of the last
 * {@code taps} steps; nothing is padded over bands, and before the first step all inputs are zero.
 * {@code y[p][o] = max(0, inputScale * weights.scales[o] * sum[p][o] + bias[o])}; the layer above
 * sees {@code y} quantised with {@code outputScale}, which is thus that layer's input scale.
 *
 * @param inputChannels values in a band of the input
 * @param inputBands bands of the input, 1 to {@link BaseModel#MAX_MEL_BANDS}
 * @param kernelBands bands under one output, 1 to {@code inputBands}
 * @param strideBands bands from one output position to the next, 1 to {@code kernelBands}
 * @param taps steps under one output, 1 to {@link #MAX_TAPS}
 * @param weights [outputChannels][taps * kernelBands * inputChannels], a row in the order
 *     [tap][band][channel], the oldest step first
 * @param bias [outputChannels], copied on the way in and out
 * @param outputScale step of the quantised output, positive
 */
public record ConvolutionLayer(
    int inputChannels,
    int inputBands,
    int kernelBands,
    int strideBands,
    int taps,
    QuantizedMatrix weights,
    float[] bias,
    float outputScale) {
  /** Bound of {@link #taps}. */
  public static final int MAX_TAPS = 4;

  /** Checks the shapes; throws IllegalArgumentException when they do not fit. */
  public ConvolutionLayer {
    Checks.range("inputChannels", inputChannels, 1, QuantizedMatrix.MAX_COLUMNS);
    Checks.range("inputBands", inputBands, 1, BaseModel.MAX_MEL_BANDS);
    Checks.range("kernelBands", kernelBands, 1, inputBands);
    Checks.range("strideBands", strideBands, 1, kernelBands);
    Checks.range("taps", taps, 1, MAX_TAPS);
    int columns = taps * kernelBands * inputChannels;
    Checks.range("weight columns", weights.columns(), columns, columns);
    Checks.length("bias", bias.length, weights.rows());
    Checks.scale("outputScale", outputScale);
    bias = bias.clone();
    for (float value : bias) {
      Checks.magnitude("bias", value);
    }
  }

  /** Returns a copy, [outputChannels]. */
  @Override
  public float[] bias() {
    return bias.clone();
  }

  /** Returns the number of inputs: {@code inputBands * inputChannels}. */
  public int inputs() {
    return inputBands * inputChannels;
  }

  /** Returns the number of output positions over the bands. */
  public int outputBands() {
    return (inputBands - kernelBands) / strideBands + 1;
  }

  /** Returns the number of values at an output position. */
  public int outputChannels() {
    return weights.rows();
  }

  /** Returns the number of outputs: {@code outputBands * outputChannels}. */
  public int outputs() {
    return outputBands() * outputChannels();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConvolutionLayer layer
        && inputChannels == layer.inputChannels
        && inputBands == layer.inputBands
        && kernelBands == layer.kernelBands
        && strideBands == layer.strideBands
        && taps == layer.taps
        && weights.equals(layer.weights)
        && Arrays.equals(bias, layer.bias)
        && outputScale == layer.outputScale;
  }

  @Override
  public int hashCode() {
    return 31 * weights.hashCode() + Arrays.hashCode(bias);
  }

  @Override
  public String toString() {
    return String.format(
        "ConvolutionLayer[%dx%d, kernel %d, stride %d, taps %d -> %dx%d]",
        inputBands, inputChannels, kernelBands, strideBands, taps, outputBands(), outputChannels());
  }
}
