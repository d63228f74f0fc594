package org.earshot.training;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Forward and backward pass of {@link BandConvolutions} for some examples of a batch.
 *
 * <p>What a layer sees stands in memory as [bands][channels][rows], a row being a step of an
 * example, {@code step * examples + example}. The patch under an output is then a matrix of
 * adjacent columns, and the step before it the same matrix some rows higher: every product is one
 * BLAS call on data in place. Columns begin with rows of zeros for the steps before the first. Not
 * thread-safe; buffers are reused from batch to batch.
 */
final class ConvolutionShard {
  private final List<BandConvolution> layers;
  private final int firstExample;
  private final int examples;
  private final int batch;
  private final int steps;
  private final int rows;
  private final FloatPointer[] inputs; // [layers + 1]: [columns][leading(layer)]
  private final FloatPointer[] sums; // [layers]: [columns][rows], before normalisation
  private final FloatPointer[] deltas; // [layers + 1]: gradients of inputs; made when first needed
  private final float[] column; // [rows]
  private final float[] other; // [rows]
  final FloatPointer[] weightGradients; // [layers]: [weights][channels]

  /** Sums over columns of the last pass: of z and z^2 forward, of g and g * z backward. */
  final double[][] first; // [layers][channels]

  final double[][] second; // [layers][channels]

  ConvolutionShard(
      List<BandConvolution> layers, int firstExample, int examples, int batch, int steps) {
    this.layers = layers;
    this.firstExample = firstExample;
    this.examples = examples;
    this.batch = batch;
    this.steps = steps;
    rows = steps * examples;
    int count = layers.size();
    inputs = new FloatPointer[count + 1];
    sums = new FloatPointer[count];
    deltas = new FloatPointer[count + 1];
    weightGradients = new FloatPointer[count];
    first = new double[count][];
    second = new double[count][];
    for (int layer = 0; layer <= count; layer++) {
      inputs[layer] = zeros((long) columns(layer) * leading(layer));
      if (layer < count) {
        BandConvolution shape = layers.get(layer);
        sums[layer] = zeros((long) shape.outputs() * rows);
        weightGradients[layer] = zeros((long) shape.weights() * shape.channels());
        first[layer] = new double[shape.channels()];
        second[layer] = new double[shape.channels()];
      }
    }
    column = new float[rows];
    other = new float[rows];
  }

  boolean fits(int otherBatch, int otherSteps) {
    return batch == otherBatch && steps == otherSteps;
  }

  /** Values of one channel over all outputs of this shard: what a mean is taken of. */
  long count(int layer) {
    return (long) rows * layers.get(layer).outputBands();
  }

  private static FloatPointer zeros(long length) {
    return new FloatPointer(length).zero();
  }

  private int columns(int layer) {
    return layer < layers.size() ? layers.get(layer).inputs() : layers.get(layer - 1).outputs();
  }

  private int taps(int layer) {
    return layer < layers.size() ? layers.get(layer).taps() : 1;
  }

  private int padding(int layer) {
    return (taps(layer) - 1) * examples;
  }

  private int leading(int layer) {
    return rows + padding(layer);
  }

