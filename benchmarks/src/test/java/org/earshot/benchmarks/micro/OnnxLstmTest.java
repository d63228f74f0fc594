package org.earshot.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.earshot.model.LstmLayer;
import org.earshot.model.SoundModel;
import org.earshot.network.StreamingNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer computes what Earshot computes, or the comparison of their times would say nothing. */
class OnnxLstmTest {
  private static final int STEPS = 100;

  @BeforeAll
  static void findTheModel() {
    System.setProperty("earshot.root", "..");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesTheHiddenStatesOfTheShippedLayers(boolean dynamicInt8) throws Exception {
    SoundModel model = Inputs.lstmOnly();
    List<LstmLayer> layers = model.base().layers();
    int inputs = layers.get(0).inputs();
    int hidden = layers.get(layers.size() - 1).hidden();
    byte[] states = new byte[model.base().headInputs()];
    StreamingNetwork network = new StreamingNetwork(model);
    double error = 0;
    double spread = 0;
    try (OnnxLstm onnx = new OnnxLstm(layers, dynamicInt8)) {
      for (float[] step : Inputs.steps(STEPS, inputs)) {
        float[] frame = new float[inputs / 2];
        System.arraycopy(step, 0, frame, 0, frame.length);
        network.accept(frame);
        System.arraycopy(step, frame.length, frame, 0, frame.length);
        network.accept(frame);
        network.copyHidden(states);
        FloatBuffer expected = onnx.step(step);
        for (int unit = 0; unit < hidden; unit++) {
          double actual = states[states.length - hidden + unit] / 127.0;
          error += Math.abs(actual - expected.get(unit)) / (STEPS * hidden);
          spread += Math.abs(actual) / (STEPS * hidden);
        }
      }
    }
    assertThat(spread).as("mean magnitude of a hidden state").isGreaterThan(0.1);
    // Dynamic scales differ from step to step, and without VNNI pairs of products may saturate.
    assertThat(error).as("mean difference of a hidden state").isLessThan(dynamicInt8 ? 0.05 : 0.02);
  }
}
