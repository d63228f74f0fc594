package org.earshot.cloud.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.verifier.ConvolutionWeights;
import org.earshot.verifier.Fusion;
import org.earshot.verifier.LstmWeights;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;

/** A verifier that hears nothing and says what the device says: all weights are zero. */
final class DemoVerifier {
  private DemoVerifier() {}

  static void write(Path folder, List<String> events) throws IOException {
    FeatureSpec spec = FeatureSpec.standard();
    int bands = spec.melBands();
    ConvolutionWeights dense =
        new ConvolutionWeights(6, bands, bands, 1, 1, 1, new float[6 * bands], new float[1]);
    LstmWeights lstm = new LstmWeights(2, 1, new float[8], new float[4], new float[4]);
    VerifierModel model =
        new VerifierModel(
            spec.fingerprint(),
            bands,
            6,
            2,
            1 / 16f,
            List.of(dense),
            lstm,
            lstm,
            events,
            new float[2 * events.size()],
            new float[events.size()]);
    Files.createDirectories(folder);
    VerifierFile.write(model, folder.resolve(VerifierFile.NAME));
    List<Fusion.Row> rows =
        events.stream()
            .map(
                event ->
                    new Fusion.Row(
                        event, List.of(Fusion.DEVICE), 0, List.of(1.0), 0.1, 0.5, List.of()))
            .collect(Collectors.toList());
    new Fusion(VerifierFile.fingerprint(model), rows).write(folder.resolve(Fusion.NAME));
  }
}