  /**
   * Takes this shard's examples out of a batch, frame after frame, and turns each step band-major.
   *
   * @param frames [steps][frames of a step][bands][batch]
   */
  void load(float[] frames) {
    BandConvolution shape = layers.get(0);
    int bands = shape.inputBands();
    int channels = shape.inputChannels();
    for (int band = 0; band < bands; band++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = (channel * bands + band) * batch + firstExample;
        for (int step = 0; step < steps; step++) {
          System.arraycopy(
              frames, from + step * bands * channels * batch, column, step * examples, examples);
        }
        put(inputs[0], (long) (band * channels + channel) * leading(0) + padding(0), column);
      }
    }
  }

  /** Multiplies, and sums what is needed for the mean and variance of each channel. */
  void multiply(int layer, FloatPointer weights) {
    BandConvolution shape = layers.get(layer);
    for (int band = 0; band < shape.outputBands(); band++) {
      for (int tap = 0; tap < shape.taps(); tap++) {
        Blas.gemm(
            Blas.NO_TRANSPOSE,
            Blas.NO_TRANSPOSE,
            rows,
            shape.channels(),
            shape.patch(),
            inputs[layer].getPointer(patchAt(layer, band, tap)),
            leading(layer),
            weights.getPointer((long) tap * shape.patch()),
            shape.weights(),
            tap == 0 ? 0f : 1f,
            sums[layer].getPointer((long) band * shape.channels() * rows),
            rows);
      }
    }
    clear(layer);
    for (int at = 0; at < shape.outputs(); at++) {
      get(sums[layer], (long) at * rows, column);
      first[layer][at % shape.channels()] += sum(column);
      second[layer][at % shape.channels()] += product(column, column);
    }
  }

  /** Offset of the inputs under an output; tap 0 is the oldest step. */
  private long patchAt(int layer, int band, int tap) {
    BandConvolution shape = layers.get(layer);
    return (long) band * shape.stride() * shape.inputChannels() * leading(layer)
        + (long) tap * examples;
  }

  /** {@code max(0, scale * z + shift)}, the input of the next layer; [channels] each. */
  void rectify(int layer, float[] scale, float[] shift) {
    BandConvolution shape = layers.get(layer);
    for (int at = 0; at < shape.outputs(); at++) {
      float s = scale[at % shape.channels()];
      float t = shift[at % shape.channels()];
      get(sums[layer], (long) at * rows, column);
      for (int i = 0; i < rows; i++) {
        column[i] = Math.max(0f, s * column[i] + t);
      }
      put(inputs[layer + 1], (long) at * leading(layer + 1) + padding(layer + 1), column);
    }
  }

  /**
   * Writes the last layer's outputs.
   *
   * @param output [steps][outputs][batch], shared by all shards
   */
  void store(float[] output) {
    int top = layers.size();
    int columns = columns(top);
    for (int at = 0; at < columns; at++) {
      get(inputs[top], (long) at * rows, column);
      for (int step = 0; step < steps; step++) {
        System.arraycopy(
            column,
            step * examples,
            output,
            (step * columns + at) * batch + firstExample,
            examples);
      }
    }
  }

  /** Takes the gradient of the last layer's outputs, laid out as in {@link #store}. */
  void loadGradient(float[] gradient) {
    int top = layers.size();
    int columns = columns(top);
    for (int layer = 1; layer <= top; layer++) {
      if (deltas[layer] == null) {
        deltas[layer] = zeros((long) columns(layer) * leading(layer));
      }
    }
    for (int at = 0; at < columns; at++) {
      for (int step = 0; step < steps; step++) {
        System.arraycopy(
            gradient,
            (step * columns + at) * batch + firstExample,
            column,
            step * examples,
            examples);
      }
      put(deltas[top], (long) at * rows, column);
    }
  }

  /** Passes the rectifier, and sums what the gradients of mean, variance, gamma and beta need. */
  void rectifierGradient(int layer, float[] scale, float[] shift) {
    BandConvolution shape = layers.get(layer);
    clear(layer);
    for (int at = 0; at < shape.outputs(); at++) {
      int channel = at % shape.channels();
      float s = scale[channel];
      float t = shift[channel];
      long delta = (long) at * leading(layer + 1) + padding(layer + 1);
      get(sums[layer], (long) at * rows, column);
      get(deltas[layer + 1], delta, other);
      for (int i = 0; i < rows; i++) {
        // All ones where the rectifier let the value pass: no branch that half the values miss.
        int open = ~(Float.floatToRawIntBits(s * column[i] + t) >> 31);
        other[i] = Float.intBitsToFloat(Float.floatToRawIntBits(other[i]) & open);
      }
      first[layer][channel] += sum(other);
      second[layer][channel] += product(other, column);
      put(deltas[layer + 1], delta, other);
    }
  }

  /**
   * Passes the normalisation, {@code dz = scale * g + constant + slope * z}, and the products.
   *
   * @param weights null where no gradient of the inputs is wanted
   */
  void multiplyGradient(
      int layer, FloatPointer weights, float[] scale, float[] constant, float[] slope) {
    BandConvolution shape = layers.get(layer);
    for (int at = 0; at < shape.outputs(); at++) {
      int channel = at % shape.channels();
      float s = scale[channel];
      float c = constant[channel];
      float k = slope[channel];
      long delta = (long) at * leading(layer + 1) + padding(layer + 1);
      get(sums[layer], (long) at * rows, column);
      get(deltas[layer + 1], delta, other);
      for (int i = 0; i < rows; i++) {
        column[i] = s * other[i] + c + k * column[i];
      }
      put(sums[layer], (long) at * rows, column); // z is not needed any more
    }
    if (layer > 0) {
      deltas[layer].zero();
    }
    for (int band = 0; band < shape.outputBands(); band++) {
      FloatPointer gradient = sums[layer].getPointer((long) band * shape.channels() * rows);
      for (int tap = 0; tap < shape.taps(); tap++) {
        Blas.gemm(
            Blas.TRANSPOSE,
            Blas.NO_TRANSPOSE,
            shape.patch(),
            shape.channels(),
            rows,
            inputs[layer].getPointer(patchAt(layer, band, tap)),
            leading(layer),
            gradient,
            rows,
            band == 0 ? 0f : 1f,
            weightGradients[layer].getPointer((long) tap * shape.patch()),
            shape.weights());
        if (layer > 0) {
          Blas.gemm(
              Blas.NO_TRANSPOSE,
              Blas.TRANSPOSE,
              rows,
              shape.patch(),
              shape.channels(),
              gradient,
              rows,
              weights.getPointer((long) tap * shape.patch()),
              shape.weights(),
              1f,
              deltas[layer].getPointer(patchAt(layer, band, tap)),
              leading(layer));
        }
      }
    }
  }

  private void clear(int layer) {
    Arrays.fill(first[layer], 0);
    Arrays.fill(second[layer], 0);
  }

  private static double sum(float[] values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < values.length; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }

  private static double product(float[] x, float[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      a += (double) x[i] * y[i];
      b += (double) x[i + 1] * y[i + 1];
      c += (double) x[i + 2] * y[i + 2];
      d += (double) x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      a += (double) x[i] * y[i];
    }
    return a + b + (c + d);
  }

  private static void get(FloatPointer from, long offset, float[] to) {
    from.getPointer(offset).get(to, 0, to.length);
  }

  private static void put(FloatPointer to, long offset, float[] from) {
    to.getPointer(offset).put(from, 0, from.length);
  }
}
