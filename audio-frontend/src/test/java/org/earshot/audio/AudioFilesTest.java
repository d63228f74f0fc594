package org.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.earshot.audio.fixture.FlacBuilder;
import org.earshot.audio.fixture.FuzzSeeds;
import org.earshot.audio.fixture.WavBuilder;
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
  void tellsFormatsApartByContent() throws IOException {
    Path wav = write("a.flac", WavBuilder.pcm16(16_000, 16_384));
    Path flac = write("a.wav", FlacBuilder.pcm16(16_000, 16_384, 0));
    assertThat(AudioFiles.readAll16k(wav, 9)).containsExactly(0.5f);
    assertThat(AudioFiles.readAll16k(flac, 9)).containsExactly(0.5f, 0);
  }

  @Test
  void keepsTheFilesRateUnlessAskedForTheSystems() throws IOException {
    Path file = write("a.wav", WavBuilder.pcm16(44_100, new int[44_100]));
    try (PcmSource source = AudioFiles.open(file);
        PcmSource source16k = AudioFiles.open16k(file)) {
      assertThat(source.sampleRateHz()).isEqualTo(44_100);
      assertThat(source16k.sampleRateHz()).isEqualTo(16_000);
    }
    assertThat(AudioFiles.readAll16k(file, Integer.MAX_VALUE)).hasSize(16_000);
  }

  @Test
  void readsNoMoreThanAskedFor() throws IOException {
    Path file = folder.resolve("a.wav");
    WavWriter.write(file, new float[200_000], 16_000);
    assertThat(AudioFiles.readAll16k(file, 123_456)).hasSize(123_456);
    assertThat(AudioFiles.readAll16k(file, 0)).isEmpty();
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = write("a.wav", new byte[0]);
    assertThatExceptionOfType(CorruptAudioException.class)
        .isThrownBy(() -> AudioFiles.open(file))
        .withMessage("empty file at byte 0; record or copy it again");
  }

  @Test
  void refusesWhatIsNoAudio() throws IOException {
    for (String content : new String[] {"x", "Hello, world!\n", "OggS and so on", "FORM....AIFF"}) {
      Path file = write("a.wav", content.getBytes(StandardCharsets.UTF_8));
      assertThatExceptionOfType(CorruptAudioException.class)
          .as(content)
          .isThrownBy(() -> AudioFiles.open(file))
          .withMessageContaining("at byte 0; convert it to WAV or FLAC");
    }
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatIOException()
        .isThrownBy(() -> AudioFiles.open(folder))
        .withMessage("is a folder, not a recording; name a WAV or FLAC file");
    assertThatIOException()
        .isThrownBy(() -> AudioFiles.open(folder.resolve("none.wav")))
        .withMessage("does not exist; check the path");
  }

  @Test
  void refusesADeviceInsteadOfWaitingForIt() {
    Path device = Path.of("/dev/zero");
    assumeThat(device).as("this system has /dev/zero").exists();
    assertThatIOException()
        .isThrownBy(() -> AudioFiles.open(device))
        .withMessageStartingWith("is not a regular file");
  }

  @Test
  void refusesAFileThatMayNotBeRead() throws IOException {
    Path file = write("a.wav", WavBuilder.pcm16(16_000, 1));
    assumeThat(file.toFile().setReadable(false, false)).as("permissions can be taken").isTrue();
    assumeThat(Files.isReadable(file)).as("the user is bound by permissions (not root)").isFalse();
    assertThatIOException()
        .isThrownBy(() -> AudioFiles.open(file))
        .withMessage("may not be read; check its permissions");
  }

  @Test
  void closesTheFileWhenItIsRefused() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeThat(descriptors).as("this system lists open files").exists();
    Path file = write("a.wav", "RIFF....WAVE".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 50; i++) {
      assertThatIOException().isThrownBy(() -> AudioFiles.open(file));
    }
    try (var open = Files.list(descriptors)) {
      assertThat(open.filter(fd -> target(fd).equals(file.toString()))).isEmpty();
    }
  }

  @Test
  void refusesEachOfAThousandJunkFilesInOneLine() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[][] seeds = FuzzSeeds.all().values().toArray(byte[][]::new);
    for (int i = 0; i < 1_000; i++) {
      byte[] junk = junk(random, seeds);
      Path file = write("junk", junk);
      assertThatIOException()
          .as("file %d of seed %d, %d bytes", i, seed, junk.length)
          .isThrownBy(() -> AudioFiles.readAll16k(file, Integer.MAX_VALUE))
          .satisfies(e -> assertThat(e.getMessage()).hasSizeBetween(10, 200).doesNotContain("\n"));
    }
  }

  /** Noise, text, noise behind a real signature, and beginnings of real files. */
  private static byte[] junk(Random random, byte[][] seeds) {
    byte[] noise = new byte[random.nextInt(3_000)];
    random.nextBytes(noise);
    byte[] signed = seeds[random.nextInt(seeds.length)];
    return switch (random.nextInt(4)) {
      case 0 -> noise;
      case 1 -> {
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) (' ' + (noise[i] & 0x3f));
        }
        yield noise;
      }
      case 2 -> {
        System.arraycopy(signed, 0, noise, 0, Math.min(12, noise.length));
        // a chunk identifier or frame that no noise makes by chance
        Arrays.fill(noise, Math.min(12, noise.length), Math.min(40, noise.length), (byte) 1);
        yield noise;
      }
      default -> Arrays.copyOf(signed, random.nextInt(Math.min(36, signed.length)));
    };
  }

  @Test
  void everySeedOfTheFuzzTestsEndsInSamplesOrOneLine() throws IOException {
    for (Map.Entry<String, byte[]> seed : FuzzSeeds.all().entrySet()) {
      Path file = write("seed", seed.getValue());
      if (seed.getKey().endsWith("/nan")) {
        assertThatIOException().isThrownBy(() -> AudioFiles.readAll16k(file, 1_000));
      } else {
        assertThat(AudioFiles.readAll16k(file, 1_000)).as(seed.getKey()).isNotEmpty();
      }
    }
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
