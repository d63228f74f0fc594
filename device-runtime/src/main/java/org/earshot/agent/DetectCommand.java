package org.earshot.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the alerts that a device would raise on recordings. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Prints the alerts that a device would raise on recordings.",
      "",
      "Standard output gets a header and one line an alert, as it ends:",
      "filename, onset, offset (seconds), event_label, posterior.",
      "A recording in a folder is called by its path within that folder."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "65:unreadable or corrupt input; the other files were processed"
    })
final class DetectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;
  @Mixin private SensitivityOption sensitivityOption;

  @Option(
      names = "--events",
      paramLabel = "EVENT",
      split = ",",
      description = "Events to hear, separated by commas (all that the model has).")
  private List<String> events = List.of();

  @Option(
      names = "--format",
      paramLabel = "tsv|jsonl",
      defaultValue = "tsv",
      description = "tsv (the default) or jsonl, one JSON object a line.")
  private AlertWriter.Format format;

  @Option(
      names = "--posteriors",
      paramLabel = "DIR",
      description = "Also write every step's posteriors to DIR, one table a recording.")
  private Path posteriors;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "WAV or FLAC files of any rate, width and channels, or folders of them.")
  private List<Path> paths;

  @Override
  public Integer call() throws IOException {
    StreamingDetector detector = detector(modelOption.load());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    AlertWriter writer = format.writer(out);
    writer.header();
    Hearing hearing = new Hearing(detector, writer, out, err, posteriors);
    Recordings recordings = new Recordings();
    recordings.visit(paths, hearing);
    if (recordings.skippedNotes() > 0) {
      err.println(
          "earshot: skipped "
              + recordings.skippedNotes()
              + " notes in folders (texts, tables, hidden files)");
    }
    return hearing.exitCode;
  }

  private StreamingDetector detector(SoundModel model) {
    Sensitivity sensitivity = sensitivityOption.parse(model.events());
    Set<String> selection = Set.copyOf(events.isEmpty() ? model.events() : events);
    for (String event : selection) {
      if (!model.events().contains(event)) {
        throw new ParameterException(
            spec.commandLine(),
            Messages.line(
                "--events: no head for '"
                    + event
                    + "'; there are "
                    + String.join(", ", model.events())));
      }
    }
    return new StreamingDetector(
        model, FeatureSpec.standard(), selection, sensitivity, Kernels.choose());
  }

  /** Hears one recording after another and remembers whether any was bad. */
  private static final class Hearing implements Recordings.Visitor {
    private final StreamingDetector detector;
    private final AlertWriter writer;
    private final PrintWriter out;
    private final PrintWriter err;
    private final PosteriorFolder posteriors; // null when not wanted
    private final float[] block = new float[Recording.BLOCK_SAMPLES];
    private int exitCode = ExitCode.DONE;

    Hearing(
        StreamingDetector detector,
        AlertWriter writer,
        PrintWriter out,
        PrintWriter err,
        Path folder) {
      this.detector = detector;
      this.writer = writer;
      this.out = out;
      this.err = err;
      posteriors = folder == null ? null : new PosteriorFolder(folder);
    }

    @Override
    public void recording(Recording recording) throws IOException {
      try {
        if (posteriors == null) {
          hear(recording, (startSample, values) -> {});
        } else {
          try (PosteriorFolder.Table table = posteriors.open(recording.name(), detector.events())) {
            hear(recording, table);
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      out.flush();
      if (out.checkError()) {
        throw new IOException("standard output was closed");
      }
    }

    private void hear(Recording recording, org.earshot.detect.StepSink steps) {
      try {
        recording.hear(detector, block, alert -> writer.alert(recording.name(), alert), steps);
      } catch (IOException e) {
        bad(recording.file(), e);
      } catch (UncheckedIOException e) {
        throw e;
      } catch (RuntimeException e) {
        err.println(
            "earshot: "
                + Messages.line(recording.file() + ": internal error, please report it: " + e));
        exitCode = ExitCode.FAILED;
      }
    }

    @Override
    public void unreadable(Path path, IOException reason) {
      bad(path, reason);
    }

    private void bad(Path path, IOException reason) {
      String message = Messages.of(reason);
      String name = Messages.line(path.toString());
      err.println("earshot: " + (message.startsWith(name) ? message : name + ": " + message));
      if (exitCode == ExitCode.DONE) {
        exitCode = ExitCode.BAD_INPUT;
      }
    }
  }
}
