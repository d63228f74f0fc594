package org.earshot.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.earshot.audio.MemoryChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavWriterTest {
  private static final int RATE_HZ = 16_000;

  @TempDir Path folder;

  @Test
  void bytesAreThoseOfAFile() throws IOException {
    float[] samples = new float[40_001]; // more than one buffer
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 1.5f * random.nextFloat(-1, 1); // some beyond full scale
    }
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, samples, RATE_HZ);

    assertThat(WavWriter.bytes(samples, RATE_HZ)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void bytesAreReadBackAsTheyWere() throws IOException {
    float[] samples = {0, 0.5f, -1, 0x7fffp-15f, -0x1p-15f};
    float[] read = new float[samples.length + 1];
    int count;
    try (WavReader reader = WavReader.open(new MemoryChannel(WavWriter.bytes(samples, RATE_HZ)))) {
      count = reader.read(read, 0, read.length);
      assertThat(reader.sampleRateHz()).isEqualTo(RATE_HZ);
    }

    assertThat(count).isEqualTo(samples.length);
    assertThat(read).startsWith(samples);
  }

  @Test
  void whatNoFileCanHoldIsRefused() {
    assertThatThrownBy(() -> WavWriter.bytes(new float[] {0, Float.NaN}, RATE_HZ))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sample 1");
    assertThatThrownBy(() -> WavWriter.bytes(new float[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 Hz");
  }
}
