package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.capture.Capture;
import org.earshot.audio.capture.CaptureListener;
import org.earshot.audio.capture.CaptureProblem;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.wav.WavWriter;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.EventLabels;
import org.earshot.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicCheckTest {
  private static final Path DEMO = Path.of("demo");
  private static final Path MODELS = Path.of("..", "models");

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();

  private Path room(double rms) throws IOException {
    Random random = new Random(3);
    float[] samples = new float[6 * AudioFiles.SAMPLE_RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (rms * random.nextGaussian());
    }
    Path file = folder.resolve("room.wav");
    WavWriter.write(file, samples, AudioFiles.SAMPLE_RATE_HZ);
    return file;
  }

  private MicCheck.Outcome check(double seconds, Path... recordings) throws Exception {
    StreamingDetector detector =
        new StreamingDetector(
            ModelFile.read(MODELS),
            FeatureSpec.standard(),
            EventLabels.ALARMS,
            new Sensitivity(Sensitivity.MAX, Map.of()));
    CaptureListener listener =
        new CaptureListener() {
          @Override
          public void problem(CaptureProblem problem, String detail) {}

          @Override
          public void cleared(CaptureProblem problem) {}
        };
    try (Capture capture = new Capture("t", ReplaySource.fast(List.of(recordings)), listener)) {
      capture.start();
      return new MicCheck(new PrintWriter(said, true), false).run(capture, detector, seconds);
    }
  }

  @Test
  void hearsTheTestButtonAfterAQuietRoom() throws Exception {
    assertThat(check(60, room(0.001), DEMO.resolve("smoke-alarm-t3.wav")))
        .isEqualTo(MicCheck.Outcome.ALARM_HEARD);
    assertThat(said.toString()).contains("-60 dBFS, fine").contains("Heard: smoke_alarm");
  }

  @Test
  void saysThatNoAlarmWasHeard() throws Exception {
    assertThat(check(4, room(0.001), DEMO.resolve("door-knock.wav")))
        .isEqualTo(MicCheck.Outcome.NO_ALARM);
    assertThat(said.toString()).contains("No alarm was heard").contains("nearer");
  }

  @Test
  void aMutedMicrophoneIsToldFromAQuietRoom() throws Exception {
    assertThat(check(4, room(0))).isEqualTo(MicCheck.Outcome.NO_SOUND);
    assertThat(said.toString()).contains("muted");
  }

  @Test
  void aGainThatIsOffIsTold() throws Exception {
    check(1, room(3e-5), DEMO.resolve("door-knock.wav"));
    assertThat(said.toString()).contains("too quiet: raise");
    check(1, room(0.2), DEMO.resolve("door-knock.wav"));
    assertThat(said.toString()).contains("too loud: lower");
  }

  @Test
  void aMicrophoneThatEndsBeforeAnythingIsNoAlarmMissed() throws Exception {
    assertThat(check(4, folder.resolve("missing.wav"))).isEqualTo(MicCheck.Outcome.NO_SOUND);
    assertThat(said.toString()).doesNotContain("No alarm").contains("missing.wav: does not exist");
  }
}
