package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the length of a recording. */
class MemoryTest {
  private static final int HEAP_MEBIBYTES = 32;
  private static final int RATE_HZ = 32_000;
  private static final int SECONDS = 600;

  @TempDir Path folder;

  @Test
  void tenMinutesAreHeardInAHeapThatCannotHoldThem() throws Exception {
    Path recording = folder.resolve("ten-minutes.wav");
    writeNoise(recording);
    assertThat(Files.size(recording)).isGreaterThan((2L * HEAP_MEBIBYTES) << 20);
    ChildProcess child =
        ChildProcess.run(
            folder,
            new ProcessBuilder(
                Checkout.java(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+UseSerialGC",
                "-cp",
                Checkout.deviceClassPath(),
                "org.earshot.agent.Earshot",
                "detect",
                "--models",
                Checkout.MODELS.toString(),
                recording.toString()));
    assertThat(child.err()).isEmpty();
    assertThat(child.code()).isZero();
    assertThat(child.out()).startsWith(Detection.HEADER + "\n");
  }

  /** One second of noise again and again, as 32-bit floats. */
  private static void writeNoise(Path file) throws IOException {
    Random random = new Random(1);
    float[] second = new float[RATE_HZ];
    for (int i = 0; i < second.length; i++) {
      second[i] = 0.05f * (float) random.nextGaussian();
    }
    byte[] block = SoundFiles.float32(second);
    byte[] header =
        SoundFiles.wav(
            SoundFiles.format(SoundFiles.IEEE_FLOAT, 1, RATE_HZ, 32),
            SoundFiles.chunk("data", (long) SECONDS * block.length, new byte[0]));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header);
      for (int i = 0; i < SECONDS; i++) {
        out.write(block);
      }
    }
  }
}
