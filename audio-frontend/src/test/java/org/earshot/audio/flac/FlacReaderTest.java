package org.earshot.audio.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.fixture.FlacBuilder;
import org.earshot.audio.fixture.FlacBuilder.Coding;
import org.earshot.audio.fixture.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlacReaderTest {
  private static final int FRAMES_OFFSET = 42;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONSTANT")
  void readsEveryCodingOfSamples(Coding coding) throws IOException {
    int[] samples = tone(1_000, 20_000);
    byte[] file = new FlacBuilder(16_000, 1, 16).frame(coding, samples).build();
    assertThat(read(file)).containsExactly(scaled(samples, 0x1p-15f));
  }

  @Test
  void readsConstantFrames() throws IOException {
    int[] samples = new int[500];
    Arrays.fill(samples, -16_384);
    byte[] file = new FlacBuilder(8_000, 1, 16).frame(Coding.CONSTANT, samples).build();
    assertThat(read(file)).hasSize(500).containsOnly(-0.5f);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16, 20, 24})
  void readsEveryWidth(int bits) throws IOException {
    int[] samples = tone(300, (1 << (bits - 1)) - 1);
    byte[] file = new FlacBuilder(48_000, 1, bits).frame(Coding.VERBATIM, samples).build();
    assertThat(read(file)).containsExactly(scaled(samples, Math.scalb(1f, 1 - bits)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void averagesTheChannels(int channels) throws IOException {
    int[][] perChannel = new int[channels][40];
    for (int c = 0; c < channels; c++) {
      Arrays.fill(perChannel[c], 100 * c);
    }
    byte[] file = new FlacBuilder(44_100, channels, 16).frame(Coding.VERBATIM, perChannel).build();
    assertThat(read(file)).hasSize(40).containsOnly(50 * (channels - 1) / 32_768f);
  }

  @Test
  void readsMidSideStereo() throws IOException {
    int[] left = tone(400, 15_000);
    int[] right = tone(400, -9_001);
    byte[] file = new FlacBuilder(44_100, 2, 16).midSideFrame(Coding.FIXED_2, left, right).build();
    float[] mean = new float[400];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (left[i] + right[i]) / 65_536f;
    }
    assertThat(read(file)).containsExactly(mean);
  }

  @Test
  void readsAStreamOfUnknownLengthAndChecksum() throws IOException {
    byte[] file = threeFrames().claimedSamples(0).withoutMd5().build();
    assertThat(read(file)).hasSize(300);
  }

  @Test
  void skipsMetadataUnread() throws IOException {
    byte[] file =
        threeFrames()
            .metadata(4, 12, new byte[12]) // tags that promise impossible sizes inside
            .metadata(6, 40, filled(40, 0xff)) // a picture of 4 GiB
            .metadata(3, 5, new byte[5])
            .metadata(1, 0, new byte[0])
            .build();
    assertThat(read(file)).hasSize(300);
  }

  @Test
  void skipsAnId3Tag() throws IOException {
    byte[] flac = threeFrames().build();
    byte[] file = new byte[10 + 20 + flac.length];
    System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 20}, 0, file, 0, 10);
    System.arraycopy(flac, 0, file, 30, flac.length);
    assertThat(read(file)).hasSize(300);
  }

  @Test
  void ignoresWhatFollowsThePromisedSamples() throws IOException {
    byte[] flac = threeFrames().build();
    assertThat(read(Arrays.copyOf(flac, flac.length + 128))).hasSize(300);
  }

  @Test
  void anySplitOfTheReadsGivesTheSameSamples() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    FlacBuilder builder = new FlacBuilder(16_000, 2, 16);
    for (int frame = 0; frame < 20; frame++) {
      int length = 16 + random.nextInt(900);
      builder.frame(Coding.FIXED_0, tone(length, 5_000), tone(length, random.nextInt(30_000)));
    }
    byte[] file = builder.build();
    float[] whole = Reading.all(FlacReader.open(new MemoryChannel(file)));
    float[] split = Reading.inRandomSteps(FlacReader.open(new MemoryChannel(file)), random);
    assertThat(split).as("seed %d", seed).isEqualTo(whole);
  }

  static Stream<Arguments> badFiles() {
    byte[] good = threeFrames().build();
    return Stream.of(
        arguments("no frames", new FlacBuilder(16_000, 1, 16).build(), 42, "without samples"),
        arguments(
            "fewer samples", threeFrames().claimedSamples(301), good.length, "cut short: 300"),
        arguments("more samples", threeFrames().claimedSamples(299), -1, "goes on after"),
        arguments("2^36-1 samples", threeFrames().claimedSamples((1L << 36) - 1), -1, "cut short"),
        arguments("wrong MD5", threeFrames().wrongMd5(), 42, "MD5"),
        arguments(
            "trailing bytes, unknown length",
            Arrays.copyOf(threeFrames().claimedSamples(0).build(), good.length + 9),
            good.length,
            "damaged FLAC frame"),
        arguments("0 Hz", new FlacBuilder(0, 1, 16).frame(Coding.FIXED_0, tone(20, 9)), 18, "0 Hz"),
        arguments("32 bits", new FlacBuilder(16_000, 1, 32), 20, "32-bit FLAC"),
        arguments("2 bits", new FlacBuilder(16_000, 1, 2), 20, "2-bit FLAC"),
        arguments(
            "another width in a frame",
            new FlacBuilder(16_000, 1, 16).frameOfBits(8, tone(20, 9)),
            42,
            "another format"),
        arguments(
            "metadata of 16 MiB",
            threeFrames().metadata(6, 0xff_ffff, new byte[0]),
            43,
            "promises 16777215 bytes"),
        arguments("metadata type 127", threeFrames().metadata(127, 4, new byte[4]), 42, "type 127"),
        arguments("second STREAMINFO", threeFrames().metadata(0, 34, new byte[34]), 42, "type 0"),
        arguments("no STREAMINFO", patched(good, 4, 0x84), 4, "without STREAMINFO"),
        arguments("STREAMINFO of 33 bytes", patched(good, 7, 33), 4, "without STREAMINFO"),
        arguments("block size 0", patched(good, 9, 0), 8, "block sizes 0..65535"),
        arguments(
            "only an ID3 tag", new byte[] {'I', 'D', '3', 4, 0, 0, 9, 9, 9, 9, 0, 0}, -1, "FLAC"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void refusesWithOneLineThatTellsTheOffset(String name, Object file, long offset, String problem) {
    byte[] bytes = file instanceof FlacBuilder builder ? builder.build() : (byte[]) file;
    assertThatExceptionOfType(CorruptAudioException.class)
        .as(name)
        .isThrownBy(() -> read(bytes))
        .satisfies(
            e -> {
              if (offset >= 0) {
                assertThat(e.offset()).isEqualTo(offset);
              }
              assertThat(e).hasMessageContaining(problem);
              assertThat(e.getMessage())
                  .contains(" at byte " + e.offset() + "; ")
                  .doesNotContain("\n")
                  .hasSizeLessThan(200);
            });
  }

  @Test
  void refusesEveryTruncationOfAFile() {
    byte[] file = threeFrames().build();
    IntStream.range(0, file.length)
        .forEach(
            length ->
                assertThatExceptionOfType(CorruptAudioException.class)
                    .as("first %d bytes", length)
                    .isThrownBy(() -> read(Arrays.copyOf(file, length)))
                    .satisfies(e -> assertThat(e.offset()).isBetween(0L, (long) length)));
  }

  @Test
  void noticesEveryFlippedBitOfTheFrames() {
    byte[] file = threeFrames().build();
    for (int at = FRAMES_OFFSET; at < file.length; at++) {
      byte[] damaged = patched(file, at, file[at] ^ (1 << (at % 8)));
      assertThatExceptionOfType(CorruptAudioException.class)
          .as("byte %d", at)
          .isThrownBy(() -> read(damaged));
    }
  }

  @Test
  void noticesDamageOfAFileWithoutChecksumOrLength() {
    byte[] file = threeFrames().claimedSamples(0).withoutMd5().build();
    for (int at = FRAMES_OFFSET; at < file.length; at++) {
      byte[] damaged = patched(file, at, file[at] ^ (1 << (at % 8)));
      assertThatExceptionOfType(CorruptAudioException.class)
          .as("byte %d", at)
          .isThrownBy(() -> read(damaged));
    }
  }

  private static FlacBuilder threeFrames() {
    return new FlacBuilder(16_000, 1, 16)
        .frame(Coding.FIXED_2, tone(100, 20_000))
        .frame(Coding.LPC_2, tone(120, 3_000))
        .frame(Coding.VERBATIM, tone(80, 32_767));
  }

  private static int[] tone(int length, int amplitude) {
    int[] samples = new int[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (int) Math.round(amplitude * Math.cos(0.3 * i));
    }
    return samples;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] patched(byte[] file, int at, int value) {
    byte[] copy = file.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static float[] scaled(int[] samples, float scale) {
    float[] floats = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      floats[i] = samples[i] * scale;
    }
    return floats;
  }

  private static float[] read(byte[] file) throws IOException {
    return Reading.all(FlacReader.open(new MemoryChannel(file)));
  }
}
