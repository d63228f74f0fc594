package org.earshot.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;

/** Small verifiers with random weights, and clips to hear. */
final class TestVerifiers {
  private TestVerifiers() {}

  /** Two convolutions, the second a dense layer, 5 LSTM units a direction, 2 events. */
  static VerifierModel small(long seed) {
    Random random = new Random(seed);
    FeatureSpec spec = FeatureSpec.standard();
    ConvolutionWeights first = convolution(3, 64, 9, 4, 2, 4, random);
    ConvolutionWeights second =
        convolution(4, first.outputBands(), first.outputBands(), 1, 1, 6, random);
    return model(spec, 3, 2, List.of(first, second), 5, List.of("dog_bark", "siren"), random);
  }

  /** The least that a file can hold: for seeds of the fuzz test. */
  static VerifierModel tiny() {
    Random random = new Random(3);
    ConvolutionWeights dense = convolution(1, 2, 2, 1, 1, 1, random);
    FeatureSpec spec = FeatureSpec.standard();
    VerifierModel model = model(spec, 1, 1, List.of(dense), 1, List.of("a"), random);
    return new VerifierModel(
        model.featureFingerprint(),
        2,
        1,
        1,
        model.inputScale(),
        model.convolutions(),
        model.forward(),
        model.backward(),
        model.events(),
        model.headWeights(),
        model.headBias());
  }

  private static VerifierModel model(
      FeatureSpec spec,
      int stack,
      int joined,
      List<ConvolutionWeights> convolutions,
      int hidden,
      List<String> events,
      Random random) {
    ConvolutionWeights top = convolutions.get(convolutions.size() - 1);
    int inputs = joined * top.outputs();
    return new VerifierModel(
        spec.fingerprint(),
        convolutions.get(0).inputBands(),
        stack,
        joined,
        1 / 16f,
        convolutions,
        lstm(inputs, hidden, random),
        lstm(inputs, hidden, random),
        events,
        values(2 * hidden * events.size(), 2, random),
        values(events.size(), 1, random));
  }

  private static ConvolutionWeights convolution(
      int channels, int bands, int kernel, int stride, int taps, int outputs, Random random) {
    return new ConvolutionWeights(
        channels,
        bands,
        kernel,
        stride,
        taps,
        outputs,
        values(outputs * taps * kernel * channels, 0.3, random),
        values(outputs, 0.1, random));
  }

  private static LstmWeights lstm(int inputs, int hidden, Random random) {
    return new LstmWeights(
        inputs,
        hidden,
        values(4 * hidden * inputs, 0.5, random),
        values(4 * hidden * hidden, 0.5, random),
        values(4 * hidden, 0.5, random));
  }

  private static float[] values(int count, double deviation, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  /** Tones that come and go over a quiet noise. */
  static float[] clip(double seconds, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) Math.round(seconds * 16_000)];
    List<Double> tones = new ArrayList<>();
    for (int i = 0; i < samples.length; i++) {
      if (i % 4_000 == 0) {
        tones.add(random.nextInt(3) == 0 ? 0 : 200 + 3_000 * random.nextDouble());
      }
      double hz = tones.get(tones.size() - 1);
      samples[i] =
          (float) (0.003 * random.nextGaussian() + 0.2 * Math.sin(2 * Math.PI * hz * i / 16_000));
    }
    return samples;
  }
}
