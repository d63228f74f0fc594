package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.earshot.audio.wav.WavWriter;
import org.earshot.simulation.DemoRecordings;
import org.earshot.simulation.Soundscape;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sounds that nobody should be told about. */
class QuietTest {
  private static final double SECONDS = 60;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void raisesNoAlertAtTheDefaultSensitivity(String kind) throws IOException {
    Soundscape negative =
        DemoRecordings.negatives(SECONDS).stream()
            .filter(scene -> scene.name().equals(kind))
            .findAny()
            .orElseThrow();
    Path file = folder.resolve(kind + ".wav");
    WavWriter.write(file, negative.samples(), 16_000);
    assertThat(Detection.alerts(file)).isEmpty();
  }

  static List<String> kinds() {
    List<String> kinds = DemoRecordings.negatives(0.1).stream().map(Soundscape::name).toList();
    assertThat(kinds).containsExactly("silence", "white", "pink", "hum", "speech-like");
    return kinds;
  }
}
