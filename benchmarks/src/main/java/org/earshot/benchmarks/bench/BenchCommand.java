package org.earshot.benchmarks.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.wav.WavWriter;
import org.earshot.benchmarks.micro.Inputs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Earshot beside its peers and the limits of the machine. */
@Command(
    name = "earshot bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures Earshot, its peers and the machine's limits in turns, each in a JVM of its own,"
            + " and prints medians and ratios.")
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Turns of every part (default: ${DEFAULT-VALUE}).")
  private int pairs = 10;

  @Option(
      names = "--process-pairs",
      paramLabel = "N",
      description = "Turns of whole processes (default: ${DEFAULT-VALUE}).")
  private int processPairs = 10;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "Length of the recording that whole processes hear (default: ${DEFAULT-VALUE}).")
  private int minutes = 60;

  @Option(
      names = "--yamnet",
      paramLabel = "FILE",
      description = "yamnet.tflite; without it YAMNet is left out.")
  private Path yamnet;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Parts whose benchmark's name matches, such as Lstm.*; no whole processes.")
  private Pattern only;

  @Option(names = "--jvm", paramLabel = "HOME", description = "Another Java than this one.")
  private Path jvm;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write every measurement.")
  private Path json;

  private final Map<Contender, List<Double>> bytes = new EnumMap<>(Contender.class);
  private final Map<String, List<Double>> processes = new LinkedHashMap<>();

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (pairs < 0 || processPairs < 0 || minutes < 1) {
      throw new ParameterException(
          spec.commandLine(), "--pairs and --process-pairs: 0 or more; --minutes: 1 or more");
    }
    BenchOptions options =
        new BenchOptions(
            System.getProperty("earshot.root"),
            (jvm == null ? Path.of(System.getProperty("java.home")) : jvm)
                .resolve("bin/java")
                .toString(),
            yamnet == null ? null : yamnet.toAbsolutePath().toString(),
            System.getProperty("java.class.path"),
            System.getProperty("earshot.trainer"));
    Path folder = Files.createTempDirectory("earshot-bench");
    try {
      Measurement measurement = new Measurement(options, folder);
      PrintWriter out = spec.commandLine().getOut();
      MachineFacts facts = MachineFacts.of(options.java());
      out.println(facts);
      Map<Contender, List<Double>> nanos = parts(measurement);
      printParts(out, nanos);
      if (only == null && processPairs > 0) {
        processes(measurement, options, folder);
        printProcesses(out);
      }
      out.flush();
      if (json != null) {
        write(facts, nanos);
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private Map<Contender, List<Double>> parts(Measurement measurement)
      throws IOException, InterruptedException {
    List<Contender> chosen =
        Stream.of(Contender.values())
            .filter(contender -> yamnet != null || !contender.isYamnet())
            .filter(contender -> only == null || only.matcher(contender.benchmark()).find())
            .toList();
    Map<Contender, List<Double>> nanos = new EnumMap<>(Contender.class);
    for (int pair = 0; pair < pairs; pair++) {
      progress("parts: turn %d of %d", pair + 1, pairs);
      for (Contender contender : chosen) {
        Measurement.Cost cost = measurement.cost(contender);
        nanos.computeIfAbsent(contender, any -> new ArrayList<>()).add(cost.nanos());
        bytes.computeIfAbsent(contender, any -> new ArrayList<>()).add(cost.bytes());
      }
    }
    return nanos;
  }

  private void printParts(PrintWriter out, Map<Contender, List<Double>> nanos) {
    out.printf(
        Locale.ROOT,
        "%nnanoseconds: median of %d turns (smallest to largest); bytes allocated%n",
        pairs);
    nanos.forEach(
        (contender, values) -> {
          double[] summary = Samples.summary(values);
          out.printf(
              Locale.ROOT,
              "  %-46s %14s (%s to %s); %.0f bytes%n",
              contender.what(),
              number(summary[1]),
              number(summary[0]),
              number(summary[2]),
              Samples.median(bytes.get(contender)));
        });
    out.printf("%nratios: median of the turns' (smallest to largest)%n");
    for (Ratio ratio : Ratio.ALL) {
      if (nanos.containsKey(ratio.slower()) && nanos.containsKey(ratio.faster())) {
        printRatio(
            out,
            ratio.name(),
            Samples.ratios(nanos.get(ratio.slower()), nanos.get(ratio.faster())),
            (ratio.atMost() ? "at most " : "at least ") + ratio.wanted(),
            ratio::met);
      }
    }
  }

  private static void printRatio(
      PrintWriter out, String name, List<Double> ratios, String wanted, DoublePredicate met) {
    double[] summary = Samples.summary(ratios);
    out.printf(
        Locale.ROOT,
        "  %-46s %8.2f (%.2f to %.2f)   wanted %s%s%n",
        name,
        summary[1],
        summary[0],
        summary[2],
        wanted,
        met.test(summary[1]) ? "" : ": MISSED");
  }

  /** Whole processes: an hour's file, and one second's for the start. */
  private void processes(Measurement measurement, BenchOptions options, Path folder)
      throws IOException, InterruptedException {
    Path hour = recording(options, folder.resolve("recording.wav"), minutes * 60);
    Path second = recording(options, folder.resolve("second.wav"), 1);
    Path list = folder.resolve("list.txt");
    Files.writeString(list, hour + "\n");
    String launcher = options.root() + "/scripts/earshot";
    Map<String, String> plain = Map.of("JAVA_HOME", home(options));
    Map<String, String> vector = Map.of("JAVA_HOME", home(options), "EARSHOT_VECTOR", "1");
    List<String> detect = List.of(launcher, "detect", hour.toString());
    List<String> start = List.of(launcher, "detect", second.toString());
    measurement.process(start, plain); // builds and archives what is missing
    measurement.process(start, vector);
    for (int pair = 0; pair < processPairs; pair++) {
      progress("whole processes: turn %d of %d", pair + 1, processPairs);
      take("detect", measurement.process(detect, plain));
      take("detect, Vector API", measurement.process(detect, vector));
      take("detect, one second", measurement.process(start, plain));
      take("detect, one second, Vector API", measurement.process(start, vector));
      if (yamnet != null) {
        List<String> command =
            List.of(
                options.java(),
                "-XX:+UseSerialGC",
                "-cp",
                options.benchmarkClassPath(),
                "org.earshot.benchmarks.peer.YamnetPeer",
                options.yamnet(),
                list.toString(),
                folder.resolve("scores.tsv").toString());
        take("YAMNet", measurement.process(command, Map.of()));
      }
    }
  }

  private void take(String name, Measurement.Seconds seconds) {
    processes.computeIfAbsent(name + ": wall", any -> new ArrayList<>()).add(seconds.wall());
    processes
        .computeIfAbsent(name + ": processor", any -> new ArrayList<>())
        .add(seconds.processor());
  }

  private void printProcesses(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%nwhole processes, %d minutes of sound, seconds: median of %d turns (smallest to largest)%n",
        minutes,
        processPairs);
    processes.forEach(
        (name, values) -> {
          double[] summary = Samples.summary(values);
          out.printf(
              Locale.ROOT,
              "  %-46s %8.2f (%.2f to %.2f)%n",
              name,
              summary[1],
              summary[0],
              summary[2]);
        });
    for (String clock : List.of("wall", "processor")) {
      for (String name : List.of("detect", "detect, Vector API")) {
        List<Double> peer = processes.getOrDefault("YAMNet: " + clock, List.of());
        if (!peer.isEmpty()) {
          double wanted = clock.equals("wall") ? 15 : 25;
          printRatio(
              out,
              "YAMNet / " + name + ": " + clock,
              Samples.ratios(peer, processes.get(name + ": " + clock)),
              "at least " + wanted,
              value -> value >= wanted);
        }
      }
    }
    printRatio(
        out,
        "detect, one second: wall",
        processes.get("detect, one second: wall"),
        "at most 0.6 s",
        value -> value <= 0.6);
  }

  private static Path recording(BenchOptions options, Path file, int seconds) throws IOException {
    int rate = AudioFiles.SAMPLE_RATE_HZ;
    WavWriter.write(file, Inputs.sound(Path.of(options.root()), seconds * rate), rate);
    return file;
  }

  private static String home(BenchOptions options) {
    return Path.of(options.java()).getParent().getParent().toString();
  }

  private void write(MachineFacts facts, Map<Contender, List<Double>> nanos) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", facts);
    all.put("nanoseconds", nanos);
    all.put("bytes", bytes);
    all.put("seconds", processes);
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), all);
  }

  private void progress(String format, Object... arguments) {
    spec.commandLine().getErr().println(String.format(Locale.ROOT, format, arguments));
  }

  private static String number(double nanos) {
    return String.format(Locale.ROOT, nanos < 10 ? "%.4f" : "%,.0f", nanos);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
