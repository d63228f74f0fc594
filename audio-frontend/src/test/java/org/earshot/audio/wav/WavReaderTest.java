package org.earshot.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.fixture.Reading;
import org.earshot.audio.fixture.WavBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WavReaderTest {
  private static final int PCM = WavBuilder.PCM;
  private static final int IEEE_FLOAT = WavBuilder.IEEE_FLOAT;
  private static final byte[] DATA = WavBuilder.shorts(16_384, -16_384, 8_192);
  private static final float[] SAMPLES = {0.5f, -0.5f, 0.25f};

  @TempDir Path folder;

  @Test
  void readsUnsigned8Bit() throws IOException {
    byte[] data = {0, 64, (byte) 128, (byte) 255};
    assertThat(read(new WavBuilder().format(PCM, 1, 8_000, 8).data(data)))
        .containsExactly(-1, -0.5f, 0, 127 / 128f);
  }

  @Test
  void reads16Bit() throws IOException {
    byte[] data = WavBuilder.shorts(-32_768, 16_384, 0, 32_767);
    assertThat(read(new WavBuilder().format(PCM, 1, 16_000, 16).data(data)))
        .containsExactly(-1, 0.5f, 0, 32_767 / 32_768f);
  }

  @Test
  void reads24Bit() throws IOException {
    byte[] data = {0, 0, (byte) 0x80, 0, 0, 0x40, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertThat(read(new WavBuilder().format(PCM, 1, 48_000, 24).data(data)))
        .containsExactly(-1, 0.5f, 0, -1 / 8_388_608f);
  }

  @Test
  void reads32Bit() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(Integer.MIN_VALUE).putInt(1 << 30).putInt(0);
    assertThat(read(new WavBuilder().format(PCM, 1, 96_000, 32).data(data.array())))
        .containsExactly(-1, 0.5f, 0);
  }

  @Test
  void reads32BitFloat() throws IOException {
    byte[] data = WavBuilder.floats(-1, 0.1f, 1.5f, -0f);
    assertThat(read(new WavBuilder().format(IEEE_FLOAT, 1, 192_000, 32).data(data)))
        .containsExactly(-1, 0.1f, 1.5f, -0f);
  }

  @Test
  void reads64BitFloat() throws IOException {
    byte[] data = WavBuilder.doubles(-1, 0.1, 1e-300);
    assertThat(read(new WavBuilder().format(IEEE_FLOAT, 1, 44_100, 64).data(data)))
        .containsExactly(-1, 0.1f, 0);
  }

  @Test
  void reads20BitsInThreeBytes() throws IOException {
    byte[] data = {0, 0, 0x40, 0, 0, (byte) 0xc0};
    assertThat(read(new WavBuilder().format(PCM, 1, 48_000, 20).data(data)))
        .containsExactly(0.5f, -0.5f);
  }

  @Test
  void readsExtensiblePcmAndFloat() throws IOException {
    assertThat(read(new WavBuilder().extensible(PCM, 1, 48_000, 16, 16).data(DATA)))
        .containsExactly(SAMPLES);
    byte[] floats = WavBuilder.floats(SAMPLES);
    assertThat(read(new WavBuilder().extensible(IEEE_FLOAT, 1, 48_000, 32, 32).data(floats)))
        .containsExactly(SAMPLES);
  }

  @Test
  void averagesTheChannels() throws IOException {
    byte[] data = WavBuilder.shorts(300, -100, 100, 32_767, 32_767, 32_767);
    assertThat(read(new WavBuilder().format(PCM, 3, 16_000, 16).data(data)))
        .containsExactly(100 / 32_768f, 32_767 / 32_768f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 255, 32_768, 65_534})
  void readsAnyChannelCount(int channels) throws IOException {
    byte[] data = new byte[3 * channels]; // 8-bit, -1 in every channel
    assertThat(read(new WavBuilder().format(PCM, channels, 16_000, 8).data(data)))
        .containsExactly(-1, -1, -1);
  }

  @Test
  void readsFramesTooWideForTheBlockSizeField() throws IOException {
    byte[] data = new byte[2 * 65_534 * 8];
    assertThat(read(new WavBuilder().format(IEEE_FLOAT, 65_534, 16_000, 64).data(data)))
        .containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000})
  void tellsTheSampleRate(int rateHz) throws IOException {
    byte[] file = WavBuilder.pcm16(rateHz, 1);
    assertThat(WavReader.open(new MemoryChannel(file)).sampleRateHz()).isEqualTo(rateHz);
  }

  @Test
  void skipsChunksBeforeAndAfterTheSamples() throws IOException {
    WavBuilder file =
        new WavBuilder()
            .chunk("JUNK", new byte[28])
            .chunk("bext", new byte[603])
            .format(PCM, 1, 16_000, 16)
            .chunk("fact", new byte[4])
            .chunk("LIST", new byte[0])
            .chunk("LIST", new byte[17])
            .data(DATA)
            .chunk("LIST", new byte[26])
            .chunk("id3 ", new byte[5]);
    assertThat(read(file)).containsExactly(SAMPLES);
  }

  @Test
  void takesTheFormatAfterTheSamples() throws IOException {
    WavBuilder file = new WavBuilder().data(DATA).chunk("fact", new byte[4]);
    assertThat(read(file.format(PCM, 1, 16_000, 16))).containsExactly(SAMPLES);
  }

  @Test
  void takesTheFirstOfSeveralDataChunks() throws IOException {
    WavBuilder file = new WavBuilder().format(PCM, 1, 16_000, 16).data(DATA);
    assertThat(read(file.data(new byte[100]))).containsExactly(SAMPLES);
  }

  @Test
  void findsTheNextChunkWhenAPadByteWasForgotten() throws IOException {
    WavBuilder file = new WavBuilder().chunk("LIST", 5, new byte[5]);
    assertThat(read(file.format(PCM, 1, 16_000, 16).data(DATA))).containsExactly(SAMPLES);
  }

  @Test
  void readsOddDataWithAndWithoutItsPadByte() throws IOException {
    WavBuilder padded = new WavBuilder().format(PCM, 1, 16_000, 8).data(new byte[3]);
    assertThat(read(padded)).hasSize(3);
    WavBuilder bare = new WavBuilder().format(PCM, 1, 16_000, 8).chunk("data", 3, new byte[3]);
    assertThat(read(bare)).hasSize(3);
  }

  @Test
  void dropsAnIncompleteLastFrame() throws IOException {
    WavBuilder file = new WavBuilder().format(PCM, 2, 16_000, 16).data(new byte[11]);
    assertThat(read(file)).hasSize(2);
  }

  @Test
  void doesNotBelieveTheRiffSize() throws IOException {
    for (long size : new long[] {0, 4, 1 << 20, 0x8000_0000L, 0xffff_ffffL}) {
      WavBuilder file = new WavBuilder().riffSize(size).format(PCM, 1, 16_000, 16).data(DATA);
      assertThat(read(file)).as("RIFF size %d", size).containsExactly(SAMPLES);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xffff_ffffL})
  void readsAStreamedFileToItsEnd(long size) throws IOException {
    WavBuilder file = new WavBuilder().riffSize(size).format(PCM, 1, 16_000, 16);
    assertThat(read(file.chunk("data", size, DATA).raw(new byte[1]))).containsExactly(SAMPLES);
  }

  @Test
  void readsWhatArecordAndSoxWriteToAPipe() throws IOException {
    for (long size : new long[] {0x8000_0000L, 0x7fff_f000L, 0x7fff_effcL}) {
      WavBuilder file = new WavBuilder().riffSize(size + 36).format(PCM, 1, 16_000, 16);
      assertThat(read(file.chunk("data", size, DATA))).containsExactly(SAMPLES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RF64", "BW64"})
  void takesTheSizeFromTheLongSizeChunk(String form) throws IOException {
    ByteBuffer sizes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    sizes.putLong(100).putLong(DATA.length).putLong(3);
    WavBuilder file = new WavBuilder().form(form).riffSize(0xffff_ffffL);
    file.chunk("ds64", sizes.array()).format(PCM, 1, 16_000, 16);
    file.chunk("data", 0xffff_ffffL, DATA).chunk("LIST", new byte[8]);
    assertThat(read(file)).containsExactly(SAMPLES);
  }

  @Test
  void anySplitOfTheReadsGivesTheSameSamples() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (SampleFormat format : SampleFormat.values()) {
      for (int channels : new int[] {1, 2, 5}) {
        byte[] data = new byte[channels * 20_011 * format.bytes()];
        random.nextBytes(data);
        for (int i = 0; format.floatingPoint() && i < data.length; i += format.bytes()) {
          format.encode(random.nextFloat(), data, i);
        }
        byte[] file =
            new WavBuilder()
                .format(
                    format.floatingPoint() ? IEEE_FLOAT : PCM, channels, 16_000, 8 * format.bytes())
                .data(data)
                .build();
        float[] whole = Reading.all(WavReader.open(new MemoryChannel(file)));
        float[] split = Reading.inRandomSteps(WavReader.open(new MemoryChannel(file)), random);
        assertThat(whole).hasSize(20_011);
        assertThat(split).as("%s, seed %d", format, seed).isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatTheWriterWrote(SampleFormat format) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[] samples = new float[33_001];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 2 * random.nextFloat() - 1;
    }
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, samples, 22_050, format);
    float step = format.floatingPoint() ? 0 : Math.scalb(1f, 1 - 8 * format.bytes());
    try (WavReader reader = WavReader.open(Files.newByteChannel(file))) {
      assertThat(reader.sampleRateHz()).isEqualTo(22_050);
      assertThat(Reading.all(reader)).as("seed %d", seed).containsExactly(samples, within(step));
    }
    assertThat(Files.size(file) % 2).isZero();
  }

  @Test
  void theWriterClipsAndRefusesWhatIsNoSample() throws IOException {
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, new float[] {2, -2}, 16_000);
    assertThat(Reading.all(WavReader.open(Files.newByteChannel(file))))
        .containsExactly(32_767 / 32_768f, -1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WavWriter.write(file, new float[] {0, Float.NaN}, 16_000))
        .withMessage("sample 1 is NaN");
  }

  private static float[] read(WavBuilder file) throws IOException {
    return Reading.all(WavReader.open(new MemoryChannel(file.build())));
  }
}
