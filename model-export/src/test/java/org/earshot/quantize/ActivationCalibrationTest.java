package org.earshot.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;

class ActivationCalibrationTest {
  @Test
  void scalesReachTheLargestOutputsAndNotFarBeyond() {
    FeatureSpec spec = FeatureSpec.standard();
    int inputs = 2 * spec.melBands();
    float[] mean = new float[inputs];
    Arrays.fill(mean, 10f / inputs);
    FloatConvolution dense =
        new FloatConvolution(2, spec.melBands(), spec.melBands(), 1, 1, 1, mean, new float[1]);
    FloatLstm lstm = new FloatLstm(1, 1, new float[4], new float[4], new float[4]);
    FloatModel model =
        new FloatModel(
            spec,
            2,
            1 / 16f,
            List.of(dense),
            List.of(lstm),
            List.of("siren"),
            new float[1],
            new float[1]);
    float[] samples = new float[48_000];
    Random random = new Random(2);
    for (int i = 16_000; i < samples.length; i++) {
      samples[i] = 0.1f * (float) random.nextGaussian();
    }
    float[] largest = {0};
    FloatNetwork.run(
        model, samples, network -> largest[0] = Math.max(largest[0], network.convolution(0)[0]));
    float[] scales = ActivationCalibration.outputScales(model, List.of(samples));
    assertThat(scales).hasSize(1);
    assertThat(largest[0]).isGreaterThan(1);
    assertThat(127 * scales[0]).isBetween(0.6f * largest[0], 1.0001f * largest[0]);
  }
}
