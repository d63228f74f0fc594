package org.earshot.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.wav.WavWriter;
import org.earshot.fixture.YamnetFile;
import org.earshot.yamnet.YamnetClass;
import org.earshot.yamnet.YamnetModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamnetPeerTest {

  @Test
  void writesARowForEveryWindowAndAColumnForEveryReportedClass(@TempDir Path folder)
      throws IOException {
    Path wav = folder.resolve("noise.wav");
    WavWriter.write(wav, noise(40_000, 0.05), 16_000);
    List<String> lines = scoresOf(folder, wav);

    assertThat(lines.get(0).split("\t", -1))
        .startsWith("filename", "time", "Smoke detector, smoke alarm")
        .hasSize(2 + YamnetClass.REPORTED.size());
    // 40,000 samples: windows at 0, 7,680, 15,360, 23,040 and 30,720 (padded)
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> line.split("\t", -1)[1])
        .containsExactly("0.00", "0.48", "0.96", "1.44", "1.92");
    assertThat(lines.get(1)).startsWith(wav + "\t");
  }

  @Test
  void hearsASmokeAlarmsCadence(@TempDir Path folder) throws IOException {
    Path wav = folder.resolve("t3.wav");
    WavWriter.write(wav, temporalThree(), 16_000);
    List<String> lines = scoresOf(folder, wav);

    double alarm =
        lines.stream()
            .skip(1)
            .map(line -> line.split("\t", -1))
            .mapToDouble(
                row -> // smoke detector, fire alarm, alarm or beep
                Arrays.stream(row, 2, 6).mapToDouble(Double::parseDouble).max().orElseThrow())
            .max()
            .orElseThrow();
    assertThat(alarm).isGreaterThan(0.2);
  }

  @Test
  void namesTheFileThatCannotBeRead(@TempDir Path folder) throws IOException {
    YamnetFile.orSkip();
    Path junk = Files.writeString(folder.resolve("junk.wav"), "not audio");

    assertThatThrownBy(() -> scoresOf(folder, junk))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("junk.wav");
  }

  private static List<String> scoresOf(Path folder, Path wav) throws IOException {
    Path out = folder.resolve("scores.tsv");
    try (YamnetModel model = YamnetModel.open(YamnetFile.orSkip())) {
      new YamnetPeer(model, YamnetClass.REPORTED).run(List.of(wav.toString()), out);
    }
    return Files.readAllLines(out);
  }

  /** Three 0.5 s beeps at 3.1 kHz with 0.5 s gaps and a 1.5 s pause (ISO 8201), 8 s of it. */
  private static float[] temporalThree() {
    float[] samples = noise(8 * 16_000, 0.002);
    for (int i = 0; i < samples.length; i++) {
      double time = i / 16_000.0 % 4.0;
      if (time < 2.5 && time % 1.0 < 0.5) {
        samples[i] += (float) (0.3 * Math.sin(2 * Math.PI * 3100 * i / 16_000.0));
      }
    }
    return samples;
  }

  private static float[] noise(int length, double level) {
    Random random = new Random(11);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (level * random.nextGaussian());
    }
    return samples;
  }
}
