package org.earshot.simulation;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.earshot.audio.wav.WavWriter;

/**
 * Writes soundscapes as 16-bit WAV files with their truth as tables.
 *
 * <ul>
 *   <li>{@code truth.tsv}: filename, onset, offset, event_label (sed_eval's form)
 *   <li>{@code ignored.tsv}: the same columns, spans in which a label is neither right nor wrong
 *   <li>{@code distractors.tsv}: the same columns, sounds that are no target
 *   <li>{@code scenes.tsv}: filename, seconds, event_label, ratio_db, background, distance, room,
 *       alarm_kind, degradation, sources
 * </ul>
 *
 * One thread. The same scenes give the same bytes.
 */
public final class SceneWriter implements Closeable {
  private static final String EVENT_HEADER = "filename\tonset\toffset\tevent_label\n";

  private final Path folder;
  private final Writer truth;
  private final Writer ignored;
  private final Writer distractors;
  private final Writer scenes;

  /** Starts the tables in {@code folder}, which is made when absent. */
  public SceneWriter(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.truth = table("truth.tsv", EVENT_HEADER);
    this.ignored = table("ignored.tsv", EVENT_HEADER);
    this.distractors = table("distractors.tsv", EVENT_HEADER);
    this.scenes =
        table(
            "scenes.tsv",
            "filename\tseconds\tevent_label\tratio_db\tbackground\tdistance\troom\talarm_kind"
                + "\tdegradation\tsources\n");
  }

  /** Writes one scene and its rows. */
  public void write(Soundscape scene) throws IOException {
    String file = scene.name() + ".wav";
    WavWriter.write(folder.resolve(file), scene.samples(), Signal.SAMPLE_RATE_HZ);
    rows(truth, file, scene.events());
    rows(ignored, file, scene.dontCare());
    rows(distractors, file, scene.distractors());
    SceneInfo info = scene.info();
    List<TruthEvent> events = scene.events();
    String label = events.isEmpty() ? "none" : events.get(0).label();
    String sources = String.join(",", events.stream().map(TruthEvent::source).distinct().toList());
    String line =
        String.join(
            "\t",
            file,
            String.format(Locale.ROOT, "%.2f", scene.durationSeconds()),
            label,
            info.ratio(),
            info.backgroundClass(),
            info.distance(),
            info.room(),
            info.alarmKind(),
            info.degradation(),
            sources);
    scenes.write(line + "\n");
  }

  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (Writer table : List.of(truth, ignored, distractors, scenes)) {
      try {
        table.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private Writer table(String name, String header) {
    try {
      Writer writer = Files.newBufferedWriter(folder.resolve(name));
      writer.write(header);
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rows(Writer table, String file, List<TruthEvent> events) throws IOException {
    for (TruthEvent event : events) {
      table.write(
          String.format(
              Locale.ROOT,
              "%s\t%.3f\t%.3f\t%s\n",
              file,
              event.onsetSeconds(),
              event.offsetSeconds(),
              event.label()));
    }
  }
}
