package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.fixture.FlacBuilder;
import org.earshot.audio.fixture.WavBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplaySourceTest {
  @TempDir Path folder;

  private Path wav;
  private Path flac;

  @BeforeEach
  void writeRecordings() throws IOException {
    wav = Files.write(folder.resolve("a.wav"), WavBuilder.pcm16(48_000, noise(1, 30_000)));
    flac = Files.write(folder.resolve("b.flac"), FlacBuilder.pcm16(16_000, noise(2, 4_000)));
  }

  @Test
  void filesFollowOneAnotherBitForBit() throws IOException {
    float[] expected = concatenation();
    assertThat(readAll(ReplaySource.fast(List.of(wav, flac)), 777)).isEqualTo(expected);
  }

  @Test
  void paceDoesNotChangeTheSamples() throws IOException {
    ReplaySource paced = ReplaySource.paced(List.of(wav, flac), new FakeClock());
    assertThat(readAll(paced, 777)).isEqualTo(concatenation());
  }

  @Test
  void noSampleComesBeforeItsTimeAndNoneMuchLater() throws IOException {
    FakeClock clock = new FakeClock();
    long start = clock.nanoTime();
    float[] buffer = new float[8_000];
    long given = 0;
    try (CaptureSource.Stream stream = ReplaySource.paced(List.of(wav), clock).open()) {
      for (int n = stream.read(buffer, 0, 8_000); n > 0; n = stream.read(buffer, 0, 8_000)) {
        given += n;
        assertThat(n).as("20 ms at most").isLessThanOrEqualTo(320);
        assertThat(clock.nanoTime() - start).isEqualTo(given * 62_500);
      }
    }
    assertThat(given).isEqualTo(10_000);
  }

  @Test
  void paceThatFellBehindIsCaughtUp() throws IOException {
    FakeClock clock = new FakeClock();
    float[] buffer = new float[320];
    Path native16k =
        Files.write(folder.resolve("c.wav"), WavBuilder.pcm16(16_000, noise(3, 3_200)));
    try (CaptureSource.Stream stream = ReplaySource.paced(List.of(native16k), clock).open()) {
      clock.advanceMillis(100);
      for (int i = 0; i < 5; i++) {
        stream.read(buffer, 0, 320);
      }
      assertThat(clock.sleptMillis()).isEmpty();
      stream.read(buffer, 0, 320);
      assertThat(clock.sleptMillis()).containsExactly(20L);
    }
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Path missing = folder.resolve("missing.wav");
    try (CaptureSource.Stream stream = ReplaySource.fast(List.of(missing)).open()) {
      assertThatThrownBy(() -> stream.read(new float[10], 0, 10))
          .isInstanceOf(IOException.class)
          .hasMessage(missing + ": does not exist; check the path");
    }
  }

  @Test
  void closedReplayReadsNoMore() throws IOException {
    CaptureSource.Stream stream = ReplaySource.fast(List.of(wav)).open();
    assertThat(stream.read(new float[10], 0, 10)).isPositive();
    stream.close();
    stream.close();
    assertThatThrownBy(() -> stream.read(new float[10], 0, 10)).isInstanceOf(IOException.class);
  }

  @Test
  void namesItsRecordings() {
    assertThat(ReplaySource.fast(List.of(wav)).name()).isEqualTo("recording a.wav");
    assertThat(ReplaySource.fast(List.of(wav, flac)).name())
        .isEqualTo("recording a.wav and 1 more");
    assertThat(ReplaySource.fast(List.of(wav)).isFinite()).isTrue();
    assertThatThrownBy(() -> ReplaySource.fast(List.of())).hasMessage("no files to replay");
  }

  private float[] concatenation() throws IOException {
    float[] first = AudioFiles.readAll16k(wav, Integer.MAX_VALUE);
    float[] second = AudioFiles.readAll16k(flac, Integer.MAX_VALUE);
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static float[] readAll(ReplaySource source, int blockSamples) throws IOException {
    float[] all = new float[100_000];
    int length = 0;
    try (CaptureSource.Stream stream = source.open()) {
      for (int n = stream.read(all, length, blockSamples);
          n >= 0;
          n = stream.read(all, length, blockSamples)) {
        length += n;
      }
    }
    return Arrays.copyOf(all, length);
  }

  private static int[] noise(long seed, int length) {
    return new Random(seed).ints(length, -30_000, 30_000).toArray();
  }
}
