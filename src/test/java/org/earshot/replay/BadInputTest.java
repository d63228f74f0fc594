package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no recordings get a line each, and the recording beside them is still heard. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // nothing hangs
class BadInputTest {
  private static final int WRONG_USAGE = 2;
  private static final int BAD_INPUT = 65;
  private static final String GOOD = "good.wav";
  private static final Path ALARM = Checkout.DEMO.resolve("smoke-alarm-t3.wav");

  @TempDir Path folder;

  @Test
  void everyKindOfDamageGetsOneLineThatNamesTheFile() throws IOException {
    Map<String, byte[]> damaged = damaged();
    for (Map.Entry<String, byte[]> file : damaged.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Files.copy(ALARM, folder.resolve(GOOD));
    Detection detection = Detection.of(folder);
    assertThat(detection.code()).isEqualTo(BAD_INPUT);
    assertThat(detection.errLines()).hasSameSizeAs(damaged.keySet());
    for (String name : damaged.keySet()) {
      String path = folder.resolve(name) + ": ";
      assertThat(detection.errLines()).as(name).filteredOn(line -> line.contains(path)).hasSize(1);
    }
    assertThatTheGoodOneIsHeard(detection);
  }

  @Test
  void aThousandJunkFilesGetALineEach() throws IOException {
    Path junk = Files.createDirectory(folder.resolve("junk"));
    long seed = 4;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      Files.write(junk.resolve("junk-" + i + ".wav"), bytes);
    }
    Files.copy(ALARM, folder.resolve(GOOD));
    Detection detection = Detection.of(folder);
    assertThat(detection.code()).as("seed %d", seed).isEqualTo(BAD_INPUT);
    assertThat(detection.errLines()).hasSize(1000);
    assertThat(detection.errLines()).allMatch(line -> line.matches(".*/junk-\\d+\\.wav: .+"));
    assertThatTheGoodOneIsHeard(detection);
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    Detection detection = Detection.of("--loudly", ALARM);
    assertThat(detection.code()).isEqualTo(WRONG_USAGE);
    assertThat(detection.out()).isEmpty();
    assertThat(detection.errLines()).singleElement().asString().contains("--loudly", "--help");
  }

  @Test
  void aFolderWithoutAModelIsNamedAndSaysWhatToDo() {
    Path missing = folder.resolve("no-models");
    Detection detection = Detection.withoutModel("--models", missing, ALARM);
    assertThat(detection.code()).isEqualTo(1);
    assertThat(detection.out()).isEmpty();
    assertThat(detection.errLines())
        .singleElement()
        .asString()
        .contains(missing.toString(), "no model here", "--models");
  }

  private static Map<String, byte[]> damaged() throws IOException {
    byte[] good = Files.readAllBytes(ALARM);
    byte[] quiet = SoundFiles.chunk("data", new byte[64_000]);
    byte[] mono = SoundFiles.format(SoundFiles.PCM, 1, 16_000, 16);
    byte[] single = SoundFiles.format(SoundFiles.IEEE_FLOAT, 1, 16_000, 32);
    byte[] nothing = new byte[0];
    Map<String, byte[]> files = new TreeMap<>();
    files.put("empty.wav", nothing);
    files.put("truncated.wav", Arrays.copyOf(good, good.length * 2 / 3));
    files.put("truncated-header.wav", Arrays.copyOf(good, 20));
    files.put("header-only.wav", SoundFiles.wav(mono));
    files.put("data-size-0.wav", SoundFiles.wav(mono, SoundFiles.chunk("data", 0, nothing)));
    files.put(
        "data-size-max.wav", SoundFiles.wav(mono, SoundFiles.chunk("data", 0xffff_ffffL, nothing)));
    files.put(
        "data-size-negative.wav",
        SoundFiles.wav(mono, SoundFiles.chunk("data", Integer.MIN_VALUE, nothing)));
    files.put("data-size-minus-2.wav", SoundFiles.wav(mono, SoundFiles.chunk("data", -2, nothing)));
    byte[] body = Arrays.copyOfRange(mono, 8, 24);
    files.put("format-size-0.wav", SoundFiles.wav(SoundFiles.chunk("fmt ", 0, body), quiet));
    files.put(
        "format-size-max.wav", SoundFiles.wav(SoundFiles.chunk("fmt ", 0xffff_ffffL, body), quiet));
    files.put("format-size-negative.wav", SoundFiles.wav(SoundFiles.chunk("fmt ", -16, body)));
    for (float sample : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] samples = new float[16_000];
      samples[8_000] = sample;
      files.put(
          "sample-" + sample + ".wav",
          SoundFiles.wav(single, SoundFiles.chunk("data", SoundFiles.float32(samples))));
    }
    files.put(
        "channels-0.wav", SoundFiles.wav(SoundFiles.format(SoundFiles.PCM, 0, 16_000, 16), quiet));
    files.put(
        "channels-65535.wav",
        SoundFiles.wav(SoundFiles.format(SoundFiles.PCM, 65_535, 16_000, 16), quiet));
    files.put("rate-0.wav", SoundFiles.wav(SoundFiles.format(SoundFiles.PCM, 1, 0, 16), quiet));
    files.put("text.wav", "not audio at all\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
    byte[] flac = SoundFiles.flac(new float[16_000], 16_000);
    files.put("truncated.flac", Arrays.copyOf(flac, flac.length - 1_000));
    files.put("flac-signature-only.flac", Arrays.copyOf(flac, 4));
    return files;
  }

  private static void assertThatTheGoodOneIsHeard(Detection detection) {
    List<Detection.Row> alone = Detection.alerts(ALARM);
    assertThat(alone).extracting(Detection.Row::event).contains("smoke_alarm");
    assertThat(detection.rows())
        .filteredOn(row -> row.filename().equals(GOOD))
        .containsExactlyElementsOf(
            alone.stream()
                .map(
                    row ->
                        new Detection.Row(
                            GOOD, row.onset(), row.offset(), row.event(), row.posterior()))
                .toList());
  }
}
