package org.earshot.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows detection on the shipped recordings, live in the terminal. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Shows detection on the shipped demo recordings, live in the terminal.",
      "",
      "One strip an event shows its posterior over the last 15 s; what truly sounds is shaded behind",
      "it. At the end the alerts are compared with the truth."
    })
final class DemoCommand implements Callable<Integer> {
  private static final Set<String> AUDIO_ENDINGS = Set.of("wav", "wave", "flac");

  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;
  @Mixin private SensitivityOption sensitivityOption;

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description =
          "Folder of recordings with truth.tsv, or NAME.tsv for each (here: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:earshot.demo:-device-runtime/demo}")
  private Path folder;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "8",
      description = "Times real time, 0 to 1000; 0 is as fast as it goes (${DEFAULT-VALUE}).")
  private double speed;

  @Option(names = "--plain", description = "Plain lines even in a terminal.")
  private boolean plain;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed >= 0 && speed <= 1000)) {
      throw new ParameterException(spec.commandLine(), "--speed: wanted 0 to 1000");
    }
    SoundModel model = modelOption.load();
    StreamingDetector detector =
        new StreamingDetector(
            model,
            FeatureSpec.standard(),
            Set.copyOf(model.events()),
            sensitivityOption.parse(model.events()));
    List<Recording> recordings = recordings();
    PrintWriter out = spec.commandLine().getOut();
    DemoView view = view(out, detector.events());
    DemoPlayer player = new DemoPlayer(detector, view, pace(), speed);
    DemoScore score = new DemoScore();
    for (int i = 0; i < recordings.size(); i++) {
      Recording recording = recordings.get(i);
      List<TruthTable.Sound> truth = TruthTable.events(recording.file());
      List<TruthTable.Sound> distractors = TruthTable.distractors(recording.file());
      String speedText = speed > 0 ? ", " + Decimals.of(speed, 0) + " x real time" : "";
      view.begin(
          recording.name() + " (" + (i + 1) + " of " + recordings.size() + speedText + ")", truth);
      List<Alert> alerts = player.play(recording);
      view.end();
      score.add(
          recording.name(), player.playedSeconds(), truth, distractors, alerts, detector.events());
    }
    out.println();
    score.summary().forEach(out::println);
    return ExitCode.DONE;
  }

  private List<Recording> recordings() throws IOException {
    List<Recording> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      new Recordings()
          .visit(
              List.of(folder),
              new Recordings.Visitor() {
                @Override
                public void recording(Recording recording) {
                  String name = recording.name().toLowerCase(Locale.ROOT);
                  if (AUDIO_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                    found.add(recording);
                  }
                }

                @Override
                public void unreadable(Path path, IOException reason) throws IOException {
                  throw reason;
                }
              });
    }
    if (found.isEmpty()) {
      throw new IOException(
          folder
              + ": no demo recordings here; name a folder of WAV or FLAC files with --recordings");
    }
    return found;
  }

  private DemoView view(PrintWriter out, List<String> events) {
    // Set by scripts/earshot, since Java cannot ask whether standard output alone is a terminal.
    boolean terminal = Boolean.getBoolean("earshot.terminal");
    if (plain || !terminal || "dumb".equals(System.getenv("TERM"))) {
      return new PlainDemoView(out);
    }
    boolean unicode = Charset.defaultCharset().newEncoder().canEncode('▆');
    return new LiveDemoView(out, Integer.getInteger("earshot.columns", 80), unicode, events);
  }

  private static DemoPlayer.Pace pace() {
    return new DemoPlayer.Pace() {
      private long start;

      @Override
      public void waitUntil(double wallSeconds) throws InterruptedException {
        if (wallSeconds == 0) {
          start = System.nanoTime();
        }
        long left = (long) (wallSeconds * 1e9) - (System.nanoTime() - start);
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
      }
    };
  }
}
