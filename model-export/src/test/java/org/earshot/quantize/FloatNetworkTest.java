package org.earshot.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.SoundModel;
import org.earshot.network.StreamingNetwork;
import org.junit.jupiter.api.Test;

class FloatNetworkTest {
  private static final int FRAMES = 2;
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final int BANDS = SPEC.melBands();
  private static final float INPUT_SCALE = 1 / 16f;

  private final Random random = new Random(3);

  @Test
  void int8FollowsTheFloatNetworkThroughConvolutionsWithTapsAndStrides() {
    FloatConvolution lower = convolution(FRAMES, BANDS, 8, 3, 3, 6);
    FloatConvolution middle = convolution(6, lower.outputBands(), 5, 2, 1, 8);
    FloatConvolution upper = convolution(8, middle.outputBands(), middle.outputBands(), 1, 2, 16);
    assertInt8Follows(List.of(lower, middle, upper));
  }

  @Test
  void int8FollowsTheFloatNetworkThroughALayerOverAllInputs() {
    assertInt8Follows(List.of(convolution(FRAMES * BANDS, 1, 1, 1, 1, 16)));
  }

  @Test
  void int8FollowsTheFloatNetworkWithoutConvolutions() {
    assertInt8Follows(List.of());
  }

  @Test
  void aConvolutionReadsFramesAsChannelsAndTheOldestTapFirst() {
    // Two taps over two bands; each weight is a power of five, so a sum's digits tell what was
    // read.
    float[] weights = {1, 5, 25, 125, 625, 3125, 15625, 78125}; // [tap][band][frame]
    FloatConvolution layer = new FloatConvolution(2, BANDS, 2, 2, 2, 1, weights, new float[1]);
    FloatNetwork network = new FloatNetwork(model(List.of(layer)));
    float[] first = new float[BANDS];
    float[] second = new float[BANDS];
    first[2] = 1;
    first[3] = 2;
    second[2] = 3;
    second[3] = 4;
    network.accept(first);
    assertThat(network.accept(second)).isTrue();
    assertThat(network.convolution(0)[1]).isEqualTo(Integer.parseInt("42310000", 5));
    assertThat(network.convolution(0)[0]).isZero();
    network.accept(second);
    network.accept(first);
    assertThat(network.convolution(0)[1]).isEqualTo(Integer.parseInt("24134231", 5));
    network.accept(new float[BANDS]);
    network.accept(new float[BANDS]);
    assertThat(network.convolution(0)[1]).isEqualTo(Integer.parseInt("2413", 5));
  }

  private void assertInt8Follows(List<FloatConvolution> convolutions) {
    FloatModel model = model(convolutions);
    float[][] frames = new float[400][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = floats(BANDS, 1);
    }
    SoundModel int8 = quantize(model, outputScales(model, frames));
    FloatNetwork reference = new FloatNetwork(model);
    StreamingNetwork runtime = new StreamingNetwork(int8);
    double squared = 0;
    double power = 0;
    for (float[] frame : frames) {
      assertThat(runtime.accept(frame)).isEqualTo(reference.accept(frame));
      double difference = runtime.logit(0) - reference.logit(0);
      squared += difference * difference;
      power += reference.logit(0) * reference.logit(0);
    }
    assertThat(squared / power).as("error power over signal power").isLessThan(1e-3);
  }

  /** As ActivationCalibration finds them, but from frames in place of sound. */
  private static float[] outputScales(FloatModel model, float[][] frames) {
    float[] largest = new float[model.convolutions().size()];
    FloatNetwork network = new FloatNetwork(model);
    for (float[] frame : frames) {
      network.accept(frame);
      for (int layer = 0; layer < largest.length; layer++) {
        for (float value : network.convolution(layer)) {
          largest[layer] = Math.max(largest[layer], value);
        }
      }
    }
    float[] scales = new float[largest.length];
    for (int layer = 0; layer < scales.length; layer++) {
      scales[layer] = largest[layer] / 127;
    }
    return scales;
  }

  private static SoundModel quantize(FloatModel model, float[] outputScales) {
    BaseModel base = WeightQuantizer.base(model, outputScales);
    HeadModel head =
        new HeadModel(
            "siren",
            1,
            base.fingerprint(),
            List.of(WeightQuantizer.head(model, 0)),
            Calibration.IDENTITY,
            new DecisionParameters(1, 0.5f, 0.4f, 1, 0, 0, 0));
    return new SoundModel(base, List.of(head));
  }

  private FloatModel model(List<FloatConvolution> convolutions) {
    int inputs =
        convolutions.isEmpty()
            ? FRAMES * BANDS
            : convolutions.get(convolutions.size() - 1).outputs();
    List<FloatLstm> layers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int below = i == 0 ? inputs : 12;
      float spread = 1 / (float) Math.sqrt(below);
      layers.add(
          new FloatLstm(
              below, 12, floats(48 * below, spread), floats(48 * 12, 0.2f), floats(48, 0.3f)));
    }
    return new FloatModel(
        SPEC,
        FRAMES,
        INPUT_SCALE,
        convolutions,
        layers,
        List.of("siren"),
        floats(24, 1),
        new float[1]);
  }

  private FloatConvolution convolution(
      int channels, int bands, int kernel, int stride, int taps, int outputs) {
    int columns = taps * kernel * channels;
    float[] weights = floats(outputs * columns, (float) Math.sqrt(2.0 / columns));
    return new FloatConvolution(
        channels, bands, kernel, stride, taps, outputs, weights, floats(outputs, 0.1f));
  }

  private float[] floats(int count, float deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * (float) random.nextGaussian();
    }
    return values;
  }
}
