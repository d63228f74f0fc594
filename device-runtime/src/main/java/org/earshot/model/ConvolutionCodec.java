package org.earshot.model;

/** A convolution within the base section: docs/model-format.md, "Convolution". */
final class ConvolutionCodec {
  private ConvolutionCodec() {}

  static void encode(ConvolutionLayer layer, PayloadWriter out) {
    out.u16(layer.inputBands())
        .u16(layer.inputChannels())
        .u16(layer.kernelBands())
        .u16(layer.strideBands())
        .u16(layer.taps())
        .u16(layer.outputChannels())
        .f32(layer.outputScale())
        .matrix(layer.weights())
        .f32s(layer.bias());
  }

  /**
   * Reads a layer over {@code bands} bands of {@code channels} channels, or over all of them as one
   * band.
   */
  static ConvolutionLayer decode(PayloadReader in, String layer, int bands, int channels)
      throws ModelFormatException {
    int start = in.position();
    int inputBands = in.u16(layer + " input bands", 1, bands);
    if (inputBands != 1 && inputBands != bands) {
      throw in.error(
          start, layer + " input bands is " + inputBands + ", wanted " + bands + " or 1");
    }
    int wanted = inputBands == bands ? channels : bands * channels;
    int inputChannels = in.u16(layer + " input channels", wanted, wanted);
    int kernelAt = in.position();
    int kernelBands = in.u16(layer + " kernel bands", 1, inputBands);
    int strideBands = in.u16(layer + " stride bands", 1, kernelBands);
    int taps = in.u16(layer + " taps", 1, ConvolutionLayer.MAX_TAPS);
    int columns = taps * kernelBands * inputChannels; // below 4 * 256 * 65536, thus an int
    if (columns > QuantizedMatrix.MAX_COLUMNS) {
      throw in.error(
          kernelAt,
          layer
              + " has "
              + columns
              + " inputs under one output, wanted at most "
              + QuantizedMatrix.MAX_COLUMNS);
    }
    int outputChannels = in.u16(layer + " output channels", 1, QuantizedMatrix.MAX_ROWS);
    float outputScale = in.scale(layer + " output scale");
    QuantizedMatrix weights = in.matrix(layer + " weights", outputChannels, columns);
    float[] bias = in.biases(layer + " bias", outputChannels);
    return new ConvolutionLayer(
        inputChannels, inputBands, kernelBands, strideBands, taps, weights, bias, outputScale);
  }
}
