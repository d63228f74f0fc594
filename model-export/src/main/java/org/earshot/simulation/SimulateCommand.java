package org.earshot.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes simulated soundscapes with their truth. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes simulated soundscapes as WAV with truth.tsv (filename onset offset event_label),",
      "ignored.tsv, distractors.tsv and scenes.tsv. The same seed gives the same bytes."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of recordings with a MANIFEST.csv, or ESC-50's own layout")
  private Path data;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "where to write")
  private Path out;

  @Option(
      names = "--count",
      defaultValue = "20",
      description = "scenes (default: ${DEFAULT-VALUE})")
  private int count;

  @Option(names = "--seed", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--preset",
      defaultValue = "validation",
      description =
          "training, validation, demo or negatives; the last two need no recordings (default:"
              + " ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--part",
      description = "train or validation recordings (default: as the preset says)")
  private String part;

  @Option(names = "--duration", paramLabel = "SECONDS", description = "instead of the preset's")
  private Double duration;

  @Override
  public Integer call() throws IOException {
    PrintWriter log = spec.commandLine().getErr();
    int written = 0;
    try (SceneWriter writer = new SceneWriter(out)) {
      if (preset.equals("demo")) {
        for (Soundscape scene : DemoRecordings.all()) {
          writer.write(scene);
          written++;
        }
      } else if (preset.equals("negatives")) {
        for (Soundscape scene : DemoRecordings.negatives(duration == null ? 20 : duration)) {
          writer.write(scene);
          written++;
        }
      } else {
        SceneSimulator simulator = simulator();
        for (; written < count; written++) {
          writer.write(simulator.render(seed * 1_000_000L + written));
        }
      }
    }
    log.printf("wrote %d scenes to %s%n", written, out);
    log.flush();
    return 0;
  }

  private SceneSimulator simulator() throws IOException {
    SceneSpec scenes;
    try {
      scenes = SceneSpec.preset(preset);
      if (duration != null) {
        scenes = scenes.withDurationSeconds(duration);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (data == null) {
      throw new ParameterException(
          spec.commandLine(), "--preset " + preset + " needs --data DIR with recordings");
    }
    String wanted = part == null ? (preset.equals("training") ? "train" : "validation") : part;
    Part drawn =
        switch (wanted.toLowerCase(Locale.ROOT)) {
          case "train" -> Part.TRAIN;
          case "validation" -> Part.VALIDATION;
          default ->
              throw new ParameterException(
                  spec.commandLine(), "--part must be train or validation: " + wanted);
        };
    return new SceneSimulator(ClipLibrary.load(data, true), drawn, scenes);
  }
}
