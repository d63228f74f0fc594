package org.earshot.evaluation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.earshot.detect.Memory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Measures a model: on simulated validation streams, on a folder with its truth, on a folder
 * without events.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a model as its owner would notice it: alerts found, missed and false, event by event,",
      "on simulated validation streams (--data) or on a folder of recordings (--audio), and beside a",
      "peer on the very same streams. Prints a table; --report writes HTML and JSON."
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      defaultValue = "${sys:earshot.models:-models}",
      description = "the model's folder (default: ${DEFAULT-VALUE})")
  private Path models;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "recordings to simulate validation streams from, with a MANIFEST.csv or as ESC-50")
  private Path data;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      defaultValue = "home",
      converter = SuiteConverter.class,
      description =
          "kind of simulated streams: home; alarms, one smoke or CO alarm each; near-misses, no"
              + " event but much that beeps (default: ${DEFAULT-VALUE})")
  private Suite suite;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "360",
      description = "simulated streams of 30 s (default: ${DEFAULT-VALUE})")
  private int streams;

  @Option(
      names = "--seed",
      defaultValue = "4",
      description = "of the streams and of the intervals (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--no-clips", description = "leave out the curves over whole clips")
  private boolean noClips;

  @Option(
      names = "--continuous",
      description = {
        "hear all streams as one, as a device does that is never reset; alerts only, curves are",
        "of each stream by itself"
      })
  private boolean continuous;

  @Option(
      names = "--forget",
      paramLabel = "PART",
      split = ",",
      description = {
        "with --continuous: what begins anew where one",
        "stream ends, to see what a sudden change misleads:",
        "${COMPLETION-CANDIDATES}"
      })
  private Set<Memory> forget = EnumSet.noneOf(Memory.class);

  @Option(
      names = "--audio",
      paramLabel = "DIR",
      description = "recordings to be judged on instead of simulated streams")
  private Path audio;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "what happens in them: filename, onset, offset, event_label, tab-separated;"
              + " without it nothing does")
  private Path truth;

  @Option(
      names = "--negatives",
      paramLabel = "DIR",
      description = "more recordings in which nothing happens")
  private Path negatives;

  @Option(
      names = "--peer",
      paramLabel = "NAME=PATH",
      description =
          "yamnet=FILE.tflite runs YAMNet on the same streams; any other NAME=FILE.tsv reads"
              + " its alerts, in sed_eval's form with an optional posterior")
  private Map<String, Path> peers = new LinkedHashMap<>();

  @Option(
      names = "--benchmarks",
      paramLabel = "DIR",
      description = "build folder of the benchmarks module, which runs YAMNet (default: found)")
  private Path benchmarks;

  @Option(
      names = "--float",
      paramLabel = "PATH",
      description = "float weights that the model was made from, to see what int8 costs")
  private Path floatWeights;

  @Option(names = "--report", paramLabel = "DIR", description = "where report.html and .json go")
  private Path report;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "keeps the streams and the peer's scores for another run")
  private Path cache;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "1000",
      description = "rounds for the 95 %% intervals (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "6",
      description = "worst misses and false alerts to show, of each (default: ${DEFAULT-VALUE})")
  private int examples;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "(default: ${DEFAULT-VALUE})")
  private int threads;

  private final Function<Path, PosteriorSource> floatReader;

  /** Reads the name of a suite; picocli reports what it refuses. */
  static final class SuiteConverter implements ITypeConverter<Suite> {
    @Override
    public Suite convert(String text) {
      return Arrays.stream(Suite.values())
          .filter(suite -> suite.toString().equals(text))
          .findAny()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "no suite '" + text + "'; there are: " + Arrays.toString(Suite.values())));
    }
  }

  /** Without a reader of float weights: {@code --float} is refused. */
  public EvaluateCommand() {
    this(null);
  }

  /**
   * With a reader of float weights.
   *
   * @param floatReader makes a fresh source each time, one for each thread
   */
  public EvaluateCommand(Function<Path, PosteriorSource> floatReader) {
    this.floatReader = floatReader;
  }

  @Override
  public Integer call() throws IOException {
    if (data != null && audio != null) {
      throw wrong("--data and --audio are two sets of streams; evaluate them one after the other");
    }
    if (data == null && audio == null && negatives == null) {
      throw wrong("nothing to evaluate on: give --data, --audio or --negatives");
    }
    if (truth != null && audio == null) {
      throw wrong("--truth tells what happens in --audio, which is missing");
    }
    if (!forget.isEmpty() && !continuous) {
      throw wrong("--forget is about streams heard as one; give --continuous with it");
    }
    if (floatWeights != null && floatReader == null) {
      throw wrong("--float cannot be read here");
    }
    if (streams < 2 || rounds < 1 || examples < 0 || threads < 1) {
      throw wrong("--streams, --bootstrap, --examples and --threads must be positive");
    }
    PrintWriter log = spec.commandLine().getErr();
    EvaluationPlan plan =
        new EvaluationPlan(
            models,
            data,
            suite,
            streams,
            seed,
            !noClips,
            continuous,
            forget,
            audio,
            truth,
            negatives,
            peers,
            benchmarks,
            floatWeights == null ? null : () -> floatReader.apply(floatWeights),
            cache,
            rounds,
            report == null ? 0 : examples,
            threads);
    EvaluationReport result = plan.run(log);
    PrintWriter out = spec.commandLine().getOut();
    out.print(ReportTable.of(result));
    out.flush();
    if (report != null) {
      plan.write(result, report);
      log.printf("wrote %s%n", report.resolve("report.html"));
      log.flush();
    }
    return 0;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
