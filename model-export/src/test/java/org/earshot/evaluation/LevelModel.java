package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.Activation;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.DenseLayer;
import org.earshot.model.HeadModel;
import org.earshot.model.LstmLayer;
import org.earshot.model.QuantizedMatrix;
import org.earshot.model.SoundModel;

/**
 * A model made by hand: its only unit follows the mean of the features, so every head hears what is
 * loud.
 */
public final class LevelModel {

  static final DecisionParameters DECISION =
      new DecisionParameters(2, 0.6f, 0.4f, 2, 0.3f, 0.2f, 0.1f);

  private LevelModel() {}

  public static SoundModel of(String... events) {
    FeatureSpec spec = FeatureSpec.standard();
    int inputs = 3 * spec.melBands();
    byte[] weights = new byte[4 * inputs];
    Arrays.fill(weights, 2 * inputs, 3 * inputs, (byte) 127); // candidate: mean of the features
    LstmLayer layer =
        new LstmLayer(
            inputs,
            1,
            new QuantizedMatrix(4, inputs, weights, new float[] {1, 1, 1f / (127 * inputs), 1}),
            new QuantizedMatrix(4, 1, new byte[4], new float[] {1, 1, 1, 1}),
            new float[] {20, -20, -0.5f, 20}); // gates open, nothing remembered
    BaseModel base =
        new BaseModel(spec.fingerprint(), spec.melBands(), 3, 0.03f, List.of(), List.of(layer));
    List<HeadModel> heads = new ArrayList<>();
    for (String event : events) {
      DenseLayer logit =
          new DenseLayer(
              new QuantizedMatrix(1, 1, new byte[] {127}, new float[] {1f / 127}),
              new float[1],
              Activation.LINEAR,
              1);
      heads.add(
          new HeadModel(
              event, 1, base.fingerprint(), List.of(logit), new Calibration(8, 0), DECISION));
    }
    return new SoundModel(base, heads);
  }

  /** Faint noise of so many seconds, with a loud burst of a second at each onset. */
  public static float[] bursts(double seconds, double... onsets) {
    Random random = new Random(19);
    float[] samples = new float[(int) (seconds * 16_000)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.001 * random.nextGaussian());
    }
    for (double onset : onsets) {
      for (int i = (int) (onset * 16_000); i < (onset + 1) * 16_000 && i < samples.length; i++) {
        samples[i] = (float) (0.2 * random.nextGaussian());
      }
    }
    return samples;
  }
}
