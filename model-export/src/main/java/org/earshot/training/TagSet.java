package org.earshot.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.dataset.Part;

/**
 * The classes of a teacher that become auxiliary outputs of a run, and the tags that they are from.
 *
 * @param sha256 of the tags; empty without any
 * @param classes in the order of the outputs
 */
public record TagSet(String sha256, List<String> classes) {
  /** Without a teacher. */
  public static final TagSet NONE = new TagSet("", List.of());

  /** Score from which a clip counts for its class. */
  private static final float HEARD = 0.3f;

  /** Recordings for training that must have a class, and data sets that they must be from. */
  private static final int FEWEST_SOURCES = 24;

  private static final int FEWEST_DATASETS = 3;
  private static final int MOST_CLASSES = 80;

  /**
   * What tells of rooms, recordings and noise rather than of sounds: scenes have other rooms and
   * noises than the clips that the teacher heard.
   */
  private static final Set<String> NO_SOUNDS =
      Set.of(
          "Silence",
          "Inside, small room",
          "Inside, large room or hall",
          "Inside, public space",
          "Outside, urban or manmade",
          "Outside, rural or natural",
          "Reverberation",
          "Echo",
          "Noise",
          "Environmental noise",
          "White noise",
          "Pink noise",
          "Static",
          "Hum",
          "Mains hum",
          "Distortion",
          "Sidetone",
          "Cacophony",
          "Throbbing",
          "Vibration",
          "Mechanical fan",
          "Air conditioning",
          "Field recording",
          "Radio",
          "Television",
          "Sound effect");

  public TagSet {
    classes = List.copyOf(classes);
  }

  /**
   * The classes that enough of the library's recordings for training have, the most frequent ones
   * first.
   */
  public static TagSet of(ClipTags tags, ClipLibrary library) {
    if (tags.paths().isEmpty()) {
      return NONE;
    }
    Map<String, Set<String>> sources = new TreeMap<>();
    Map<String, Set<String>> datasets = new TreeMap<>();
    for (Clip clip : library.clips(Part.TRAIN)) {
      Map<String, Float> heard = tags.of(clip.path());
      if (heard != null) {
        heard.forEach(
            (name, score) -> {
              if (score >= HEARD) {
                sources.computeIfAbsent(name, key -> new HashSet<>()).add(clip.sourceId());
                datasets.computeIfAbsent(name, key -> new HashSet<>()).add(clip.dataset());
              }
            });
      }
    }
    List<String> classes = new ArrayList<>();
    sources.forEach(
        (name, set) -> {
          if (set.size() >= FEWEST_SOURCES
              && datasets.get(name).size() >= FEWEST_DATASETS
              && !NO_SOUNDS.contains(name)) {
            classes.add(name);
          }
        });
    classes.sort((a, b) -> sources.get(b).size() - sources.get(a).size()); // stable: then by name
    return new TagSet(tags.sha256(), classes.subList(0, Math.min(MOST_CLASSES, classes.size())));
  }
}
