package org.earshot.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.dataset.ClipLibrary;
import org.earshot.export.Attributions;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;
import org.earshot.verifier.VerifierNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/earshot export-verifier}. */
@Command(
    name = "export-verifier",
    description = "Write the best network of a run of 'train-verifier' as the cloud reads it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExportVerifierCommand implements Callable<Integer> {
  /** Largest difference from DL4J's probabilities of a clip of noise bursts. */
  private static final double PARITY = 1e-3;

  private static final int PARITY_CLIPS = 4;

  @Option(
      names = "--run",
      defaultValue = "runs/verifier",
      paramLabel = "DIR",
      description = "Folder of the run (default: ${DEFAULT-VALUE}).")
  private Path run;

  @Option(
      names = "--out",
      defaultValue = "models/verifier",
      paramLabel = "DIR",
      description = "Where the file goes (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folders of the run, for the list of recordings; may be given again.")
  private List<Path> data;

  @Override
  public Integer call() throws IOException {
    TrainedVerifier trained = TrainedVerifier.read(run);
    VerifierModel model = trained.toModel();
    double difference = difference(trained, model);
    System.out.printf(
        Locale.ROOT,
        "largest difference from DL4J over %d clips: %.2g%n",
        PARITY_CLIPS,
        difference);
    if (!(difference <= PARITY)) {
      throw new IOException("the exported network differs from DL4J's by " + difference);
    }
    Files.createDirectories(out);
    Path file = out.resolve(VerifierFile.NAME);
    VerifierFile.write(model, file);
    Attributions.write(
        ClipLibrary.load(data, true), "export-verifier", out.resolve("ATTRIBUTIONS.md"));
    VerifierFolder.writeChecksums(out);
    System.out.printf(
        Locale.ROOT,
        "%s: %d weights, %d bytes, fingerprint %s%n",
        file,
        model.weights(),
        Files.size(file),
        VerifierFile.fingerprint(model));
    return 0;
  }

  /** The largest difference of any event's probability over a few clips of the run's length. */
  private static double difference(TrainedVerifier trained, VerifierModel model) {
    VerifierNetwork network = new VerifierNetwork(model, FeatureSpec.standard());
    double largest = 0;
    for (int clip = 0; clip < PARITY_CLIPS; clip++) {
      float[] samples = trained.bursts(clip);
      float[] ours = network.probabilities(samples);
      float[] theirs = trained.probabilities(samples);
      for (int event = 0; event < ours.length; event++) {
        largest = Math.max(largest, Math.abs(ours[event] - theirs[event]));
      }
    }
    return largest;
  }
}
