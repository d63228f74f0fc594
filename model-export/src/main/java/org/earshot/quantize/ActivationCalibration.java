package org.earshot.quantize;

import java.util.Arrays;
import java.util.List;

/** Finds the scale in which each convolution's outputs are rounded, from recordings. */
public final class ActivationCalibration {
  private ActivationCalibration() {}

  /**
   * The scales that leave the smallest squared error over all steps of some streams.
   *
   * @param streams 16 kHz mono, at least one step long together
   * @return [convolutions]
   */
  public static float[] outputScales(FloatModel model, List<float[]> streams) {
    FloatSamples[] outputs = new FloatSamples[model.convolutions().size()];
    for (int layer = 0; layer < outputs.length; layer++) {
      outputs[layer] = new FloatSamples();
    }
    for (float[] samples : streams) {
      FloatNetwork.run(
          model,
          samples,
          network -> {
            for (int layer = 0; layer < outputs.length; layer++) {
              outputs[layer].add(network.convolution(layer));
            }
          });
    }
    float[] scales = new float[outputs.length];
    for (int layer = 0; layer < scales.length; layer++) {
      scales[layer] = WeightQuantizer.bestScale(outputs[layer].values());
    }
    return scales;
  }

  /** A growing array of floats. */
  private static final class FloatSamples {
    private float[] values = new float[1 << 16];
    private int count;

    void add(float[] more) {
      if (count + more.length > values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      System.arraycopy(more, 0, values, count, more.length);
      count += more.length;
    }

    float[] values() {
      return Arrays.copyOf(values, count);
    }
  }
}
