package org.earshot.model;

import java.util.List;

/**
 * The shared recurrent network that every head listens to.
 *
 * <p>One network step takes {@code stackFrames} feature frames, oldest first: {@code
 * x[stackFrames*melBands]}. Activations are {@code clamp(round(x / inputScale), -127, 127)}; hidden
 * states are quantised with the scale 1/127.
 *
 * @param featureFingerprint of the FeatureSpec that the network was trained on
 * @param melBands features in a frame, 1 to {@link #MAX_MEL_BANDS}
 * @param stackFrames frames in a step, 1 to {@link #MAX_STACK_FRAMES}
 * @param inputScale step of the quantised input, positive
 * @param layers 1 to {@link #MAX_LAYERS}, each fed by the hidden states of the one before
 */
public record BaseModel(
    long featureFingerprint,
    int melBands,
    int stackFrames,
    float inputScale,
    List<LstmLayer> layers) {
  /** Bound of {@link #melBands}. */
  public static final int MAX_MEL_BANDS = 256;

  /** Bound of {@link #stackFrames}. */
  public static final int MAX_STACK_FRAMES = 16;

  /** Bound of the number of layers. */
  public static final int MAX_LAYERS = 8;

  /** Checks that the layers fit one another; throws IllegalArgumentException otherwise. */
  public BaseModel {
    Checks.range("melBands", melBands, 1, MAX_MEL_BANDS);
    Checks.range("stackFrames", stackFrames, 1, MAX_STACK_FRAMES);
    Checks.scale("inputScale", inputScale);
    layers = List.copyOf(layers);
    Checks.range("layers", layers.size(), 1, MAX_LAYERS);
    int inputs = melBands * stackFrames;
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
