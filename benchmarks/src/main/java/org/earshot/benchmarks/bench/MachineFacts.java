package org.earshot.benchmarks.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the numbers depend on.
 *
 * @param processor its name and the number of cores that may be used
 * @param vectors what the processor's flags say of SIMD
 * @param java version and virtual machine
 * @param system kernel and architecture
 */
record MachineFacts(String processor, String vectors, String java, String system) {
  private static final List<String> SIMD =
      List.of("sse4_2", "avx2", "fma", "avx512f", "avx_vnni", "avx512_vnni", "asimd", "asimddp");

  static MachineFacts of(String java) throws IOException, InterruptedException {
    List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
    String flags = " " + field(lines, "flags").or(() -> field(lines, "Features")).orElse("") + " ";
    Process version = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
    String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    version.waitFor();
    return new MachineFacts(
        field(lines, "model name").orElse("unknown")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores",
        String.join(" ", SIMD.stream().filter(simd -> flags.contains(" " + simd + " ")).toList()),
        String.join("; ", text.strip().lines().map(String::strip).toList()),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  private static Optional<String> field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  @Override
  public String toString() {
    return "processor: "
        + processor
        + "; "
        + vectors
        + "\njava: "
        + java
        + "; -XX:+UseSerialGC --add-modules=jdk.incubator.vector\nsystem: "
        + system;
  }
}
