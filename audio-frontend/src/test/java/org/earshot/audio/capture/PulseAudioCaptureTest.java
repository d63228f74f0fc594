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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.fixture.Correlation;
import org.earshot.audio.fixture.PulseAudio;
import org.earshot.audio.wav.WavWriter;
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
      CaptureSettings.defaults().withRetryMillis(50, 200);

  @TempDir Path folder;

  private final RecordedProblems problems = new RecordedProblems();
  private PulseAudio pulse;
  private float[] played;
  private Path wav;

  @BeforeEach
  void startServer() throws Exception {
    PulseAudio.assumeInstalled();
    pulse = PulseAudio.start(folder);
    played = chirps();
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
  void parecHearsWhatIsPlayed() throws Exception {
    ProcessSource parec =
        ProcessSource.parec(PulseAudio.MONITOR).withEnvironment(pulse.environment());
    assertHears(parec);
  }

  @Test
  void arecordHearsWhatIsPlayed() throws Exception {
    assertHears(ProcessSource.arecord("room").withEnvironment(pulse.environment()));
  }

  @Test
  void javaSoundHearsWhatIsPlayed() throws Exception {
    Path recording = folder.resolve("heard.wav");
    Process recorder = record("-", 3, recording);
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = output(recorder)) {
      lines.addAll(readUntil(output, "heard "));
      pulse.play(wav);
      readUntil(output, "captured");
      assertThat(recorder.waitFor()).isZero();
    } finally {
      recorder.destroyForcibly();
    }
    assertThat(lines).anyMatch(line -> line.startsWith("device 0 default"));
    assertThat(lines).contains("heard 48000 Hz, 1 channel");
    assertFound(AudioFiles.readAll16k(recording, Integer.MAX_VALUE));
  }

  @Test
  void killedServerIsALostDeviceForParecAndItsReturnClearsThat() throws Exception {
    assertNoticesAndRecovers(
        ProcessSource.parec(PulseAudio.MONITOR).withEnvironment(pulse.environment()));
  }

  @Test
  void killedServerIsALostDeviceForArecordAndItsReturnClearsThat() throws Exception {
    assertNoticesAndRecovers(ProcessSource.arecord("room").withEnvironment(pulse.environment()));
  }

  @Test
  void killedServerIsALostDeviceForJavaSoundAndItsReturnClearsThat() throws Exception {
    Process recorder = record("-", 6, folder.resolve("heard.wav"));
    try (BufferedReader output = output(recorder)) {
      readUntil(output, "heard ");
      pulse.kill();
      List<String> told = readUntil(output, "problem ");
      System.out.println("Java Sound, server killed: " + told);
      pulse.startServer();
      List<String> after = readUntil(output, "cleared ");
      System.out.println("Java Sound, server back: " + after);
      readUntil(output, "captured");
    } finally {
      recorder.destroyForcibly();
    }
  }

  @Test
  void deviceThatComesLateIsHeard() throws Exception {
    pulse.kill();
    ProcessSource parec =
        ProcessSource.parec(PulseAudio.MONITOR).withEnvironment(pulse.environment());
    try (Capture capture = new Capture("late", parec, problems, SETTINGS, CaptureClock.system())) {
      capture.start();
      problems.await("DEVICE_ABSENT");
      assertThat(problems.details().get(0)).contains("'parec' ended with code 1: ");
      pulse.startServer();
      CaptureBlock block = new CaptureBlock(SECOND);
      assertThat(capture.take(block)).isTrue();
      problems.await("no DEVICE_ABSENT");
      assertThat(block.gapSamples).isZero();
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

  private void assertHears(CaptureSource source) throws Exception {
    try (Capture capture = new Capture("room", source, problems, SETTINGS, CaptureClock.system())) {
      capture.start();
      CaptureBlock block = new CaptureBlock(SECOND);
      assertThat(capture.take(block)).isTrue(); // it listens
      Process player = pulse.startPlaying(wav);
      float[] heard = new float[60 * SECOND];
      int length = 0;
      int end = heard.length; // a second after it was played
      while (length < end && capture.take(block)) {
        assertThat(block.gapSamples).isZero();
        int n = Math.min(block.length, end - length);
        System.arraycopy(block.samples, 0, heard, length, n);
        length += n;
        if (end == heard.length && !player.isAlive()) {
          end = Math.min(end, length + SECOND);
        }
      }
      assertThat(player.waitFor()).isZero();
      heard = Arrays.copyOf(heard, length);
      System.out.println(source.name() + ", level " + capture.level().level());
      assertFound(heard);
      assertThat(problems.changes()).isEmpty();
      assertThat(capture.droppedSamples()).isZero();
    }
  }

  private void assertNoticesAndRecovers(CaptureSource source) throws Exception {
    try (Capture capture = new Capture("room", source, problems, SETTINGS, CaptureClock.system())) {
      capture.start();
      CaptureBlock block = new CaptureBlock(SECOND);
      assertThat(capture.take(block)).isTrue();
      pulse.kill();
      problems.await("DEVICE_LOST");
      System.out.println(source.name() + ", server killed: " + problems.details());
      pulse.startServer();
      problems.await("no DEVICE_LOST");
      long gap = 0;
      long next = block.startSample + block.length;
      while (gap == 0 && capture.take(block)) {
        gap = block.gapSamples;
        assertThat(block.startSample).isEqualTo(next + gap);
        next = block.startSample + block.length;
      }
      assertThat(gap).as("the time without a server").isPositive();
      assertThat(capture.reopens()).isPositive();
      assertThat(problems.changes()).containsExactly("DEVICE_LOST", "no DEVICE_LOST");
    }
  }

  private void assertFound(float[] heard) {
    Correlation found = Correlation.find(played, heard);
    System.out.println("heard with " + found);
    assertThat(found.coefficient()).as("correlation of played and heard").isGreaterThan(0.95);
    assertThat(found.gain()).as("gain").isBetween(0.9, 1.1);
  }

  private Process record(String device, int seconds, Path file) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            JavaSoundRecorder.class.getName(),
            device,
            String.valueOf(seconds),
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

  /**
   * A second of tones that glide between 300 and 2500 Hz, like nothing else: half a sample more or
   * less hardly shows.
   */
  private static float[] chirps() {
    long seed = System.nanoTime();
    System.out.println("PulseAudioCaptureTest seed " + seed);
    Random random = new Random(seed);
    float[] samples = new float[SECOND];
    double phase = 0;
    double from = 300;
    double to = 2_500;
    int glide = SECOND / 8;
    for (int i = 0; i < samples.length; i++) {
      if (i % glide == 0) {
        from = to;
        to = 300 + 2_200 * random.nextDouble();
      }
      phase += 2 * Math.PI * (from + (to - from) * (i % glide) / glide) / SECOND;
      samples[i] = (float) (0.5 * Math.sin(phase));
    }
    return samples;
  }
}
