package org.earshot.model;

import java.util.ArrayList;
import java.util.List;

/** The base section's payload: docs/model-format.md, "BASE". */
final class BaseCodec {
  private BaseCodec() {}

  static byte[] encode(BaseModel base) {
    PayloadWriter out =
        new PayloadWriter()
            .i64(base.featureFingerprint())
            .u16(base.melBands())
            .u16(base.stackFrames())
            .f32(base.inputScale())
            .u16(base.convolutions().size());
    for (ConvolutionLayer layer : base.convolutions()) {
      ConvolutionCodec.encode(layer, out);
    }
    out.u16(base.layers().size());
    for (LstmLayer layer : base.layers()) {
      out.u16(layer.inputs())
          .u16(layer.hidden())
          .matrix(layer.inputWeights())
          .matrix(layer.recurrentWeights())
          .f32s(layer.bias());
    }
    return out.toBytes();
  }

  static BaseModel decode(PayloadReader in) throws ModelFormatException {
    int start = in.position();
    long featureFingerprint = in.i64("feature fingerprint");
    int melBands = in.u16("melBands", 1, BaseModel.MAX_MEL_BANDS);
    int stackFrames = in.u16("stackFrames", 1, BaseModel.MAX_STACK_FRAMES);
    float inputScale = in.scale("inputScale");
    int convolutionCount = in.u16("number of convolutions", 0, BaseModel.MAX_CONVOLUTIONS);
    List<ConvolutionLayer> convolutions = new ArrayList<>();
    int bands = melBands;
    int channels = stackFrames;
    for (int i = 0; i < convolutionCount; i++) {
      ConvolutionLayer layer = ConvolutionCodec.decode(in, "convolution " + i, bands, channels);
      convolutions.add(layer);
      bands = layer.outputBands();
      channels = layer.outputChannels();
    }
    int wantedInputs = bands * channels;
    int layerCount = in.u16("number of layers", 1, BaseModel.MAX_LAYERS);
    List<LstmLayer> layers = new ArrayList<>();
    for (int i = 0; i < layerCount; i++) {
      String layer = "layer " + i;
      int inputs = in.u16(layer + " inputs", wantedInputs, wantedInputs);
      int hidden =
          in.u16(layer + " units", 1, Math.min(LstmLayer.MAX_HIDDEN, QuantizedMatrix.MAX_COLUMNS));
      if (inputs > QuantizedMatrix.MAX_COLUMNS) {
        throw in.error(start, layer + " has " + inputs + " inputs");
      }
      QuantizedMatrix inputWeights = in.matrix(layer + " input weights", 4 * hidden, inputs);
      QuantizedMatrix recurrent = in.matrix(layer + " recurrent weights", 4 * hidden, hidden);
      float[] bias = in.biases(layer + " bias", 4 * hidden);
      layers.add(new LstmLayer(inputs, hidden, inputWeights, recurrent, bias));
      wantedInputs = hidden;
    }
    in.finish("the base section");
    try {
      return new BaseModel(
          featureFingerprint, melBands, stackFrames, inputScale, convolutions, layers);
    } catch (IllegalArgumentException e) {
      throw in.error(start, e.getMessage());
    }
  }
}
