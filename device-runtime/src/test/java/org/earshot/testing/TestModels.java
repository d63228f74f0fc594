package org.earshot.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.Activation;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.ConvolutionLayer;
import org.earshot.model.DecisionParameters;
import org.earshot.model.DenseLayer;
import org.earshot.model.HeadModel;
import org.earshot.model.LstmLayer;
import org.earshot.model.OperatingCurve;
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
   * A convolution with two taps, one over all that it gives, of {@code dense} channels, two LSTM
   * layers, and heads with one dense layer of {@code dense} units below the logit.
   */
  public static SoundModel random(
      long seed, FeatureSpec spec, int hidden, int dense, String... events) {
    Random random = new Random(seed);
    int bands = spec.melBands();
    ConvolutionLayer lower =
        convolution(random, 3, bands, Math.min(7, bands), Math.min(3, bands), 2, 4);
    ConvolutionLayer upper = convolution(random, lower.outputs(), 1, 1, 1, 1, dense);
    return random(random, spec, List.of(lower, upper), hidden, dense, events);
  }

  /**
   * Two LSTM layers of {@code hidden} units over the convolutions given, and heads with one dense
   * layer of {@code dense} units below the logit. A step has 3 frames.
   */
  public static SoundModel random(
      Random random,
      FeatureSpec spec,
      List<ConvolutionLayer> convolutions,
      int hidden,
      int dense,
      String... events) {
    int bands = spec.melBands();
    int inputs =
        convolutions.isEmpty() ? 3 * bands : convolutions.get(convolutions.size() - 1).outputs();
    BaseModel base =
        new BaseModel(
            spec.fingerprint(),
            bands,
            3,
            0.03f,
            convolutions,
            List.of(lstm(random, inputs, hidden), lstm(random, hidden, hidden)));
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

  /** A curve over some sensitivities whose thresholds fall and whose counts are random. */
  public static OperatingCurve curve(Random random) {
    int events = random.nextInt(200);
    List<OperatingCurve.Point> points = new ArrayList<>();
    float shift = 5 * random.nextFloat();
    for (int sensitivity = 0; sensitivity <= 100; sensitivity++) {
      if (sensitivity == 50) {
        shift = 0;
      } else if (sensitivity % 100 != 0 && random.nextInt(4) > 0) {
        continue;
      } else if (sensitivity < 50) {
        shift *= random.nextFloat();
      } else {
        shift -= random.nextInt(2) * random.nextFloat() / 3;
      }
      points.add(
          new OperatingCurve.Point(
              sensitivity, shift, random.nextInt(3 + sensitivity), random.nextInt(events + 1)));
    }
    return new OperatingCurve(1 + 100 * random.nextFloat(), events, points);
  }

  /** The same model with a random curve for every head. */
  public static SoundModel withCurves(SoundModel model, long seed) {
    Random random = new Random(seed);
    return new SoundModel(
        model.base(), model.heads().stream().map(head -> head.with(curve(random))).toList());
  }

  /** Random weights and biases; the outputs reach the bound of int8 now and then. */
  public static ConvolutionLayer convolution(
      Random random, int channels, int bands, int kernel, int stride, int taps, int outputs) {
    return new ConvolutionLayer(
        channels,
        bands,
        kernel,
        stride,
        taps,
        matrix(random, outputs, taps * kernel * channels),
        floats(random, outputs, 0.2f),
        0.02f);
  }

  /** Convolutions over 3 frames of 64 bands: none, one of each odd shape, and several. */
  public static List<List<ConvolutionLayer>> convolutionStacks(Random random) {
    return List.of(
        List.of(),
        List.of(convolution(random, 3, 64, 64, 64, 1, 5)), // dense
        List.of(convolution(random, 3, 64, 64, 1, 4, 5)), // dense over four steps
        List.of(convolution(random, 192, 1, 1, 1, 2, 5)), // dense over one flat band
        List.of(convolution(random, 3, 64, 8, 8, 1, 3)), // neither overlap nor gap
        List.of(convolution(random, 3, 64, 5, 3, 3, 3)), // the last bands under no output
        List.of(convolution(random, 3, 64, 63, 1, 1, 4)), // two positions
        List.of(convolution(random, 3, 64, 33, 2, 2, 4)), // one block more than positions
        List.of(convolution(random, 3, 64, 36, 2, 2, 4)), // three more
        List.of(convolution(random, 3, 64, 60, 7, 1, 7)), // one position that leaves bands out
        List.of(convolution(random, 3, 64, 1, 1, 2, 1)),
        List.of(
            convolution(random, 3, 64, 8, 2, 2, 6),
            convolution(random, 6, 29, 5, 2, 1, 7),
            convolution(random, 7, 13, 3, 2, 2, 9),
            convolution(random, 9, 6, 6, 1, 1, 13)),
        List.of(
            convolution(random, 3, 64, 9, 5, 1, 4),
            convolution(random, 48, 1, 1, 1, 3, 6),
            convolution(random, 6, 1, 1, 1, 1, 4)));
  }

  /** One to three convolutions of any shape over so many frames and bands. */
  public static List<ConvolutionLayer> randomConvolutions(Random random, int frames, int bands) {
    List<ConvolutionLayer> layers = new ArrayList<>();
    int channels = frames;
    int left = bands;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int kernel = 1 + random.nextInt(Math.min(left, 10));
      int stride = 1 + random.nextInt(kernel);
      ConvolutionLayer layer =
          convolution(
              random,
              channels,
              left,
              kernel,
              stride,
              1 + random.nextInt(ConvolutionLayer.MAX_TAPS),
              1 + random.nextInt(16));
      layers.add(layer);
      left = layer.outputBands();
      channels = layer.outputChannels();
    }
    return layers;
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
