package org.earshot.quantize;

import java.util.List;
import java.util.function.Consumer;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.kernel.Quantizer;

/**
 * Runs one stream through the float network: the reference for the int8 runtime. Plain loops, no
 * concern for speed. Takes the same frames as the runtime and quantises the input in the same way,
 * since training did; everything after the input is float. Single-threaded.
 */
public final class FloatNetwork {
  private final FloatModel model;
  private final byte[] quantized; // [melBands], one frame
  private final float[] input; // [melBands][stackFrames], or [stackFrames][melBands] for an LSTM
  private final float[][][] past; // [convolutions][taps, oldest step first][inputs]
  private final float[][] convolved; // [convolutions][outputs]
  private final float[][] hidden; // [layers][units]
  private final float[][] cells; // [layers][units]
  private final float[] logits; // [events]
  private int stackedFrames;

  public FloatNetwork(FloatModel model) {
    this.model = model;
    quantized = new byte[model.features().melBands()];
    input = new float[model.stackFrames() * model.features().melBands()];
    past = new float[model.convolutions().size()][][];
    convolved = new float[past.length][];
    for (int i = 0; i < past.length; i++) {
      FloatConvolution layer = model.convolutions().get(i);
      past[i] = new float[layer.taps()][layer.inputs()];
      convolved[i] = new float[layer.outputs()];
    }
    hidden = new float[model.layers().size()][];
    cells = new float[model.layers().size()][];
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = new float[model.layers().get(i).hidden()];
      cells[i] = new float[model.layers().get(i).hidden()];
    }
    logits = new float[model.events().size()];
  }

  /**
   * Runs a whole recording.
   *
   * @param samples 16 kHz mono
   * @param afterStep gets the network after each step
   */
  public static void run(FloatModel model, float[] samples, Consumer<FloatNetwork> afterStep) {
    FloatNetwork network = new FloatNetwork(model);
    new LogMelExtractor(model.features())
        .push(
            samples,
            0,
            samples.length,
            (index, frame) -> {
              if (network.accept(frame)) {
                afterStep.accept(network);
              }
            });
  }

  /** Labels of the heads. */
  public List<String> events() {
    return model.events();
  }

  /**
   * Takes the next frame.
   *
   * @param features [melBands]
   * @return true when it completed a step, so that there are new logits
   */
  public boolean accept(float[] features) {
    Quantizer.quantize(features, features.length, 1 / model.inputScale(), quantized, 0);
    for (int band = 0; band < features.length; band++) {
      int at =
          convolved.length == 0
              ? stackedFrames * features.length + band
              : band * model.stackFrames() + stackedFrames;
      input[at] = quantized[band] * model.inputScale();
    }
    stackedFrames++;
    if (stackedFrames < model.stackFrames()) {
      return false;
    }
    stackedFrames = 0;
    float[] below = input;
    for (int i = 0; i < convolved.length; i++) {
      remember(past[i], below);
      convolve(model.convolutions().get(i), past[i], convolved[i]);
      below = convolved[i];
    }
    for (int i = 0; i < hidden.length; i++) {
      step(model.layers().get(i), below, hidden[i], cells[i]);
      below = hidden[i];
    }
    for (int event = 0; event < logits.length; event++) {
      double sum = model.headBias()[event];
      int at = event * model.headInputs();
      for (float[] layer : hidden) {
        for (float value : layer) {
          sum += model.headWeights()[at++] * value;
        }
      }
      logits[event] = (float) sum;
    }
    return true;
  }

  /** A head's logit after the last step. */
  public float logit(int event) {
    return logits[event];
  }

  /**
   * Outputs of a convolution after the last step, before any quantisation.
   *
   * @return [outputBands][outputChannels], changed by the next step
   */
  float[] convolution(int layer) {
    return convolved[layer];
  }

  private static void remember(float[][] past, float[] input) {
    float[] oldest = past[0];
    System.arraycopy(past, 1, past, 0, past.length - 1);
    past[past.length - 1] = oldest;
    System.arraycopy(input, 0, oldest, 0, input.length);
  }

  private static void convolve(FloatConvolution layer, float[][] past, float[] outputs) {
    int patch = layer.kernelBands() * layer.inputChannels();
    for (int position = 0; position < layer.outputBands(); position++) {
      int first = position * layer.strideBands() * layer.inputChannels();
      for (int channel = 0; channel < layer.outputChannels(); channel++) {
        float sum = layer.bias()[channel];
        int at = channel * layer.columns();
        for (float[] inputs : past) {
          for (int i = 0; i < patch; i++) {
            sum += layer.weights()[at++] * inputs[first + i];
          }
        }
        outputs[position * layer.outputChannels() + channel] = Math.max(0, sum);
      }
    }
  }

  private static void step(FloatLstm layer, float[] below, float[] hidden, float[] cells) {
    int units = layer.hidden();
    float[] gates = new float[4 * units];
    for (int row = 0; row < gates.length; row++) {
      float sum = layer.bias()[row];
      for (int i = 0; i < below.length; i++) {
        sum += layer.inputWeights()[row * below.length + i] * below[i];
      }
      for (int i = 0; i < units; i++) {
        sum += layer.recurrentWeights()[row * units + i] * hidden[i];
      }
      gates[row] = sum;
    }
    for (int i = 0; i < units; i++) {
      double in = sigmoid(gates[i]);
      double forget = sigmoid(gates[units + i]);
      double candidate = Math.tanh(gates[2 * units + i]);
      double out = sigmoid(gates[3 * units + i]);
      cells[i] = (float) (forget * cells[i] + in * candidate);
      hidden[i] = (float) (out * Math.tanh(cells[i]));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
