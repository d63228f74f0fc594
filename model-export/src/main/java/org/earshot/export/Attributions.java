package org.earshot.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;

/** Lists the data sets behind a model, with licences and how much of each was used for what. */
public final class Attributions {
  private Attributions() {}

  /**
   * Writes the list.
   *
   * @param library what the model was made of
   * @param verb of the command that writes it
   */
  public static void write(ClipLibrary library, String verb, Path file) throws IOException {
    Map<String, Use> uses = new TreeMap<>();
    for (Clip clip : library.clips()) {
      Use use = uses.computeIfAbsent(clip.dataset(), key -> new Use());
      use.licences.add(clip.licence());
      use.labels.add(clip.label());
      use.clips.merge(clip.part(), 1, Integer::sum);
      use.seconds += clip.seconds();
    }
    StringBuilder text = new StringBuilder();
    text.append("# Recordings behind this model\n\n");
    text.append(
        "Written by `scripts/earshot "
            + verb
            + "`. No recording is part of this repository. Licences are"
            + " given as the data sets state them; per clip where they differ.\n\n");
    text.append(
        "| data set | training clips | held apart | room responses | minutes | licences | labels"
            + " |\n|---|---|---|---|---|---|---|\n");
    uses.forEach(
        (dataset, use) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.1f | %s | %s |%n",
                    dataset,
                    use.clips.getOrDefault(Part.TRAIN, 0),
                    use.clips.getOrDefault(Part.VALIDATION, 0),
                    use.clips.getOrDefault(Part.RIR, 0),
                    use.seconds / 60,
                    String.join("; ", use.licences),
                    String.join(", ", use.labels))));
    Files.writeString(file, text);
  }

  private static final class Use {
    final TreeSet<String> licences = new TreeSet<>();
    final TreeSet<String> labels = new TreeSet<>();
    final Map<Part, Integer> clips = new EnumMap<>(Part.class);
    double seconds;
  }
}
