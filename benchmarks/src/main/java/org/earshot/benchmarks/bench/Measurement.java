package org.earshot.benchmarks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs a contender, or a whole process, once. */
final class Measurement {
  /** One thread each, as everything else has. */
  private static final Map<String, String> ONE_THREAD =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");

  private final BenchOptions options;
  private final Path folder; // for what the processes write

  /**
   * Seconds of a process.
   *
   * @param wall from start to end
   * @param processor of all its threads and children, user and system
   */
  record Seconds(double wall, double processor) {}

  Measurement(BenchOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /**
   * What an operation costs.
   *
   * @param nanos time
   * @param bytes allocated in Java's heap, what the harness takes for a measurement included
   */
  record Cost(double nanos, double bytes) {}

  /** Returns the cost of an operation in a JVM of its own. */
  Cost cost(Contender contender) throws IOException, InterruptedException {
    Path result = folder.resolve("result.json");
    Files.deleteIfExists(result);
    List<String> command = new ArrayList<>(List.of(options.java(), "-XX:+UseSerialGC", "-Xmx1g"));
    command.addAll(List.of("-Xlog:disable", "-Dearshot.root=" + options.root()));
    if (contender.isYamnet()) {
      command.add("-Dearshot.yamnet=" + options.yamnet());
    }
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-cp", options.classPath(contender.isDeepLearning4j())));
    command.add("org.openjdk.jmh.Main");
    command.add(Pattern.quote(contender.benchmark()) + "$");
    // Each process is JMH's fork already.
    command.addAll(List.of("-f", "0", "-wi", "5", "-w", "300ms", "-i", "5", "-r", "200ms"));
    command.addAll(List.of("-prof", "gc", "-rf", "json", "-rff", result.toString()));
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(ONE_THREAD);
    int code = builder.start().waitFor();
    if (code != 0 || !Files.exists(result)) {
      throw new IOException(
          contender.benchmark() + " ended with " + code + ":\n" + Files.readString(log));
    }
    JsonNode runs = new ObjectMapper().readTree(result.toFile());
    if (runs.size() != 1) {
      throw new IOException(contender.benchmark() + " gave " + runs.size() + " results, wanted 1");
    }
    JsonNode run = runs.get(0);
    return new Cost(
        run.get("primaryMetric").get("score").asDouble(),
        run.get("secondaryMetrics").get("gc.alloc.rate.norm").get("score").asDouble());
  }

  /** Runs a command and returns what bash's {@code time} says of it. */
  Seconds process(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> timed =
        new ArrayList<>(
            List.of("bash", "-c", "TIMEFORMAT='%3R %3U %3S'; time \"$@\" >\"$0\" 2>&1"));
    Path log = folder.resolve("process.txt");
    timed.add(log.toString());
    timed.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(timed).directory(new File(options.root()));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed:\n" + Files.readString(log));
    }
    String[] seconds = output.strip().split(" ");
    return new Seconds(
        Double.parseDouble(seconds[0]),
        Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]));
  }
}
