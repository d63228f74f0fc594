package org.earshot.audio.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.fixture.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlacWriterTest {
  private static final int BLOCK = FlacWriter.BLOCK_SAMPLES;
  private static final int[] LENGTHS = {
    1, 2, 5, 15, 16, 17, 31, 32, 33, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 3, 2 * BLOCK, 30_000
  };

  /** Signals that tempt an encoder to go wrong, for a width of {@code bits}. */
  enum Signal {
    SILENCE,
    MINIMUM,
    MAXIMUM,
    ALTERNATING,
    SQUARE,
    IMPULSES,
    TONE,
    WHITE,
    QUIET_NOISE;

    IntUnaryOperator of(int bits, Random random) {
      int max = (1 << (bits - 1)) - 1;
      int min = -max - 1;
      int period = 2 + random.nextInt(60);
      return switch (this) {
        case SILENCE -> i -> 0;
        case MINIMUM -> i -> min;
        case MAXIMUM -> i -> max;
        case ALTERNATING -> i -> (i & 1) == 0 ? max : min;
        case SQUARE -> i -> (i / period & 1) == 0 ? max : min;
        case IMPULSES -> i -> random.nextInt(50) > 0 ? 0 : random.nextBoolean() ? max : min;
        case TONE -> i -> (int) Math.round(max * Math.sin(2.9 * i));
        case WHITE -> i -> min + random.nextInt(2 * (max + 1));
        case QUIET_NOISE -> i -> random.nextInt(5) - 2;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySampleComesBack(Signal signal) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int length : LENGTHS) {
      int[] wide = samples(signal, length, 16, random);
      short[] samples = new short[length];
      for (int i = 0; i < length; i++) {
        samples[i] = (short) wide[i];
      }
      assertThat(read(FlacWriter.encode(samples, 0, length, 16_000), 16))
          .as("%s, %d samples, seed %d", signal, length, seed)
          .isEqualTo(wide);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 8, 12, 17, 20, 23, 24})
  void everyWidthComesBack(int bits) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (Signal signal : Signal.values()) {
      int[] samples = samples(signal, 1 + random.nextInt(2 * BLOCK), bits, random);
      assertThat(read(FlacWriter.encode(samples, bits, 48_000), bits))
          .as("%s, %d samples of %d bits, seed %d", signal, samples.length, bits, seed)
          .isEqualTo(samples);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 44_100, 48_000, 96_000, 192_000})
  void everyRateComesBack(int sampleRateHz) throws IOException {
    byte[] file = FlacWriter.encode(new int[] {1, -2, 3}, 16, sampleRateHz);
    assertThat(FlacReader.open(new MemoryChannel(file)).sampleRateHz()).isEqualTo(sampleRateHz);
  }

  @Test
  void encodesTheNamedPartOfAnArray() throws IOException {
    byte[] file = FlacWriter.encode(new short[] {9, 1, 2, 3, 9}, 1, 3, 16_000);
    assertThat(read(file, 16)).containsExactly(1, 2, 3);
  }

  @Test
  void theFileCarriesItsLengthAndTheMd5OfItsSamples() throws Exception {
    int[] samples = samples(Signal.TONE, 10_000, 16, new Random(1));
    FlacStreamInfo info =
        FlacStreamInfo.parse(new MemoryChannel(FlacWriter.encode(samples, 16, 16_000)));
    assertThat(info.totalSamples()).isEqualTo(10_000);
    assertThat(info.channels()).isEqualTo(1);
    assertThat(info.md5()).isEqualTo(md5(samples));
  }

  @Test
  void aToneIsSmallerThanItsSamples() {
    short[] samples = new short[160_000];
    Random random = new Random(3);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (3_000 * Math.sin(0.3 * i) + 30 * random.nextGaussian());
    }
    assertThat(FlacWriter.encode(samples, 0, samples.length, 16_000))
        .hasSizeLessThan(samples.length);
  }

  @Test
  void refusesNoSamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlacWriter.encode(new short[4], 2, 0, 16_000))
        .withMessage("no sample to encode");
  }

  @Test
  void refusesWhatTheReaderDoesNotRead() {
    int[] samples = {1, 2, 3};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlacWriter.encode(samples, 3, 16_000))
        .withMessage("3 bits a sample, wanted 4 to 24");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlacWriter.encode(samples, 25, 16_000))
        .withMessage("25 bits a sample, wanted 4 to 24");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlacWriter.encode(samples, 16, 7_999))
        .withMessage("sample rate is 7999 Hz, wanted 8000 to 192000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlacWriter.encode(new int[] {0, 8}, 4, 16_000))
        .withMessage("sample 1 is 8, beyond 4 bits");
  }

  @Test
  void printsNothingAndStartsNoThread() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(stream);
    System.setErr(stream);
    try {
      Random random = new Random(5);
      for (Signal signal : Signal.values()) {
        FlacWriter.encode(samples(signal, 9_000, 16, random), 16, 16_000);
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(Thread.getAllStackTraces().values())
        .noneMatch(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(frame -> frame.getClassName().contains("javaflacencoder")));
  }

  private static int[] samples(Signal signal, int length, int bits, Random random) {
    IntUnaryOperator at = signal.of(bits, random);
    int[] samples = new int[length];
    Arrays.setAll(samples, at);
    return samples;
  }

  private static int[] read(byte[] file, int bits) throws IOException {
    float[] floats = Reading.all(FlacReader.open(new MemoryChannel(file)));
    int[] samples = new int[floats.length];
    for (int i = 0; i < floats.length; i++) {
      samples[i] = (int) (floats[i] * (1 << (bits - 1))); // exact: a power of two
    }
    return samples;
  }

  private static byte[] md5(int[] samples) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    for (int sample : samples) {
      digest.update((byte) sample);
      digest.update((byte) (sample >> 8));
    }
    return digest.digest();
  }
}
