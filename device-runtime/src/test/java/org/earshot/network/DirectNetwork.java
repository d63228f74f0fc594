package org.earshot.network;

import org.earshot.model.Activation;
import org.earshot.model.BaseModel;
import org.earshot.model.ConvolutionLayer;
import org.earshot.model.DenseLayer;
import org.earshot.model.LstmLayer;
import org.earshot.model.QuantizedMatrix;
import org.earshot.model.SoundModel;

/** The network's definition written out in double precision, with the same quantisation. */
final class DirectNetwork {
  private final SoundModel model;
  private final double[][][] past; // [convolutions][taps, oldest first][inputs]
  private final double[][] cell;
  private final double[][] hidden; // quantised: round(127 * h) / 127

  DirectNetwork(SoundModel model) {
    this.model = model;
    past = new double[model.base().convolutions().size()][][];
    for (int i = 0; i < past.length; i++) {
      ConvolutionLayer layer = model.base().convolutions().get(i);
      past[i] = new double[layer.taps()][layer.inputs()];
    }
    int layers = model.base().layers().size();
    cell = new double[layers][];
    hidden = new double[layers][];
    for (int i = 0; i < layers; i++) {
      cell[i] = new double[model.base().layers().get(i).hidden()];
      hidden[i] = new double[cell[i].length];
    }
  }

  /**
   * Takes one step.
   *
   * @param stack [stackFrames][melBands]
   * @return logits, [heads]
   */
  double[] step(float[] stack) {
    BaseModel base = model.base();
    double[] x = new double[stack.length];
    for (int i = 0; i < x.length; i++) {
      int frame = i / base.melBands();
      int band = i % base.melBands();
      int at = past.length == 0 ? i : band * base.stackFrames() + frame;
      x[at] = quantize(stack[i], base.inputScale());
    }
    for (int l = 0; l < past.length; l++) {
      for (int tap = 1; tap < past[l].length; tap++) {
        past[l][tap - 1] = past[l][tap];
      }
      past[l][past[l].length - 1] = x;
      x = convolve(base.convolutions().get(l), past[l]);
    }
    double[] all = new double[base.headInputs()];
    int offset = 0;
    for (int l = 0; l < cell.length; l++) {
      x = lstm(base.layers().get(l), x, cell[l], hidden[l]);
      hidden[l] = x;
      System.arraycopy(x, 0, all, offset, x.length);
      offset += x.length;
    }
    double[] logits = new double[model.heads().size()];
    for (int head = 0; head < logits.length; head++) {
      double[] y = all;
      for (DenseLayer layer : model.heads().get(head).layers()) {
        y = dense(layer, y);
      }
      logits[head] = y[0];
    }
    return logits;
  }

  private static double[] lstm(LstmLayer layer, double[] x, double[] c, double[] h) {
    double[] a = product(layer.inputWeights(), x);
    double[] b = product(layer.recurrentWeights(), h);
    float[] bias = layer.bias();
    int units = layer.hidden();
    double[] out = new double[units];
    for (int u = 0; u < units; u++) {
      double[] gate = new double[4];
      for (int g = 0; g < 4; g++) {
        int row = g * units + u;
        gate[g] = a[row] + b[row] + bias[row];
      }
      c[u] = sigmoid(gate[1]) * c[u] + sigmoid(gate[0]) * Math.tanh(gate[2]);
      out[u] = quantize(sigmoid(gate[3]) * Math.tanh(c[u]), 1.0 / 127);
    }
    return out;
  }

  /** Position for position, as the record defines it. */
  private static double[] convolve(ConvolutionLayer layer, double[][] x) {
    int channels = layer.outputChannels();
    float[] bias = layer.bias();
    double[] y = new double[layer.outputs()];
    for (int position = 0; position < layer.outputBands(); position++) {
      double[] patch = new double[layer.weights().columns()];
      int at = 0;
      for (double[] inputs : x) {
        for (int band = 0; band < layer.kernelBands(); band++) {
          for (int channel = 0; channel < layer.inputChannels(); channel++) {
            int bandBelow = position * layer.strideBands() + band;
            patch[at++] = inputs[bandBelow * layer.inputChannels() + channel];
          }
        }
      }
      double[] sums = product(layer.weights(), patch);
      for (int o = 0; o < channels; o++) {
        double value = Math.max(0, sums[o] + bias[o]);
        y[position * channels + o] = quantize(value, layer.outputScale());
      }
    }
    return y;
  }

  private static double[] dense(DenseLayer layer, double[] x) {
    double[] y = product(layer.weights(), x);
    float[] bias = layer.bias();
    for (int row = 0; row < y.length; row++) {
      y[row] += bias[row];
      if (layer.activation() == Activation.RELU) {
        y[row] = quantize(Math.max(0, y[row]), layer.outputScale());
      }
    }
    return y;
  }

  private static double[] product(QuantizedMatrix matrix, double[] x) {
    byte[] weights = matrix.weights();
    float[] scales = matrix.scales();
    double[] y = new double[matrix.rows()];
    for (int row = 0; row < y.length; row++) {
      for (int column = 0; column < x.length; column++) {
        y[row] += scales[row] * weights[row * x.length + column] * x[column];
      }
    }
    return y;
  }

  private static double quantize(double value, double scale) {
    return Math.max(-127, Math.min(127, Math.floor(value / scale + 0.5))) * scale;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
