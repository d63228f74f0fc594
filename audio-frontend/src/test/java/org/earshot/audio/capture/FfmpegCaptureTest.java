package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.fixture.Chirps;
import org.earshot.audio.fixture.Correlation;
import org.earshot.audio.wav.WavWriter;
import org.earshot.fixture.PulseAudio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real ffmpeg opens, a stream over RTSP included. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class FfmpegCaptureTest {
  private static final int SECOND = 16_000;
  private static final CaptureSettings SETTINGS =
      CaptureSettings.defaults().withRetryMillis(50, 200).withRingMillis(60_000);

  @TempDir Path folder;

  private final RecordedProblems problems = new RecordedProblems();
  private float[] played;
  private Path wav;

  @BeforeEach
  void writeRecording() throws Exception {
    assumeThat(PulseAudio.isInstalled("ffmpeg"))
        .as("ffmpeg is installed (Debian package ffmpeg)")
        .isTrue();
    played = Chirps.second();
    wav = folder.resolve("chirps.wav");
    WavWriter.write(wav, played, SECOND);
  }

  @Test
  void fileIsHeardAndItsEndIsALoss() throws Exception {
    try (Capture capture = start(ProcessSource.ffmpeg(wav.toString()))) {
      assertThat(Correlation.find(played, take(capture)).coefficient()).isGreaterThan(0.9999);
      problems.await("DEVICE_LOST");
      assertThat(problems.details().get(0)).contains("'ffmpeg' ended with code 0");
    }
  }

  @Test
  void missingInputIsToldInFfmpegsWords() throws Exception {
    try (Capture capture = start(ProcessSource.ffmpeg(folder.resolve("no.wav").toString()))) {
      problems.await("DEVICE_ABSENT");
      assertThat(problems.details().get(0)).contains("No such file or directory");
      assertThat(capture.capturedSamples()).isZero();
    }
  }

  @Test
  void streamOverRtspIsHeard() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "rtsp://127.0.0.1:" + port + "/kitchen";
    // no camera here: this end listens, and another ffmpeg comes and sends as a camera would
    ProcessSource camera =
        ProcessSource.ffmpeg(
            "stream " + url,
            List.of("-allowed_media_types", "audio", "-rtsp_flags", "listen", "-i", url));
    try (Capture capture = start(camera)) {
      Thread sender = new Thread(() -> send(url), "rtsp-sender");
      sender.start();
      Correlation found = Correlation.find(played, take(capture));
      sender.join();
      assertThat(found.coefficient()).isGreaterThan(0.99);
      assertThat(found.gain()).isBetween(0.99, 1.01);
    }
  }

  private Capture start(ProcessSource source) {
    Capture capture = new Capture("ffmpeg", source, problems, SETTINGS, CaptureClock.system());
    capture.start();
    return capture;
  }

  /** Takes a second of sound. */
  private static float[] take(Capture capture) throws InterruptedException {
    float[] heard = new float[SECOND];
    CaptureBlock block = new CaptureBlock(SECOND);
    for (int length = 0; length < heard.length && capture.take(block); ) {
      int n = Math.min(block.length, heard.length - length);
      System.arraycopy(block.samples, 0, heard, length, n);
      length += n;
    }
    return heard;
  }

  /** Sends the recording, as soon as somebody listens. */
  private void send(String url) {
    List<String> command =
        List.of(
            "ffmpeg",
            "-nostdin",
            "-loglevel",
            "error",
            "-re",
            "-i",
            wav.toString(),
            "-c:a",
            "pcm_s16be",
            "-f",
            "rtsp",
            "-rtsp_transport",
            "tcp",
            url);
    try {
      Process process;
      do {
        process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
      } while (process.waitFor() != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
