package org.earshot.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.earshot.audio.fixture.WavBuilder.IEEE_FLOAT;
import static org.earshot.audio.fixture.WavBuilder.PCM;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earshot.audio.CorruptAudioException;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.fixture.Reading;
import org.earshot.audio.fixture.WavBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WavReaderBadInputTest {
  private static final byte[] DATA = WavBuilder.shorts(16_384, -16_384, 8_192);

  static Stream<Arguments> badFiles() {
    return Stream.of(
        arguments("no samples", mono16().data(new byte[0]), 44, "without samples"),
        arguments("half a sample", mono16().data(new byte[1]), 44, "without samples"),
        arguments(
            "no samples, a list after them",
            mono16().data(new byte[0]).chunk("LIST", new byte[4]),
            44,
            "without samples"),
        arguments("no data chunk", mono16(), 36, "without a data chunk"),
        arguments("no chunk at all", new WavBuilder(), 12, "without a format chunk"),
        arguments("no format", new WavBuilder().data(DATA), 26, "without a format chunk"),
        arguments(
            "streamed, 2^32-1, no samples",
            mono16().chunk("data", 0xffff_ffffL, new byte[0]),
            44,
            "without samples"),
        arguments(
            "truncated",
            mono16().chunk("data", 8, DATA),
            40,
            "promises 8 bytes and the file has 6"),
        arguments("data size 2^32-2", mono16().chunk("data", -2, DATA), 40, "4294967294 bytes"),
        arguments("data size 2^31", mono16().chunk("data", 1L << 31, DATA), 40, "2147483648"),
        arguments("data size -6", mono16().chunk("data", -6, DATA), 40, "4294967290 bytes"),
        arguments(
            "format size 0",
            new WavBuilder().chunk("fmt ", 0, new byte[16]).data(DATA),
            16,
            "format chunk of 0 bytes"),
        arguments(
            "format size 2^32-1",
            new WavBuilder().chunk("fmt ", 0xffff_ffffL, new byte[16]).data(DATA),
            16,
            "promises 4294967295 bytes"),
        arguments(
            "list size -1",
            new WavBuilder().chunk("LIST", -1, new byte[16]).data(DATA),
            16,
            "promises 4294967295 bytes"),
        arguments("0 channels", format(PCM, 0, 16_000, 16), 22, "channel count 0 "),
        arguments("65535 channels", format(PCM, 65_535, 16_000, 8), 22, "channel count 65535 "),
        arguments("0 Hz", format(PCM, 1, 0, 16), 24, "sample rate 0 Hz is not in 8000..192000"),
        arguments("7999 Hz", format(PCM, 1, 7_999, 16), 24, "sample rate 7999 Hz"),
        arguments("192001 Hz", format(PCM, 1, 192_001, 16), 24, "sample rate 192001 Hz"),
        arguments("-1 Hz", format(PCM, 1, -1, 16), 24, "sample rate 4294967295 Hz"),
        arguments("0 bits", format(PCM, 1, 16_000, 0), 34, "0-bit integer"),
        arguments("33 bits", format(PCM, 1, 16_000, 33), 34, "33-bit integer"),
        arguments("16-bit float", format(IEEE_FLOAT, 1, 16_000, 16), 34, "16-bit float"),
        arguments("A-law", format(6, 1, 8_000, 8), 20, "encoding 0x0006"),
        arguments("ADPCM", format(2, 1, 8_000, 4), 20, "encoding 0x0002"),
        arguments(
            "extensible in 16 bytes",
            format(0xfffe, 1, 16_000, 16),
            16,
            "chunk of 16 bytes, not 40"),
        arguments("wrong block size", patched(32, 3), 32, "block size 3"),
        arguments("unknown sub-format", patchedExtensible(), 44, "sub-format"),
        arguments("NaN", floats(0, Float.NaN), 48, "sample of value NaN"),
        arguments("infinity", floats(Float.POSITIVE_INFINITY), 44, "value Infinity"),
        arguments("-infinity", floats(0, 0, Float.NEGATIVE_INFINITY), 52, "value -Infinity"),
        arguments("huge float", floats(0, 3e38f), 48, "value 3"),
        arguments(
            "NaN in the second channel",
            format64(2, 0.0, 0.0, 0.0, Double.NaN),
            44 + 24,
            "sample of value NaN"),
        arguments("binary chunk id", mono16().raw(new byte[20]).data(DATA), 36, "no WAV chunk"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void refusesWithOneLineThatTellsTheOffset(String name, Object file, long offset, String problem) {
    byte[] bytes = file instanceof WavBuilder builder ? builder.build() : (byte[]) file;
    assertThatExceptionOfType(CorruptAudioException.class)
        .as(name)
        .isThrownBy(() -> read(bytes))
        .satisfies(
            e -> {
              assertThat(e.offset()).isEqualTo(offset);
              assertThat(e).hasMessageContaining(problem);
              assertThat(e.getMessage())
                  .contains(" at byte " + offset + "; ")
                  .doesNotContain("\n")
                  .hasSizeLessThan(200);
            });
  }

  @Test
  void refusesEveryTruncationOfAFile() {
    byte[] file = mono16().chunk("LIST", new byte[9]).data(DATA).build();
    IntStream.range(0, file.length)
        .forEach(
            length ->
                assertThatExceptionOfType(CorruptAudioException.class)
                    .as("first %d bytes", length)
                    .isThrownBy(() -> read(Arrays.copyOf(file, length)))
                    .satisfies(e -> assertThat(e.offset()).isBetween(0L, (long) length)));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, -1, 1L << 40, 7})
  void refusesALongSizeThatLies(long size) {
    ByteBuffer sizes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    sizes.putLong(8, size);
    byte[] file =
        new WavBuilder()
            .form("RF64")
            .chunk("ds64", sizes.array())
            .format(PCM, 1, 16_000, 16)
            .chunk("data", size == -1 ? 1L << 31 : 0xffff_ffffL, DATA)
            .build();
    assertThatExceptionOfType(CorruptAudioException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("promises");
  }

  @Test
  void givesUpOnEndlessChunks() {
    byte[] empty = new WavBuilder().chunk("JUNK", new byte[0]).build();
    byte[] file = new byte[12 + 8 * 5_000];
    System.arraycopy(empty, 0, file, 0, 12);
    for (int at = 12; at < file.length; at += 8) {
      System.arraycopy(empty, 12, file, at, 8);
    }
    assertThatExceptionOfType(CorruptAudioException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("more than 4096 WAV chunks");
  }

  @Test
  void givesTheSamplesBeforeABadOne() throws IOException {
    WavReader reader = WavReader.open(new MemoryChannel(floats(0.25f, Float.NaN)));
    float[] buffer = new float[2];
    assertThat(reader.read(buffer, 0, 1)).isEqualTo(1);
    assertThat(buffer[0]).isEqualTo(0.25f);
    assertThatExceptionOfType(CorruptAudioException.class)
        .isThrownBy(() -> reader.read(buffer, 0, 1));
  }

  private static WavBuilder mono16() {
    return format0(PCM, 1, 16_000, 16);
  }

  private static WavBuilder format(int tag, int channels, int rateHz, int bits) {
    return format0(tag, channels, rateHz, bits).data(new byte[65_536]);
  }

  private static WavBuilder format0(int tag, int channels, int rateHz, int bits) {
    return new WavBuilder().format(tag, channels, rateHz, bits);
  }

  private static byte[] floats(float... samples) {
    return format0(IEEE_FLOAT, 1, 16_000, 32).data(WavBuilder.floats(samples)).build();
  }

  private static byte[] format64(int channels, double... samples) {
    return format0(IEEE_FLOAT, channels, 16_000, 64).data(WavBuilder.doubles(samples)).build();
  }

  private static byte[] patched(int at, int value) {
    byte[] file = mono16().data(DATA).build();
    file[at] = (byte) value;
    return file;
  }

  private static byte[] patchedExtensible() {
    byte[] file = new WavBuilder().extensible(PCM, 1, 16_000, 16, 16).data(DATA).build();
    file[50] ^= 1;
    return file;
  }

  private static void read(byte[] file) throws IOException {
    Reading.all(WavReader.open(new MemoryChannel(file)));
  }
}
