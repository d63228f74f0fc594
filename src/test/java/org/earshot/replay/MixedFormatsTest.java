package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.wav.SampleFormat;
import org.earshot.audio.wav.WavWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One alarm in a folder of every format; its tone and overtones below 4 kHz survive 8 kHz. */
class MixedFormatsTest {
  private static final String ORIGINAL = "smoke-alarm-t3-520hz.wav";
  private static final int[] RATES_HZ = {8_000, 22_050, 44_100, 48_000, 96_000};

  @TempDir static Path folder;

  private static Set<String> labels;
  private static Detection detection;

  @BeforeAll
  static void writeEveryFormat() throws IOException {
    Path original = Checkout.DEMO.resolve(ORIGINAL);
    float[] samples = AudioFiles.readAll16k(original, 60 * 16_000);
    for (SampleFormat format : SampleFormat.values()) {
      WavWriter.write(folder.resolve(format + ".wav"), samples, 16_000, format);
    }
    for (int rateHz : RATES_HZ) {
      WavWriter.write(
          folder.resolve(rateHz + ".wav"), Sinc.resample(samples, 16_000, rateHz), rateHz);
    }
    Files.write(
        folder.resolve("stereo.wav"),
        SoundFiles.wav(
            SoundFiles.format(SoundFiles.PCM, 2, 16_000, 16),
            SoundFiles.chunk("data", SoundFiles.int16(samples, 2))));
    Files.write(
        folder.resolve("six-channels.wav"),
        SoundFiles.wav(
            SoundFiles.format(SoundFiles.PCM, 6, 16_000, 16),
            SoundFiles.chunk("data", SoundFiles.int16(samples, 6))));
    Files.write(
        folder.resolve("extensible.wav"),
        SoundFiles.wav(
            SoundFiles.chunk("LIST", new byte[26]),
            SoundFiles.extensibleFormat(SoundFiles.IEEE_FLOAT, 1, 16_000, 32),
            SoundFiles.chunk("data", SoundFiles.float32(samples))));
    Files.write(
        folder.resolve("streamed.wav"),
        SoundFiles.wav(
            SoundFiles.format(SoundFiles.PCM, 1, 16_000, 16),
            SoundFiles.chunk("data", 0xffff_ffffL, SoundFiles.int16(samples, 1))));
    Files.write(folder.resolve("lossless.flac"), SoundFiles.flac(samples, 16_000));
    labels = labels(Detection.alerts(original));
    detection = Detection.of(folder);
  }

  @Test
  void hearsTheAlarmInTheOriginal() {
    assertThat(labels).contains("smoke_alarm");
  }

  @ParameterizedTest
  @MethodSource("files")
  void hearsTheSameInEveryFormat(String file) {
    assertThat(
            labels(detection.rows().stream().filter(row -> row.filename().equals(file)).toList()))
        .isEqualTo(labels);
  }

  @Test
  void formatsOfTheSameSamplesGiveTheSameAlerts() {
    List<String> exact =
        List.of(
            "PCM_16.wav",
            "PCM_24.wav",
            "PCM_32.wav",
            "FLOAT_32.wav",
            "FLOAT_64.wav",
            "stereo.wav",
            "six-channels.wav",
            "extensible.wav",
            "streamed.wav",
            "lossless.flac");
    Set<List<String>> different =
        exact.stream()
            .map(
                file ->
                    detection
                        .out()
                        .lines()
                        .filter(line -> line.startsWith(file + "\t"))
                        .map(line -> line.substring(file.length()))
                        .toList())
            .collect(Collectors.toSet());
    assertThat(different).hasSize(1);
  }

  @Test
  void printsOneHeaderAndFiveColumnsSortedByFile() {
    assertThat(detection.err()).isEmpty();
    assertThat(detection.code()).isZero();
    List<String> lines = detection.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("filename\tonset\toffset\tevent_label\tposterior");
    assertThat(lines.subList(1, lines.size()))
        .isNotEmpty()
        .allMatch(
            line -> line.matches("[^\t]+\t\\d+\\.\\d\\d\t\\d+\\.\\d\\d\t[a-z_]+\t[01](\\.\\d+)?"));
    assertThat(detection.rows()).extracting(Detection.Row::filename).isSorted();
    assertThat(detection.rows()).allMatch(row -> row.onset() >= 0 && row.offset() > row.onset());
    assertThat(detection.rows()).allMatch(row -> row.posterior() > 0 && row.posterior() <= 1);
  }

  @Test
  void jsonLinesSayTheSame() throws IOException {
    Detection json = Detection.of("--format", "jsonl", folder);
    assertThat(json.code()).isZero();
    List<Detection.Row> rows = new ArrayList<>();
    for (String line : json.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      assertThat(object.fieldNames())
          .toIterable()
          .containsExactly("filename", "onset", "offset", "event_label", "posterior");
      rows.add(
          new Detection.Row(
              object.get("filename").textValue(),
              object.get("onset").doubleValue(),
              object.get("offset").doubleValue(),
              object.get("event_label").textValue(),
              object.get("posterior").doubleValue()));
    }
    assertThat(rows).isEqualTo(detection.rows());
  }

  static List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Set<String> labels(List<Detection.Row> rows) {
    return rows.stream().map(Detection.Row::event).collect(Collectors.toCollection(TreeSet::new));
  }
}
