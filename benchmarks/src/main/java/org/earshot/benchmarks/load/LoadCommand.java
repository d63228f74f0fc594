package org.earshot.benchmarks.load;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.Pcm16;
import org.earshot.audio.flac.FlacWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads a broker, and what stands behind it, with simulated devices. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Connects simulated devices to a broker, sends events with clips and waits for verdicts.")
final class LoadCommand implements Callable<Integer> {
  @Option(names = "--broker", required = true, description = "mqtt://host:port")
  private URI broker;

  @Option(
      names = "--recording",
      required = true,
      description = "WAV or FLAC file, at most a minute, that is the clip of every event.")
  private Path recording;

  @Option(names = "--devices", description = "Default: ${DEFAULT-VALUE}.")
  private int devices = 10_000;

  @Option(names = "--events", description = "In all. Default: ${DEFAULT-VALUE}.")
  private int events = 1_000;

  @Option(names = "--seconds", description = "Over which they are sent. Default: ${DEFAULT-VALUE}.")
  private double seconds = 60;

  @Option(
      names = "--wait",
      description = "Seconds for the last verdict. Default: ${DEFAULT-VALUE}.")
  private double wait = 600;

  @Option(names = "--seed", description = "Of the event ids. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--pid",
      paramLabel = "NAME=PID",
      description = "A process whose processor time and memory are told (Linux).")
  private Map<String, Long> processes = Map.of();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    float[] samples = AudioFiles.readAll16k(recording, 60 * AudioFiles.SAMPLE_RATE_HZ);
    short[] pcm = new short[samples.length];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = Pcm16.of(samples[i]);
    }
    byte[] flac = FlacWriter.encode(pcm, 0, pcm.length, AudioFiles.SAMPLE_RATE_HZ);
    PrintStream out = System.out;
    try (Fleet fleet = new Fleet(Clock.systemUTC(), seed)) {
      long start = System.nanoTime();
      fleet.connect(broker.getHost(), broker.getPort(), devices);
      out.printf(Locale.ROOT, "%,d devices connected in %.1f s%n", devices, since(start));
      Map<String, Long> before = ticks();
      start = System.nanoTime();
      fleet.send(events, seconds, flac);
      double sent = since(start);
      boolean complete = fleet.awaitVerdicts(wait);
      double judged = since(start);
      Fleet.Outcome outcome = fleet.outcome();
      out.printf(
          Locale.ROOT,
          "%,d events with clips of %,d bytes acknowledged in %.1f s: %.1f a second%n",
          outcome.sent() - outcome.unacknowledged(),
          flac.length,
          sent,
          outcome.sent() / sent);
      double[] delays = outcome.verdictSeconds();
      out.printf(
          Locale.ROOT,
          "%,d verdicts of a model in %.1f s: %.2f a second; delay median %.2f s, 90 %% %.2f s, longest %.2f s%n",
          delays.length,
          judged,
          delays.length / judged,
          quantile(delays, 0.5),
          quantile(delays, 0.9),
          quantile(delays, 1));
      out.printf(
          Locale.ROOT,
          "without a verdict %d, with more than one %d, unreadable %d; messages by verdict %s%n",
          outcome.sent() - delays.length,
          outcome.twice(),
          outcome.unreadable(),
          outcome.kinds());
      Map<String, Long> after = ticks();
      for (String name : new ArrayList<>(after.keySet())) {
        double cpu = (after.get(name) - before.getOrDefault(name, 0L)) / 100.0; // USER_HZ
        out.printf(
            Locale.ROOT,
            "%s: %.1f s of processor time, %.1f ms an event; resident %,d KiB%n",
            name,
            cpu,
            1000 * cpu / Math.max(1, outcome.sent()),
            residentKib(processes.get(name)));
      }
      return complete && outcome.twice() == 0 && outcome.unacknowledged() == 0 ? 0 : 1;
    }
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  /** Processor time of each process in hundredths of a second, user and system (proc(5)). */
  private Map<String, Long> ticks() throws Exception {
    Map<String, Long> ticks = new TreeMap<>();
    for (Map.Entry<String, Long> process : processes.entrySet()) {
      String stat = Files.readString(Path.of("/proc/" + process.getValue() + "/stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      ticks.put(process.getKey(), Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)));
    }
    return ticks;
  }

  private static long residentKib(long pid) throws Exception {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
