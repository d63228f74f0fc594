package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.wav.WavWriter;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {

  @TempDir Path folder;

  private final SoundModel model = LevelModel.of("siren", "dog_bark");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path audio;
  private Path quiet;
  private Path truth;

  @BeforeEach
  void writeRecordings() throws IOException {
    ModelFile.write(model, folder.resolve("models"));
    audio = Files.createDirectories(folder.resolve("audio"));
    quiet = Files.createDirectories(folder.resolve("quiet"));
    // The model hears every burst as both events. One burst is a siren, one a bark, one is nothing.
    WavWriter.write(audio.resolve("a<b>.wav"), LevelModel.bursts(20, 5), 16_000);
    WavWriter.write(audio.resolve("c.wav"), LevelModel.bursts(20, 8, 15), 16_000);
    WavWriter.write(audio.resolve("d.wav"), LevelModel.bursts(20), 16_000);
    WavWriter.write(quiet.resolve("q.wav"), LevelModel.bursts(10), 16_000);
    truth =
        Files.writeString(
            folder.resolve("truth.tsv"),
            "filename\tonset\toffset\tevent_label\tratio_db\n"
                + "a<b>.wav\t5.0\t6.0\tsiren\t24\n"
                + "c.wav\t8.0\t9.0\tdog_bark\t6\n");
  }

  private int run(String... more) {
    CommandLine line = new CommandLine(new EvaluateCommand());
    return execute(line, more);
  }

  private int execute(CommandLine line, String... more) {
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments =
        new ArrayList<>(
            List.of("--models", folder.resolve("models").toString(), "--bootstrap", "50"));
    arguments.addAll(List.of(more));
    return line.execute(arguments.toArray(new String[0]));
  }

  private JsonNode report(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--audio", audio.toString(), "--truth", truth.toString()));
    arguments.addAll(List.of("--report", folder.resolve("report").toString()));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(new String[0]))).as(err.toString()).isZero();
    return new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
  }

  @Test
  void countsWhatWasFoundMissedAndFalse() throws IOException {
    JsonNode siren = report().at("/events/siren/shipped");

    // Bursts at 5 s (siren), 8 s (bark) and 15 s (nothing), each alerted as both.
    assertThat(siren.get("found").asInt()).isEqualTo(1);
    assertThat(siren.get("missed").asInt()).isZero();
    assertThat(siren.get("false_alerts").asInt()).isEqualTo(2);
    assertThat(siren.get("f1").asDouble()).isEqualTo(0.5);
    assertThat(siren.get("false_alerts_per_hour").asDouble()).isEqualTo(120);
    assertThat(siren.get("onset_error_rate").asDouble()).isEqualTo(2);
    assertThat(siren.at("/recall_by_ratio_db/24").asDouble()).isEqualTo(1);
    assertThat(siren.get("latency_median_seconds").asDouble()).isBetween(0.0, 0.3);
  }

  @Test
  void plotsAnEventThatEveryRecordingHolds() throws IOException {
    Files.writeString(
        truth,
        "filename\tonset\toffset\tevent_label\n"
            + "a<b>.wav\t5.0\t6.0\tsiren\n"
            + "c.wav\t8.0\t9.0\tsiren\n"
            + "d.wav\t8.0\t9.0\tsiren\n");
    report();
    assertThat(Files.readString(folder.resolve("report/report.html")))
        .contains("ROC of siren")
        .doesNotContain("ROC of dog bark");
  }

  @Test
  void namesTheSuitesThatThereAre() {
    assertThat(run("--data", folder.toString(), "--suite", "opera")).isEqualTo(2);
    assertThat(err.toString()).contains("no suite 'opera'; there are: [home, alarms, near-misses]");
  }

  @Test
  void givesTheSameReportAgain() throws IOException {
    JsonNode first = report();

    assertThat(report()).isEqualTo(first);
  }

  @Test
  void hearsAllAsOneAndSaysWhatWasForgotten() throws IOException {
    assertThat(report().get("conditions").has("heard as one")).isFalse();
    JsonNode whole = report("--continuous");
    assertThat(whole.at("/conditions/heard as one").asText()).isEqualTo("nothing forgotten");
    assertThat(whole.at("/events/siren/shipped/found").asInt()).isEqualTo(1);
    assertThat(
            report("--continuous", "--forget", "CADENCE,NETWORK")
                .at("/conditions/heard as one")
                .asText())
        .isEqualTo("forgotten between them: [CADENCE, NETWORK]");
  }

  @Test
  void countsAlertsOnRecordingsWithoutEvents() throws IOException {
    JsonNode negatives = report("--negatives", quiet.toString()).get("negatives");

    assertThat(negatives).hasSize(1);
    assertThat(negatives.at("/0/stream").asText()).isEqualTo("q.wav");
    assertThat(negatives.at("/0/alerts")).isEmpty();
    assertThat(out.toString()).contains("negatives: 0 alerts in 1 recordings");
  }

  @Test
  void comparesWithAPeersTableOnTheSameStreams() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("peer.tsv"),
            "filename\tonset\toffset\tevent_label\tposterior\n"
                + "elsewhere/a<b>.wav\t5.1\t6.0\tsiren\t0.8\n"
                + "c.wav\t1.0\t2.0\tdog_bark\t0.7\n");
    JsonNode peer = report("--peer", "other=" + table).at("/peers/other");

    assertThat(peer.at("/events/siren/best/f1").asDouble()).isEqualTo(1);
    assertThat(peer.at("/events/dog_bark/best/f1").asDouble()).isZero();
    assertThat(peer.get("mean_f1").asDouble()).isEqualTo(0.5);
    assertThat(out.toString()).contains("other: mean F1 0.500");
  }

  @Test
  void writesOneHtmlFileThatEscapesNamesAndNeedsNothingElse() throws IOException {
    report();
    String html = Files.readString(folder.resolve("report/report.html"));

    assertThat(html).contains("a&lt;b&gt;.wav").doesNotContain("a<b>.wav");
    assertThat(html).contains("False siren alert", "data:image/png;base64,", "data:audio/wav");
    assertThat(html).doesNotContain("http:", "https:", "src=\"/", "href=");
  }

  @Test
  void showsWhatInt8CostsWhenGivenTheFloatNetwork() {
    CommandLine line =
        new CommandLine(
            new EvaluateCommand(path -> new RuntimeSource(model, FeatureSpec.standard())));
    int status =
        execute(
            line, "--audio", audio.toString(), "--truth", truth.toString(), "--float", "weights");

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "float to int8 siren        AUC loss 0.0000, posterior differs by at most 0.0000");
  }

  @Test
  void refusesContradictionsAndNothingToDo() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to evaluate on");
    assertThat(run("--audio", "a", "--data", "b")).isEqualTo(2);
    assertThat(run("--negatives", "a", "--truth", "b")).isEqualTo(2);
    assertThat(run("--audio", audio.toString(), "--float", "x")).isEqualTo(2);
    assertThat(run("--audio", audio.toString(), "--forget", "NETWORK")).isEqualTo(2);
    assertThat(err.toString()).contains("give --continuous with it");
  }

  @Test
  void saysWhichRecordingCannotBeRead() throws IOException {
    Files.writeString(audio.resolve("junk.wav"), "not audio");
    CommandLine line = new CommandLine(new EvaluateCommand());
    line.setExecutionExceptionHandler(
        (exception, command, result) -> {
          err.write(exception.getMessage());
          return 1;
        });

    assertThat(execute(line, "--audio", audio.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("junk.wav");
  }
}
