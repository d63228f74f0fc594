package org.earshot.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SoundOutputTest {
  @TempDir private Path folder;

  @Test
  void aProgramGetsTheRateAndEverySample() throws IOException {
    Path file = folder.resolve("heard");
    SoundOutput output =
        new ProcessOutput(
            List.of("/bin/sh", "-c", "echo \"$1\" > \"$0\"; cat >> \"$0\"", file + "", "{rate}"));
    byte[] pcm = Chime.pcm();
    try (SoundOutput.Line line = output.open(16_000)) {
      line.write(pcm, 0, 1_000);
      line.write(pcm, 1_000, pcm.length - 1_000);
      line.drain();
    }
    byte[] heard = Files.readAllBytes(file);
    assertThat(new String(heard, 0, 6, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("16000\n");
    assertThat(heard).endsWith(pcm).hasSize(pcm.length + 6);
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    SoundOutput output = new ProcessOutput(List.of("/nowhere/aplay"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> output.open(16_000))
        .withMessage("cannot run '/nowhere/aplay'; install it or name another program");
  }

  @Test
  void aProgramThatFailsIsQuoted() {
    SoundOutput output =
        new ProcessOutput(List.of("/bin/sh", "-c", "cat > /dev/null; echo no card >&2; exit 1"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Chime.play(output))
        .withMessage("'/bin/sh' failed: no card");
  }

  @Test
  void closingWakesAWriterAndEndsTheProgram() throws Exception {
    SoundOutput output = new ProcessOutput(List.of("/bin/sh", "-c", "exec sleep 1000"));
    SoundOutput.Line line = output.open(16_000);
    AtomicReference<IOException> thrown = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              try {
                byte[] silence = new byte[1 << 20]; // more than a pipe takes
                line.write(silence, 0, silence.length);
              } catch (IOException e) {
                thrown.set(e);
              }
              ended.countDown();
            });
    writer.start();
    line.close();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(thrown.get()).isNotNull();
  }

  @Test
  void alsasPlayerTakesTheChime() throws IOException {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/aplay")))
        .as("aplay of the Debian package alsa-utils")
        .isTrue();
    Chime.play(ProcessOutput.aplay("null"));
  }

  @Test
  void aLoudspeakerThatIsNotThereIsToldWithThoseThatAre() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> JavaSoundOutput.named("no such loudspeaker").open(16_000))
        .withMessageStartingWith("no loudspeaker 'no such loudspeaker'; found: ");
  }
}
