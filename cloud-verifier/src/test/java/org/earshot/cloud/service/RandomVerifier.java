package org.earshot.cloud.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.verifier.ConvolutionWeights;
import org.earshot.verifier.Fusion;
import org.earshot.verifier.LstmWeights;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;

/** Folders as {@code export-verifier} writes them, of a small network that learned nothing. */
final class RandomVerifier {
  private static final List<String> EVENTS = List.of("dog_bark", "smoke_alarm");

  private RandomVerifier() {}

  /** Writes one with random weights, which confirms its events whatever it hears. */
  static void write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    FeatureSpec features = FeatureSpec.standard();
    ConvolutionWeights first = convolution(3, features.melBands(), 9, 4, 2, 8, random);
    int hidden = 16;
    int inputs = 2 * first.outputs();
    VerifierModel model =
        new VerifierModel(
            features.fingerprint(),
            features.melBands(),
            3,
            2,
            1 / 16f,
            List.of(first),
            lstm(inputs, hidden, random),
            lstm(inputs, hidden, random),
            EVENTS,
            values(2 * hidden * EVENTS.size(), random),
            values(EVENTS.size(), random));
    VerifierFile.write(model, folder.resolve(VerifierFile.NAME));
    List<Fusion.Row> rows =
        EVENTS.stream()
            .map(
                event ->
                    new Fusion.Row(
                        event, List.of(Fusion.VERIFIER), 0, List.of(1.0), 0, 0, List.of()))
            .toList();
    new Fusion(VerifierFile.fingerprint(model), rows).write(folder.resolve(Fusion.NAME));
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
        values(outputs * taps * kernel * channels, random),
        values(outputs, random));
  }

  private static LstmWeights lstm(int inputs, int hidden, Random random) {
    return new LstmWeights(
        inputs,
        hidden,
        values(4 * hidden * inputs, random),
        values(4 * hidden * hidden, random),
        values(4 * hidden, random));
  }

  private static float[] values(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return values;
  }
}
