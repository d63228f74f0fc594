package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a process printed and returned. */
record ChildProcess(int code, String out, String err) {
  /** Runs a process to its end; its output passes through files in {@code scratch}. */
  static ChildProcess run(Path scratch, ProcessBuilder builder)
      throws IOException, InterruptedException {
    Path out = scratch.resolve("stdout.txt");
    Path err = scratch.resolve("stderr.txt");
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM reports it on standard error
    Process process =
        builder
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends: %s", builder.command()).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new ChildProcess(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
