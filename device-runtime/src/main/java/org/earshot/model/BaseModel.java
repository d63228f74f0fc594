package org.earshot.model;

import java.util.List;

/**
 * The shared recurrent network that every head listens to: convolutions over the bands of a step,
 * then LSTM layers.
 *
 * <p>One network step takes {@code stackFrames} feature frames. The first convolution reads them as
 * channels, {@code x[band][frame]}; without convolutions the first LSTM layer reads {@code
 * x[frame][band]}. The oldest frame comes first in both. Activations are {@code clamp(round(x /
 * inputScale), -127, 127)}; a convolution's output is quantised with its own {@link
 * ConvolutionLayer#outputScale}, hidden states with the scale 1/127.
 *
 * @param featureFingerprint of the FeatureSpec that the network was trained on
 * @param melBands features in a frame, 1 to {@link #MAX_MEL_BANDS}
 * @param stackFrames frames in a step, 1 to {@link #MAX_STACK_FRAMES}
 * @param inputScale step of the quantised input, positive
 * @param convolutions none to {@link #MAX_CONVOLUTIONS}, each fed by the bands and channels of the
 *     one before, or by all of them as the channels of one band; the first by the frames
 * @param layers 1 to {@link #MAX_LAYERS} LSTM layers, each fed by the hidden states of the one
 *     before, the first by the last convolution, {@code [band][channel]}, or, without any, by the
 *     frames
 */
public record BaseModel(
    long featureFingerprint,
    int melBands,
    int stackFrames,
    float inputScale,
    List<ConvolutionLayer> convolutions,
    List<LstmLayer> layers) {
  /** Bound of {@link #melBands}. */
  public static final int MAX_MEL_BANDS = 256;

  /** Bound of {@link #stackFrames}. */
  public static final int MAX_STACK_FRAMES = 16;

  /** Bound of the number of convolutions. */
  public static final int MAX_CONVOLUTIONS = 8;

  /** Bound of the number of LSTM layers. */
  public static final int MAX_LAYERS = 8;

  /** Checks that the layers fit one another; throws IllegalArgumentException otherwise. */
  public BaseModel {
    Checks.range("melBands", melBands, 1, MAX_MEL_BANDS);
    Checks.range("stackFrames", stackFrames, 1, MAX_STACK_FRAMES);
    Checks.scale("inputScale", inputScale);
    convolutions = List.copyOf(convolutions);
    Checks.range("convolutions", convolutions.size(), 0, MAX_CONVOLUTIONS);
    layers = List.copyOf(layers);
    Checks.range("layers", layers.size(), 1, MAX_LAYERS);
    int bands = melBands;
    int channels = stackFrames;
    for (ConvolutionLayer layer : convolutions) {
      checkInput(layer, bands, channels);
      bands = layer.outputBands();
      channels = layer.outputChannels();
    }
    int inputs = bands * channels;
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

  private static void checkInput(ConvolutionLayer layer, int bands, int channels) {
    boolean same = layer.inputBands() == bands && layer.inputChannels() == channels;
    boolean flattened = layer.inputBands() == 1 && layer.inputChannels() == bands * channels;
    if (!same && !flattened) {
      throw new IllegalArgumentException(
          String.format(
              "a convolution reads %d bands of %d channels, wanted %d of %d or 1 of %d",
              layer.inputBands(), layer.inputChannels(), bands, channels, bands * channels));
    }
  }

  private static int hiddenUnits(List<LstmLayer> layers) {
    int units = 0;
    for (LstmLayer layer : layers) {
      units += layer.hidden();
    }
    return units;
  }
}
