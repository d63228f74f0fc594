package org.earshot.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.evaluation.NegativeAudio;
import org.earshot.evaluation.ThresholdCalibration.Choice;
import org.earshot.model.HeadModel;
import org.earshot.model.ModelFile;
import org.earshot.model.OperatingCurve;
import org.earshot.model.SoundModel;
import org.earshot.quantize.FloatModel;
import org.earshot.quantize.FloatModelFile;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.Soundscape;
import org.earshot.training.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/earshot export}. */
@Command(
    name = "export",
    description = "Quantise a trained model to int8, tune its decisions and check it against DL4J.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
  private static final int ACTIVATION_STREAMS = 60;
  private static final int TOGETHER = 40; // streams of one listener
  private static final int MOST_NEGATIVE_HOURS = 10_000;

  @Option(
      names = "--run",
      defaultValue = "runs/device",
      paramLabel = "DIR",
      description = "A training run (default: ${DEFAULT-VALUE}).")
  private Path run;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder it was trained on; held-apart clips tune the decisions.")
  private List<Path> data;

  @Option(
      names = "--out",
      defaultValue = "models",
      paramLabel = "DIR",
      description = "Where the model files go (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--model-version", description = "Written into every head (default: 1).")
  private int version = 1;

  @Option(
      names = "--streams",
      description = "Streams of 30 s that the decisions are tuned on (default: 2400).")
  private int streams = 2400;

  @Option(
      names = "--continuous",
      description =
          "Hear each of those streams after the one before it, as a device does that is never reset,"
              + " not after a reset.")
  private boolean continuous;

  @Option(
      names = "--seed",
      description = "Of those streams; evaluation uses others (default: 20000000).")
  private long seed = 20_000_000L;

  @Option(
      names = "--parity-streams",
      description = "Streams that the three implementations are compared on (default: 200).")
  private int parityStreams = 200;

  @Option(
      names = "--false-alerts",
      description = "Most false alerts an hour of one event while tuning (default: 3).")
  private double falseAlerts = 3;

  @Option(
      names = "--alarm-beta",
      description =
          "How many times as important recall is as precision in tuning the two alarms"
              + " (default: ${DEFAULT-VALUE}: a missed alarm costs more than a false one).")
  private double alarmBeta = 2;

  @Option(
      names = "--negative-hours",
      description =
          "Hours of simulated scenes without an event that the operating curves are measured on"
              + " (default: 24; 0 for heads without a curve).")
  private double negativeHours = 24;

  @Option(
      names = "--negative-seed",
      description = "Of those scenes; tuning and evaluation use others (default: 3000000000).")
  private long negativeSeed = 3_000_000_000L;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (!(negativeHours >= 0 && negativeHours <= MOST_NEGATIVE_HOURS)) {
      throw new ParameterException(
          spec.commandLine(), "--negative-hours: wanted 0 to " + MOST_NEGATIVE_HOURS);
    }
    TrainedModel trained = TrainedModel.read(run);
    FloatModel floatModel = trained.toFloatModel();
    FloatModelFile.write(floatModel, run.resolve("float.esf"));
    data.forEach(folder -> System.err.println("reading " + folder));
    ClipLibrary library = ClipLibrary.load(data, true);
    SceneSimulator simulator =
        new SceneSimulator(library, Part.VALIDATION, SceneSpec.validationStream());
    List<Soundscape> compared =
        render(simulator, Math.min(streams, Math.max(parityStreams, ACTIVATION_STREAMS)));
    SoundModel untuned =
        ModelExporter.quantize(
            floatModel,
            version,
            compared.subList(0, Math.min(ACTIVATION_STREAMS, compared.size())));
    System.err.println("listening to " + streams + " streams to tune on");
    List<CalibrationStream> tracks =
        IntStream.range(0, (streams + TOGETHER - 1) / TOGETHER)
            .parallel()
            .mapToObj(
                block ->
                    ModelExporter.listen(
                        untuned,
                        floatModel,
                        LongStream.range(
                                (long) block * TOGETHER, Math.min(streams, (block + 1L) * TOGETHER))
                            .mapToObj(scene -> simulator.render(seed + scene)),
                        continuous))
            .flatMap(List::stream)
            .toList();
    List<Choice> choices = ModelExporter.tune(untuned, tracks, falseAlerts, alarmBeta);
    SoundModel model = ModelExporter.with(untuned, choices);
    System.out.printf("decisions, tuned on %d streams (seed %d):%n", streams, seed);
    for (Choice choice : choices) {
      System.out.printf(
          Locale.ROOT,
          "%-12s  on %.3f  off %.3f  smoothing %2d  steps %d  hold %.1f s  F1 here %.3f%n",
          choice.event(),
          choice.decision().onThreshold(),
          choice.decision().offThreshold(),
          choice.decision().smoothingSteps(),
          choice.decision().onSteps(),
          choice.decision().holdSeconds(),
          choice.score().f1());
    }
    compared = compared.subList(0, Math.min(parityStreams, compared.size()));
    Parity.print(
        new Parity(trained, floatModel, model).compare(compared), compared.size(), System.out);
    if (negativeHours > 0) {
      System.err.printf(Locale.ROOT, "listening to %.1f hours without an event%n", negativeHours);
      NegativeAudio negatives = negatives(simulator, library);
      model = ModelExporter.withCurves(model, floatModel, tracks, negatives, negativeHours);
      printCurves(model);
    }

    ModelFile.write(model, out);
    Attributions.write(library, "export", out.resolve("ATTRIBUTIONS.md"));
    long bytes = writeChecksums(out);
    System.out.printf(Locale.ROOT, "%s: %d bytes of model files%n", out, bytes);
    return 0;
  }

  private NegativeAudio negatives(SceneSimulator simulator, ClipLibrary library) {
    SceneSpec empty = SceneSpec.validationStream().withEmptyShare(1);
    return new NegativeAudio(
        simulator.with(empty),
        empty.durationSeconds(),
        library,
        negativeSeed,
        Runtime.getRuntime().availableProcessors());
  }

  private void printCurves(SoundModel model) {
    System.out.printf(
        "false alerts a day and events missed at sensitivities of 25, 50 and 75 (seed %d):%n",
        negativeSeed);
    for (HeadModel head : model.heads()) {
      OperatingCurve curve = head.curve();
      StringBuilder rates = new StringBuilder();
      StringBuilder missed = new StringBuilder();
      for (int sensitivity : new int[] {25, 50, 75}) {
        OperatingCurve.Point point = curve.atOrAbove(sensitivity);
        rates.append(curve.isBound(point) ? "  < " : "  ");
        rates.append(String.format(Locale.ROOT, "%.2f", curve.falseAlertsPerDay(point)));
        missed.append(String.format(Locale.ROOT, "  %.1f %%", 100 * curve.missRate(point)));
      }
      System.out.printf(
          Locale.ROOT,
          "%-12s%s  missed%s  (%.1f h, %d events; shifts %+.1f to %+.1f)%n",
          head.event(),
          rates,
          missed,
          curve.negativeHours(),
          curve.events(),
          curve.shiftLogits(0),
          curve.shiftLogits(OperatingCurve.MAX_SENSITIVITY));
    }
  }

  private List<Soundscape> render(SceneSimulator simulator, int count) {
    return seeds(count).mapToObj(simulator::render).toList();
  }

  private LongStream seeds(int count) {
    return LongStream.range(seed, seed + count).parallel();
  }

  /** Writes SHA256SUMS as sha256sum does and returns the size of the files in it. */
  private static long writeChecksums(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve(ModelFile.BASE_FILE));
    try (Stream<Path> heads = Files.list(folder.resolve(ModelFile.HEADS_FOLDER))) {
      heads
          .filter(file -> file.toString().endsWith(ModelFile.HEAD_SUFFIX))
          .sorted()
          .forEach(files::add);
    }
    StringBuilder sums = new StringBuilder();
    long bytes = 0;
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      bytes += content.length;
      sums.append(sha256(content)).append("  ").append(folder.relativize(file)).append('\n');
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
    return bytes;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
