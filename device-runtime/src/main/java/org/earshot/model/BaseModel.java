package org.earshot.model;

import java.util.List;

/**
 * The shared recurrent network that every head listens to: dense layers over the frames of a step,
 * then LSTM layers.
 *
 * <p>One network step takes {@code stackFrames} feature frames, oldest first: {@code
 * x[stackFrames*melBands]}. Activations are {@code clamp(round(x / inputScale), -127, 127)}; a
 * dense layer's output is quantised with its own {@link DenseLayer#outputScale}, hidden states with
 * the scale 1/127.
 *
 * @param featureFingerprint of the FeatureSpec that the network was trained on
 * @param melBands features in a frame, 1 to {@link #MAX_MEL_BANDS}
 * @param stackFrames frames in a step, 1 to {@link #MAX_STACK_FRAMES}
 * @param inputScale step of the quantised input, positive
 * @param dense none to {@link #MAX_DENSE_LAYERS} RELU layers, the first fed by the frames
 * @param layers 1 to {@link #MAX_LAYERS} LSTM layers, each fed by the hidden states of the one
 *     before, the first by the last dense layer or, without any, by the frames
 */
public record BaseModel(
    long featureFingerprint,
    int melBands,
    int stackFrames,
    float inputScale,
    List<DenseLayer> dense,
    List<LstmLayer> layers) {
  /** Bound of {@link #melBands}. */
  public static final int MAX_MEL_BANDS = 256;

  /** Bound of {@link #stackFrames}. */
  public static final int MAX_STACK_FRAMES = 16;

  /** Bound of the number of dense layers. */
  public static final int MAX_DENSE_LAYERS = 4;

  /** Bound of the number of LSTM layers. */
  public static final int MAX_LAYERS = 8;

  /** Checks that the layers fit one another; throws IllegalArgumentException otherwise. */
  public BaseModel {
    Checks.range("melBands", melBands, 1, MAX_MEL_BANDS);
    Checks.range("stackFrames", stackFrames, 1, MAX_STACK_FRAMES);
    Checks.scale("inputScale", inputScale);
    dense = List.copyOf(dense);
    Checks.range("dense layers", dense.size(), 0, MAX_DENSE_LAYERS);
    layers = List.copyOf(layers);
    Checks.range("layers", layers.size(), 1, MAX_LAYERS);
    int inputs = melBands * stackFrames;
    for (DenseLayer layer : dense) {
      Checks.range("dense layer inputs", layer.inputs(), inputs, inputs);
      if (layer.activation() != Activation.RELU) {
        throw new IllegalArgumentException("a dense layer of the base is " + layer.activation());
      }
      inputs = layer.outputs();
    }
    for (LstmLayer layer : layers) {
      Checks.range("layer inputs", layer.inputs(), inputs, inputs);
      inputs = layer.hidden();
    }
    Checks.range("hidden units of all layers", hiddenUnits(layers), 1, QuantizedMatrix.MAX_COLUMNS);
  }

  /** Returns the number of inputs of a head: the hidden units of all layers. */
  public int headInputs() {
    return hiddenUnits(layers);
  }

  /** Returns the SHA-256 of the base section's payload, 32 bytes; encodes the model, so keep it. */
  public byte[] fingerprint() {
    return Sha256.of(BaseCodec.encode(this));
  }

  private static int hiddenUnits(List<LstmLayer> layers) {
    int units = 0;
    for (LstmLayer layer : layers) {
      units += layer.hidden();
    }
    return units;
  }
}
