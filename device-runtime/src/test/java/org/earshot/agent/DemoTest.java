package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.wav.SampleFormat;
import org.earshot.audio.wav.WavWriter;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.DecisionParameters;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private final SoundModel model =
      TestModels.level(
          FeatureSpec.standard(), new DecisionParameters(3, 0.6f, 0.4f, 2, 0.1f, 0, 0), "siren");

  @TempDir Path folder;

  @Test
  void comparesWhatItHeardWithTheTruthBesideTheRecordings() throws IOException {
    writeRecording(
        "a", "onset\toffset\tevent_label\tebr\n3.00\t3.50\tsiren\t12\n8.0\t8.5\tsiren\t0\n");
    writeRecording("b", "0.2\t0.7\tsiren\n");
    ModelFile.write(model, folder.resolve("models"));
    Run run = demo("--speed", "0");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("a.wav (1 of 2)", "ALERT  siren since 00:03.0", "over   siren");
    assertThat(run.out())
        .containsPattern("a.wav +00:03.0  siren +heard after 0\\.\\d s +[01]\\.\\d\\d");
    assertThat(run.out()).containsPattern("a.wav +00:08.0  siren +missed");
    assertThat(run.out()).containsPattern("b.wav +00:00.2  siren +missed");
    assertThat(run.out()).containsPattern("b.wav +00:03.0  siren +false alert");
    assertThat(run.out())
        .endsWith("Heard 1 of 3 sounds, 1 false alert, in 0.2 minutes of sound.\n");
    assertThat(run.out()).as("plain output moves no cursor").doesNotContain("\u001b");
  }

  @Test
  void saysWhatToDoWithoutRecordings() throws IOException {
    ModelFile.write(model, folder.resolve("models"));
    Run run = demo();
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).singleElement().asString().contains("--recordings");
  }

  @Test
  void playsAtTheAskedSpeed() throws IOException, InterruptedException {
    Path file = writeRecording("a", "");
    List<Double> waits = new ArrayList<>();
    StreamingDetector detector = new StreamingDetector(model, FeatureSpec.standard());
    StringWriter out = new StringWriter();
    DemoView view = new PlainDemoView(new PrintWriter(out));
    DemoPlayer player = new DemoPlayer(detector, view, waits::add, 4);
    List<Alert> alerts = player.play(new Recording(file, "a.wav"));
    assertThat(alerts).hasSize(1);
    assertThat(player.playedSeconds()).isEqualTo(5);
    assertThat(waits).hasSize(26).startsWith(0.0, 0.05).endsWith(1.25); // 5 s at fourfold speed
  }

  @Test
  void livePanelNeverExceedsTheTerminalAndErasesWhatItDrew() throws Exception {
    Path file = writeRecording("a", "3.0\t3.5\tsiren\n");
    for (int columns : new int[] {60, 80, 200}) {
      for (boolean unicode : new boolean[] {true, false}) {
        StringWriter out = new StringWriter();
        DemoView view = new LiveDemoView(new PrintWriter(out), columns, unicode, List.of("siren"));
        StreamingDetector detector = new StreamingDetector(model, FeatureSpec.standard());
        view.begin("a.wav", TruthTable.events(file));
        new DemoPlayer(detector, view, seconds -> {}, 8).play(new Recording(file, "a.wav"));
        view.end();
        String drawn = out.toString();
        assertThat(drawn).contains("siren", "ALERT", "a.wav", "dB", "\u001b[48;5;238m");
        String text = drawn.replaceAll("\u001b\\[[0-9;]*[A-Za-z]|\r", "");
        assertThat(text.lines()).allMatch(line -> line.length() <= columns);
        int panels = drawn.split("\u001b\\[4A\u001b\\[J", -1).length - 1;
        assertThat(panels).as("frames of four lines that were erased").isEqualTo(13);
        assertThat(unicode || drawn.chars().allMatch(c -> c < 128)).isTrue();
      }
    }
  }

  @Test
  void namesTheLineOfABrokenTruthTable() throws IOException {
    Path file = writeRecording("a", "onset\toffset\tevent_label\n1\t2\n");
    assertThatThrownBy(() -> TruthTable.events(file)).hasMessageContaining("line 2");
    Files.delete(folder.resolve("demo/a.tsv"));
    assertThat(TruthTable.events(file)).isEmpty();
  }

  @Test
  void readsTheTablesOfAFolderAndTellsWhatRightlyStayedQuiet() throws IOException {
    Path file = writeRecording("a", "");
    writeRecording("quiet", "");
    Files.delete(folder.resolve("demo/a.tsv"));
    Files.delete(folder.resolve("demo/quiet.tsv"));
    WavWriter.write(
        folder.resolve("demo/quiet.wav"), new float[80_000], 16_000, SampleFormat.PCM_16);
    String header = "filename\tonset\toffset\tevent_label\n";
    Files.writeString(
        folder.resolve("demo/truth.tsv"),
        header + "a.wav\t3.0\t3.5\tsiren\nother.wav\t1\t2\tsiren\n");
    Files.writeString(
        folder.resolve("demo/distractors.tsv"), header + "quiet.wav\t1.0\t2.0\tmicrowave\n");
    ModelFile.write(model, folder.resolve("models"));
    assertThat(TruthTable.events(file)).hasSize(1);
    assertThat(TruthTable.distractors(file)).isEmpty();
    String out = demo("--speed", "0").out();
    assertThat(out).containsPattern("quiet.wav +00:01.0  microwave +no alert, rightly");
    assertThat(out).contains("Heard 1 of 1 sounds, 0 false alerts");
  }

  private Run demo(String... arguments) {
    List<String> all = new ArrayList<>(List.of("demo", "--models"));
    all.add(folder.resolve("models").toString());
    all.addAll(List.of("--recordings", folder.resolve("demo").toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(new String[0]));
  }

  /** Five seconds of near silence with half a second of noise from 3 s on. */
  private Path writeRecording(String name, String truth) throws IOException {
    float[] sound = new float[5 * 16_000];
    float[] bursts = TestModels.bursts(1, 16_000);
    System.arraycopy(bursts, 8_000, sound, 48_000, 8_000);
    Path demo = Files.createDirectories(folder.resolve("demo"));
    WavWriter.write(demo.resolve(name + ".wav"), sound, 16_000, SampleFormat.PCM_16);
    Files.writeString(demo.resolve(name + ".tsv"), truth);
    return demo.resolve(name + ".wav");
  }
}
