package org.earshot.testing;

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

/** Seeded random models that react to sound, and hand-made ones whose output is known. */
public final class TestModels {
  private TestModels() {}

  /** Opens on one step above 0.6, closes 0.3 s after the last step above 0.4. */
  public static DecisionParameters decision() {
    return new DecisionParameters(1, 0.6f, 0.4f, 1, 0.3f, 0, 0);
  }

  public static SoundModel random(long seed, int hidden, String... events) {
    return random(seed, FeatureSpec.standard(), hidden, 8, events);
  }

  /**
   * A dense layer of {@code dense} units, two LSTM layers, and heads with one dense layer of {@code
   * dense} units below the logit.
   */
  public static SoundModel random(
      long seed, FeatureSpec spec, int hidden, int dense, String... events) {
    Random random = new Random(seed);
    int bands = spec.melBands();
    BaseModel base =
        new BaseModel(
            spec.fingerprint(),
            bands,
            3,
            0.03f,
            List.of(relu(random, 3 * bands, dense)),
            List.of(lstm(random, dense, hidden), lstm(random, hidden, hidden)));
    byte[] fingerprint = base.fingerprint();
    List<HeadModel> heads = new ArrayList<>();
    for (String event : events) {
      heads.add(head(random, event, fingerprint, 2 * hidden, dense));
    }
    return new SoundModel(base, heads);
  }

  public static HeadModel head(
      Random random, String event, byte[] fingerprint, int inputs, int dense) {
    DenseLayer below = relu(random, inputs, dense);
    DenseLayer logit =
        new DenseLayer(matrix(random, 1, dense), floats(random, 1, 1), Activation.LINEAR, 1);
    return new HeadModel(
        event, 1, fingerprint, List.of(below, logit), new Calibration(4, 0), decision());
  }

  /**
   * A model whose every head's logit follows the level of the sound: one unit that integrates
   * nothing, over the mean of all features. Its posterior is above 0.9 while features average above
   * +1 and below 0.1 while they average below 0.
   */
  public static SoundModel level(FeatureSpec spec, DecisionParameters decision, String... events) {
    int inputs = 3 * spec.melBands();
    byte[] input = new byte[4 * inputs];
    Arrays.fill(input, 2 * inputs, 3 * inputs, (byte) 127); // candidate: mean of the features
    float[] scales = {1, 1, 1f / (127 * inputs), 1};
    float[] bias = {20, -20, -0.5f, 20}; // input and output gates open, nothing remembered
    LstmLayer layer =
        new LstmLayer(
            inputs,
            1,
            new QuantizedMatrix(4, inputs, input, scales),
            new QuantizedMatrix(4, 1, new byte[4], new float[] {1, 1, 1, 1}),
            bias);
    BaseModel base =
        new BaseModel(spec.fingerprint(), spec.melBands(), 3, 0.03f, List.of(), List.of(layer));
    byte[] fingerprint = base.fingerprint();
    List<HeadModel> heads = new ArrayList<>();
    for (String event : events) {
      DenseLayer logit =
          new DenseLayer(
              new QuantizedMatrix(1, 1, new byte[] {127}, new float[] {1f / 127}),
              new float[1],
              Activation.LINEAR,
              1);
      heads.add(
          new HeadModel(event, 1, fingerprint, List.of(logit), new Calibration(8, 0), decision));
    }
    return new SoundModel(base, heads);
  }

  private static DenseLayer relu(Random random, int inputs, int outputs) {
    return new DenseLayer(
        matrix(random, outputs, inputs), floats(random, outputs, 0.2f), Activation.RELU, 0.02f);
  }

  private static LstmLayer lstm(Random random, int inputs, int hidden) {
    return new LstmLayer(
        inputs,
        hidden,
        matrix(random, 4 * hidden, inputs),
        matrix(random, 4 * hidden, hidden),
        floats(random, 4 * hidden, 0.5f));
  }

  /** Weights that keep the variance of the sums near that of the inputs. */
  public static QuantizedMatrix matrix(Random random, int rows, int columns) {
    byte[] weights = new byte[rows * columns];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (byte) (random.nextInt(255) - 127);
    }
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      scales[row] = (0.5f + random.nextFloat()) * 2 / (float) (127 * Math.sqrt(columns));
    }
    return new QuantizedMatrix(rows, columns, weights, scales);
  }

  public static float[] floats(Random random, int count, float deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * (float) random.nextGaussian();
    }
    return values;
  }

  /** White noise whose level jumps between silence and loud every half second. */
  public static float[] bursts(long seed, int samples) {
    Random random = new Random(seed);
    float[] sound = new float[samples];
    for (int i = 0; i < samples; i++) {
      float gain = i / 8000 % 2 == 0 ? 0.0005f : 0.2f;
      sound[i] = gain * (float) random.nextGaussian();
    }
    return sound;
  }
}
