package org.earshot.model;

/** A dense layer within a head section: docs/model-format.md, "Dense layer". */
final class DenseCodec {
  private static final int LINEAR = 0;
  private static final int RELU = 1;

  private DenseCodec() {}

  static void encode(DenseLayer layer, PayloadWriter out) {
    out.u16(layer.outputs())
        .u16(layer.inputs())
        .u16(layer.activation() == Activation.RELU ? RELU : LINEAR)
        .f32(layer.outputScale())
        .matrix(layer.weights())
        .f32s(layer.bias());
  }

  static DenseLayer decode(PayloadReader in, String layer) throws ModelFormatException {
    int outputs = in.u16(layer + " outputs", 1, QuantizedMatrix.MAX_ROWS);
    int inputs = in.u16(layer + " inputs", 1, QuantizedMatrix.MAX_COLUMNS);
    int code = in.u16(layer + " activation", LINEAR, RELU);
    Activation activation = code == RELU ? Activation.RELU : Activation.LINEAR;
    float outputScale = in.scale(layer + " output scale");
    QuantizedMatrix weights = in.matrix(layer + " weights", outputs, inputs);
    float[] bias = in.biases(layer + " bias", outputs);
    return new DenseLayer(weights, bias, activation, outputScale);
  }
}
