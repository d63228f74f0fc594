package org.earshot.yamnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.earshot.fixture.YamnetFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamnetModelTest {

  private static final int SILENCE = 494; // "Silence" in yamnet_class_map.csv

  @Test
  void refusesAFileThatIsNoModel(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("not.tflite"), "not a model");

    assertThatThrownBy(() -> YamnetModel.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a TensorFlow Lite model");
  }

  @Test
  void namesTheFileThatIsAbsent(@TempDir Path folder) {
    assertThatThrownBy(() -> YamnetModel.open(folder.resolve("absent.tflite")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent.tflite");
  }

  @Test
  void hearsSilenceInSilence() throws IOException {
    try (YamnetModel model = YamnetModel.open(YamnetFile.orSkip())) {
      float[] scores = new float[YamnetClass.COUNT];
      model.score(new float[YamnetModel.WINDOW_SAMPLES], scores);

      assertThat(scores[SILENCE]).isGreaterThan(0.5f);
    }
  }

  @Test
  void givesTheSameScoresForTheSameWindowAgain() throws IOException {
    try (YamnetModel model = YamnetModel.open(YamnetFile.orSkip())) {
      Random random = new Random(7);
      float[] window = new float[YamnetModel.WINDOW_SAMPLES];
      for (int i = 0; i < window.length; i++) {
        window[i] = (float) (0.1 * random.nextGaussian());
      }
      float[] first = new float[YamnetClass.COUNT];
      float[] second = new float[YamnetClass.COUNT];
      model.score(window, first);
      model.score(new float[YamnetModel.WINDOW_SAMPLES], second);
      model.score(window, second);

      assertThat(second).containsExactly(first);
      assertThat(first[SILENCE]).isLessThan(0.5f);
    }
  }

  @Test
  void reportedClassesBearTheNamesOfTheClassMap() throws IOException {
    List<String> map = Files.readAllLines(YamnetFile.classMapOrSkip(), StandardCharsets.UTF_8);

    assertThat(map).hasSize(YamnetClass.COUNT + 1);
    for (YamnetClass yamnetClass : YamnetClass.REPORTED) {
      String line = map.get(yamnetClass.index() + 1);
      assertThat(line).startsWith(yamnetClass.index() + ",");
      String name = line.substring(line.indexOf(',', line.indexOf(',') + 1) + 1).replace("\"", "");
      assertThat(name).isEqualTo(yamnetClass.displayName());
    }
  }
}
