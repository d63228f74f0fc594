package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.fixture.WavBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the programs that every Unix has in place of those that record. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ProcessSourceTest {
  @TempDir Path folder;

  @Test
  void samplesComeAsTheyWereWritten() throws IOException {
    int[] samples = {0, 1, -1, 32_767, -32_768, 12_345};
    Path raw = Files.write(folder.resolve("raw"), WavBuilder.shorts(samples));
    float[] expected = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      expected[i] = samples[i] / 32_768f;
    }
    assertThat(readUntilItEnds(shell("cat '" + raw + "'", 16_000, 1))).isEqualTo(expected);
  }

  @Test
  void halfASampleWaitsForItsOtherHalf() throws IOException {
    ProcessSource source = shell("printf '\\000\\100\\000'; sleep 0.05; printf '\\040'", 16_000, 1);
    assertThat(readUntilItEnds(source)).containsExactly(0.5f, 0.25f);
  }

  @Test
  void channelsAreAveraged() throws IOException {
    Path raw =
        Files.write(folder.resolve("raw"), WavBuilder.shorts(16_384, 0, -32_768, -32_768, 1, -1));
    assertThat(readUntilItEnds(shell("cat '" + raw + "'", 16_000, 2)))
        .containsExactly(0.25f, -1f, 0f);
  }

  @Test
  void otherRatesAreResampled() throws IOException {
    Path raw = Files.write(folder.resolve("raw"), new byte[2 * 48_000]);
    // the filter holds back what would need samples to come
    assertThat(readUntilItEnds(shell("cat '" + raw + "'", 48_000, 1)).length)
        .isBetween(15_500, 16_000);
  }

  @Test
  void lastWordsOfTheProgramAreInTheMessage() throws IOException {
    ProcessSource source =
        shell("echo 'arecord: main:831: audio open error: No such device' >&2; exit 3", 16_000, 1);
    try (CaptureSource.Stream stream = source.open()) {
      assertThatThrownBy(() -> stream.read(new float[1], 0, 1))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "'sh' ended with code 3: arecord: main:831: audio open error: No such device");
    }
  }

  @Test
  void onlyTheEndOfALongComplaintIsKept() throws IOException {
    ProcessSource source =
        shell("i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done", 16_000, 1);
    try (CaptureSource.Stream stream = source.open()) {
      assertThatThrownBy(() -> stream.read(new float[1], 0, 1))
          .hasMessage("'sh' ended with code 0: line 4996; line 4997; line 4998; line 4999");
    }
  }

  @Test
  void missingProgramIsNamedWithThePackageThatHasIt() {
    assertThatThrownBy(() -> ProcessSource.of("x", List.of("no-such-program"), 16_000, 1).open())
        .isInstanceOf(IOException.class)
        .hasMessage("cannot run 'no-such-program': it is not installed; install it");
    assertThatThrownBy(() -> ProcessSource.of("x", List.of("/etc/passwd"), 16_000, 1).open())
        .hasMessageStartingWith("cannot run '/etc/passwd': ")
        .hasMessageContaining("ermission");
  }

  @Test
  void overrunsThatArecordTellsAreCounted() throws IOException {
    ProcessSource source =
        shell(
            "echo 'overrun!!! (at least 12.345 ms long)' >&2;"
                + "echo 'overrun!!! (at least 88.000 ms long)' >&2; printf '\\000\\000'",
            16_000,
            1);
    try (CaptureSource.Stream stream = source.open()) {
      assertThat(stream.read(new float[1], 0, 1)).isEqualTo(1);
      assertThatThrownBy(() -> stream.read(new float[1], 0, 1)).isInstanceOf(IOException.class);
      assertThat(stream.lostSamples()).isEqualTo(1_600);
      assertThat(stream.lostSamples()).isZero();
    }
  }

  @Test
  void closingEndsTheProgramAndWhatItStarted() throws Exception {
    Path pids = folder.resolve("pids");
    ProcessSource source =
        shell(
            "trap '' TERM; sleep 600 & echo $$ $! > '" + pids + "'; printf 'ab'; wait; wait",
            16_000,
            1);
    CaptureSource.Stream stream = source.open();
    assertThat(stream.read(new float[1], 0, 1)).isEqualTo(1);
    Thread reader = new Thread(() -> readQuietly(stream));
    reader.start();
    stream.close();
    reader.join();
    for (String pid : Files.readString(pids).strip().split(" ", -1)) {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
      if (process.isPresent()) {
        process.get().onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void closedStreamSaysSo() throws IOException {
    CaptureSource.Stream stream = shell("printf 'ab'; sleep 600", 16_000, 1).open();
    assertThat(stream.read(new float[1], 0, 1)).isEqualTo(1);
    stream.close();
    stream.close();
    assertThatThrownBy(() -> stream.read(new float[1], 0, 1)).hasMessage("closed");
  }

  @Test
  void headerOfAnAuFileIsSkippedAndItsOrderOfBytesKept() throws IOException {
    Path program = folder.resolve("pw-record");
    Path data = Files.write(folder.resolve("data"), au(3, 16_000, 1, 0x40, 0, 0x20, 0));
    Files.writeString(program, "#!/bin/sh\ncat '" + data + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessSource source = ProcessSource.of("x", List.of(program.toString()), 16_000, 1);
    assertThat(readUntilItEnds(source)).containsExactly(0.5f, 0.25f);
    Files.write(data, au(3, 44_100, 1, 0, 0));
    try (CaptureSource.Stream stream = source.open()) {
      assertThatThrownBy(() -> stream.read(new float[1], 0, 1)).hasMessageContaining("44100 Hz");
    }
    Files.write(data, WavBuilder.shorts(16_384, 8_192));
    assertThat(readUntilItEnds(source)).as("raw").containsExactly(0.5f, 0.25f);
  }

  @Test
  void passwordOfACameraIsShownNowhere() throws IOException {
    ProcessSource camera = ProcessSource.ffmpeg("rtsp://admin:s3cr@t/x@camera.local:554/stream1");
    assertThat(camera.command()).contains("rtsp://admin:s3cr@t/x@camera.local:554/stream1");
    ProcessSource plain = ProcessSource.ffmpeg("rtsp://admin:secret@camera/1");
    assertThat(plain.name()).isEqualTo("stream rtsp://camera/1");
    assertThat(plain.explain("rtsp://admin:secret@camera/1: Connection refused"))
        .isEqualTo("rtsp://***@camera/1: Connection refused");
    assertThat(ProcessSource.ffmpeg("rtsp://camera/1@2").name())
        .isEqualTo("stream rtsp://camera/1@2");
    assertThat(ProcessSource.ffmpeg("rtsp://u:p%w@camera/1").name())
        .as("no proper URI")
        .isEqualTo("stream rtsp://camera/1");
  }

  @Test
  void commandsAskForWhatIsRead() {
    assertThat(ProcessSource.arecord("plughw:1").command())
        .startsWith("arecord")
        .contains("--device=plughw:1", "--rate=48000", "--channels=1", "--format=S16_LE");
    assertThat(ProcessSource.parec(null).command())
        .startsWith("parec")
        .contains("--raw", "--rate=48000")
        .noneMatch(argument -> argument.startsWith("--device"));
    assertThat(ProcessSource.pwRecord("usb").command())
        .startsWith("pw-record")
        .contains("--target=usb")
        .endsWith("-");
    assertThat(ProcessSource.ffmpeg("rtsp://camera/1").command())
        .containsSubsequence(
            "-rtsp_transport",
            "tcp",
            "-allowed_media_types",
            "audio",
            "-i",
            "rtsp://camera/1",
            "-vn",
            "-ac",
            "1");
    assertThat(ProcessSource.ffmpeg("http://radio/1").command()).doesNotContain("-rtsp_transport");
    assertThat(ProcessSource.arecord("hw:1").explain("arecord: Channels count non available"))
        .endsWith("name the device plughw:... instead of hw:..., so that ALSA converts");
  }

  @Test
  void environmentReachesTheProgram() throws IOException {
    ProcessSource source =
        shell("printf \"$SAMPLES\"", 16_000, 1).withEnvironment(Map.of("SAMPLES", "ABAB"));
    assertThat(readUntilItEnds(source)).hasSize(2);
  }

  @Test
  void readingAllocatesNothing() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] buffer = new float[800];
    try (CaptureSource.Stream stream =
        ProcessSource.of("zeros", List.of("cat", "/dev/zero"), 48_000, 2).open()) {
      for (int i = 0; i < 1_000; i++) {
        stream.read(buffer, 0, 800);
        stream.lostSamples();
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000; i++) {
        stream.read(buffer, 0, 800);
        stream.lostSamples();
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("bytes for 1000 reads")
          .isLessThan(1_000);
    }
  }

  private static ProcessSource shell(String script, int sampleRateHz, int channels) {
    return ProcessSource.of("script", List.of("sh", "-c", script), sampleRateHz, channels);
  }

  private static float[] readUntilItEnds(ProcessSource source) throws IOException {
    float[] all = new float[100_000];
    int length = 0;
    try (CaptureSource.Stream stream = source.open()) {
      while (true) {
        length += stream.read(all, length, Math.min(1_000, all.length - length));
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("ended with code 0");
    }
    return Arrays.copyOf(all, length);
  }

  private static void readQuietly(CaptureSource.Stream stream) {
    try {
      while (stream.read(new float[10], 0, 10) > 0) {
        // until it is closed
      }
    } catch (IOException e) {
      // what was waited for
    }
  }

  private static byte[] au(int encoding, int rateHz, int channels, int... data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(".snd".getBytes(StandardCharsets.US_ASCII));
    bytes.write(
        ByteBuffer.allocate(24)
            .putInt(28)
            .putInt(-1)
            .putInt(encoding)
            .putInt(rateHz)
            .putInt(channels)
            .array());
    for (int value : data) {
      bytes.write(value);
    }
    return bytes.toByteArray();
  }
}
