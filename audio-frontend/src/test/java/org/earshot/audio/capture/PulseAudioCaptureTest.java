package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.fixture.Chirps;
import org.earshot.audio.fixture.Correlation;
import org.earshot.audio.wav.WavWriter;
import org.earshot.fixture.PulseAudio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real sound server plays is heard through each way of capturing. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class PulseAudioCaptureTest {
  private static final int SECOND = 16_000;
  private static final CaptureSettings SETTINGS =
      CaptureSettings.defaults().withRetryMillis(50, 200).withRingMillis(60_000);

  @TempDir Path folder;

  private PulseAudio pulse;
  private float[] played;
  private Path wav;

  @BeforeEach
  void startServer() throws Exception {
    PulseAudio.assumeInstalled();
    pulse = PulseAudio.start(folder);
    played = Chirps.second();
    wav = folder.resolve("chirps.wav");
    // a null sink's monitor misses the first tenth of a second or so of a stream that begins
    float[] withSilence = new float[played.length + SECOND];
    System.arraycopy(played, 0, withSilence, SECOND / 2, played.length);
    WavWriter.write(wav, withSilence, SECOND);
  }

  @AfterEach
  void stopServer() throws Exception {
    if (pulse != null) {
      pulse.close();
    }
  }

  @Test
  void everyWayOfCapturingHearsWhatIsPlayed() throws Exception {
    Path recording = folder.resolve("heard.wav");
    Process recorder = record(recording);
    try (BufferedReader output = output(recorder);
        Listening parec = new Listening(parec());
        Listening arecord = new Listening(arecord())) {
      List<String> lines = readUntil(output, "heard ");
      assertThat(lines).anyMatch(line -> line.startsWith("device 0 default"));
      assertThat(lines).contains("heard 48000 Hz, 1 channel");
      pulse.play(wav);
      int end = Math.max(parec.length(), arecord.length()) + SECOND;
      assertFound("parec", parec.upTo(end));
      assertFound("arecord", arecord.upTo(end));
      recorder.getOutputStream().close(); // ends it
      readUntil(output, "captured");
      assertThat(recorder.waitFor()).isZero();
      assertFound("Java Sound", AudioFiles.readAll16k(recording, Integer.MAX_VALUE));
      assertThat(parec.problems.changes()).isEmpty();
      assertThat(arecord.problems.changes()).isEmpty();
      assertThat(parec.capture.gapSamples()).isZero();
      assertThat(arecord.capture.gapSamples()).isZero();
    } finally {
      recorder.destroyForcibly();
    }
  }

  @Test
  void killedServerIsALostDeviceAndItsReturnClearsThat() throws Exception {
    Process recorder = record(folder.resolve("heard.wav"));
    try (BufferedReader output = output(recorder);
        Listening parec = new Listening(parec());
        Listening arecord = new Listening(arecord())) {
      readUntil(output, "heard ");
      parec.upTo(1);
      arecord.upTo(1);
      pulse.kill();
      parec.problems.await("DEVICE_LOST");
      arecord.problems.await("DEVICE_LOST");
      assertThat(readUntil(output, "problem ")).last().asString().contains("DEVICE_LOST");
      assertThat(parec.problems.details().get(0)).contains("'parec' ended with code 1: ");
      assertThat(arecord.problems.details().get(0)).contains("'arecord' ended with code 1: ");
      pulse.startServer();
      parec.assertBackAfterAGap();
      arecord.assertBackAfterAGap();
      assertThat(readUntil(output, "cleared ")).last().isEqualTo("cleared DEVICE_LOST");
    } finally {
      recorder.destroyForcibly();
    }
  }

  @Test
  void deviceThatComesLateIsHeardFromSampleZero() throws Exception {
    pulse.kill();
    try (Listening late = new Listening(parec())) {
      late.problems.await("DEVICE_ABSENT");
      assertThat(late.problems.details().get(0)).contains("'parec' ended with code 1: ");
      pulse.startServer();
      assertThat(late.upTo(SECOND)).hasSizeGreaterThanOrEqualTo(SECOND);
      assertThat(late.problems.changes()).containsExactly("DEVICE_ABSENT", "no DEVICE_ABSENT");
      assertThat(late.capture.gapSamples()).isZero();
    }
  }

  @Test
  void serverThatHangsIsAStuckStreamUntilItGoesOn() throws Exception {
    CaptureSettings impatient = SETTINGS.withStuckAndSilentMillis(500, 60_000);
    try (Listening parec = new Listening(parec(), impatient)) {
      parec.upTo(1);
      int before = parec.problems.count("STUCK"); // a slow start counts, too
      pulse.freeze();
      parec.problems.await("STUCK", before + 1);
      assertThat(parec.problems.details().get(0)).contains("no samples for");
      pulse.thaw();
      parec.problems.await("no STUCK", before + 1);
      while (parec.gaps == 0) {
        parec.upTo(parec.length + 1);
      }
      assertThat(parec.capture.reopens()).isPositive();
    } finally {
      pulse.thaw();
    }
  }

  @Test
  void roomWithoutASoundIsSilentUntilSomethingIsPlayed() throws Exception {
    CaptureSettings impatient = SETTINGS.withStuckAndSilentMillis(10_000, 500);
    try (Listening parec = new Listening(parec(), impatient)) {
      parec.problems.await("SILENT");
      assertThat(parec.capture.level().peakDbfs()).isEqualTo(LevelMeter.FLOOR_DBFS);
      pulse.play(wav);
      parec.problems.await("no SILENT");
    }
  }

  @Test
  void sourcesAreListed() throws Exception {
    assertThat(CaptureDevices.listPulse(pulse.environment()))
        .extracting(CaptureDevice::name)
        .containsExactly(PulseAudio.MONITOR);
    assertThat(CaptureDevices.listAlsa(pulse.environment()))
        .extracting(CaptureDevice::name)
        .contains("default", "room");
  }

  private ProcessSource parec() {
    return ProcessSource.parec(PulseAudio.MONITOR).withEnvironment(pulse.environment());
  }

  private ProcessSource arecord() {
    return ProcessSource.arecord("room").withEnvironment(pulse.environment());
  }

  private void assertFound(String how, float[] heard) {
    Correlation found = Correlation.find(played, heard);
    System.out.println(how + " heard with " + found);
    assertThat(found.coefficient()).as(how + ", correlation").isGreaterThan(0.95);
    assertThat(found.gain()).as(how + ", gain").isBetween(0.9, 1.1);
  }

  /** A capture and all that it has heard, but for gaps. */
  private static final class Listening implements AutoCloseable {
    final RecordedProblems problems = new RecordedProblems();
    final Capture capture;
    private final CaptureBlock block = new CaptureBlock(SECOND);
    private float[] heard = new float[10 * SECOND];
    private int length;
    private long gaps;

    Listening(CaptureSource source) {
      this(source, SETTINGS);
    }

    Listening(CaptureSource source, CaptureSettings settings) {
      capture = new Capture("room", source, problems, settings, CaptureClock.system());
      capture.start();
    }

    /** How much came, taken or not. */
    int length() {
      return (int) capture.capturedSamples();
    }

    float[] upTo(int end) throws InterruptedException {
      while (length < end && capture.take(block)) {
        gaps += block.gapSamples;
        assertThat(block.startSample).isEqualTo(length + gaps);
        heard = Arrays.copyOf(heard, Math.max(heard.length, length + block.length));
        System.arraycopy(block.samples, 0, heard, length, block.length);
        length += block.length;
      }
      return Arrays.copyOf(heard, length);
    }

    void assertBackAfterAGap() throws InterruptedException {
      problems.await("no DEVICE_LOST");
      while (gaps == 0) {
        upTo(length + 1);
      }
      assertThat(capture.reopens()).isPositive();
      assertThat(problems.changes()).containsExactly("DEVICE_LOST", "no DEVICE_LOST");
    }

    @Override
    public void close() {
      capture.close();
    }
  }

  private Process record(Path file) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            JavaSoundRecorder.class.getName(),
            "-",
            file.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(pulse.environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Returns the lines up to the first that begins so. */
  private static List<String> readUntil(BufferedReader output, String start) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.startsWith(start)) {
        return lines;
      }
    }
    throw new AssertionError("no line '" + start + "...' but " + lines);
  }
}
