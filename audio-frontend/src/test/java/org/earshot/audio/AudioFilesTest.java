package org.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earshot.audio.wav.WavWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AudioFilesTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatWasWritten() throws IOException {
    float[] samples = {0, 0.5f, -0.5f, -1, 32_767 / 32_768f};
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, samples, 16_000);
    assertThat(AudioFiles.readAll16k(file, 1_000)).containsExactly(samples);
  }

  @Test
  void resamplesToTheSystemRate() throws IOException {
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, new float[44_100], 44_100);
    assertThat(AudioFiles.readAll16k(file, Integer.MAX_VALUE)).hasSize(16_000);
  }

  @Test
  void readsNoMoreThanAskedFor() throws IOException {
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, new float[200_000], 16_000);
    assertThat(AudioFiles.readAll16k(file, 123_456)).hasSize(123_456);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("a.wav"));
    assertThatExceptionOfType(CorruptAudioException.class)
        .isThrownBy(() -> AudioFiles.open(file))
        .withMessage("empty file at byte 0; record or copy it again");
  }

  @Test
  void refusesAFolder() {
    assertThatIOException()
        .isThrownBy(() -> AudioFiles.open(folder))
        .withMessageContaining("folder");
  }
}
