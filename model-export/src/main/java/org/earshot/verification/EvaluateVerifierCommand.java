package org.earshot.verification;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.dataset.ClipLibrary;
import org.earshot.evaluation.PeerMapping;
import org.earshot.evaluation.YamnetScores;
import org.earshot.model.EventLabels;
import org.earshot.model.ModelFile;
import org.earshot.verifier.Fusion;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;
import org.earshot.verifier.VerifierNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/earshot evaluate-verifier}. */
@Command(
    name = "evaluate-verifier",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures how many false triggers of a sensitive device the verifier removes and how many",
      "right ones it loses: alone, beside YAMNet, and fused with it. Weights and thresholds are",
      "fitted on one half of the held-apart recordings and measured on the other, both ways.",
      "--write-fusion ships those fitted on both."
    })
public final class EvaluateVerifierCommand implements Callable<Integer> {
  private static final int LONGEST_SAMPLES = 60 * AudioFiles.SAMPLE_RATE_HZ;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with MANIFEST.csv, or in ESC-50's layout; may be given again.")
  private List<Path> data;

  @Option(
      names = "--verifier",
      paramLabel = "DIR",
      defaultValue = "${sys:earshot.models:-models}/verifier",
      description = "Folder of the verifier (default: ${DEFAULT-VALUE}).")
  private Path verifier;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      defaultValue = "${sys:earshot.models:-models}",
      description = "The device's model (default: ${DEFAULT-VALUE}).")
  private Path models;

  @Option(
      names = "--sensitivity",
      defaultValue = "90",
      description = "Of the device (default: ${DEFAULT-VALUE}).")
  private int sensitivity;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "1200",
      description = "Simulated streams of 30 s (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--most-false",
      paramLabel = "N",
      defaultValue = "100",
      description = "False triggers an event and half that are judged (default: ${DEFAULT-VALUE}).")
  private int mostFalse;

  @Option(names = "--seed", defaultValue = "11", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--yamnet",
      paramLabel = "FILE",
      description = "yamnet.tflite; without it the verifier is measured alone.")
  private Path yamnet;

  @Option(
      names = "--benchmarks",
      paramLabel = "DIR",
      description = "Build folder of the benchmarks module, which runs YAMNet (default: found).")
  private Path benchmarks;

  @Option(
      names = "--cache",
      required = true,
      paramLabel = "DIR",
      description = "Where triggers and YAMNet's scores go, and are found again.")
  private Path cache;

  @Option(
      names = "--write-fusion",
      description = "Write the fusion that is fitted on all triggers into the verifier's folder.")
  private boolean writeFusion;

  @Option(names = "--threads", description = "Default: the number of processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    if (streams < 2 || mostFalse < 1 || threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--streams, --most-false and --threads must be positive");
    }
    PrintWriter log = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    VerifierModel model = VerifierFile.read(verifier.resolve(VerifierFile.NAME));
    VerifierNetwork network = new VerifierNetwork(model, FeatureSpec.standard());
    TriggerStreams source =
        new TriggerStreams(
            ClipLibrary.load(data, true), ModelFile.read(models), sensitivity, threads, log);
    Path folder =
        cache.resolve(
            String.format(
                Locale.ROOT, "triggers-%d-%d-%d-%d", sensitivity, streams, mostFalse, seed));
    List<Trigger> triggers = source.triggers(streams, seed, mostFalse, folder);
    List<ScoredTrigger> scored = scored(triggers, network, folder, log);
    List<List<String>> sets = new ArrayList<>();
    sets.add(List.of(Fusion.VERIFIER));
    sets.add(List.of(Fusion.VERIFIER, Fusion.DEVICE));
    if (yamnet != null) {
      sets.add(List.of(Fusion.YAMNET));
      sets.add(List.of(Fusion.VERIFIER, Fusion.YAMNET, Fusion.DEVICE));
    }
    out.printf(
        "%d triggers of a device at sensitivity %d in %d streams of 30 s; verifier %s, %d weights%n",
        triggers.size(), sensitivity, streams, VerifierFile.fingerprint(model), model.weights());
    out.print(VerifierTable.text(VerifierTable.of(scored, sets)));
    out.flush();
    if (writeFusion) {
      Path file = verifier.resolve(Fusion.NAME);
      fusion(VerifierFile.fingerprint(model), scored, sets).write(file);
      VerifierFolder.writeChecksums(verifier);
      log.printf("wrote %s%n", file);
      log.flush();
    }
    return 0;
  }

  private List<ScoredTrigger> scored(
      List<Trigger> triggers, VerifierNetwork network, Path folder, PrintWriter log)
      throws IOException {
    YamnetScores peer = null;
    if (yamnet != null) {
      log.printf("YAMNet hears %d clips%n", triggers.size());
      log.flush();
      peer =
          YamnetScores.of(
              yamnet, benchmarks, triggers.stream().map(Trigger::clip).toList(), folder);
    }
    log.printf("the verifier hears %d clips%n", triggers.size());
    log.flush();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<float[]>> heard = new ArrayList<>();
      for (Trigger trigger : triggers) {
        heard.add(
            executor.submit(
                () ->
                    network.probabilities(AudioFiles.readAll16k(trigger.clip(), LONGEST_SAMPLES))));
      }
      List<ScoredTrigger> scored = new ArrayList<>();
      for (int i = 0; i < triggers.size(); i++) {
        Trigger trigger = triggers.get(i);
        float[] probabilities = HardNegatives.result(heard.get(i));
        Map<String, Double> scores = new HashMap<>();
        scores.put(
            Fusion.VERIFIER, (double) probabilities[network.events().indexOf(trigger.event())]);
        scores.put(Fusion.DEVICE, trigger.posterior());
        scored.add(new ScoredTrigger(trigger, scores, variants(peer, trigger)));
      }
      return scored;
    } finally {
      executor.shutdownNow();
    }
  }

  private static double[] variants(YamnetScores peer, Trigger trigger) {
    if (peer == null) {
      return new double[0];
    }
    return PeerMapping.yamnet(trigger.event()).stream()
        .mapToDouble(classes -> peer.highest(trigger.clip(), classes))
        .toArray();
  }

  /** Rows for every event, and for all sets of models that hold the verifier and the device. */
  private static Fusion fusion(
      String fingerprint, List<ScoredTrigger> scored, List<List<String>> sets) {
    List<Fusion.Row> rows = new ArrayList<>();
    for (String event : EventLabels.STANDARD) {
      List<ScoredTrigger> ofEvent =
          scored.stream().filter(t -> t.trigger().event().equals(event)).toList();
      for (List<String> models : sets) {
        if (models.contains(Fusion.VERIFIER) && models.contains(Fusion.DEVICE)) {
          rows.add(FusionFit.fit(event, models, ofEvent));
        }
      }
    }
    return new Fusion(fingerprint, rows);
  }
}
