package org.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.wav.WavWriter;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.model.EventLabels;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;

/**
 * Simulated streams from recordings that no weight was fitted to. Those with an event are spread
 * evenly over events and event-to-background ratios.
 *
 * <p>Scenes are drawn seed after seed; one that falls into a full cell is left out. The same
 * library, seed and count give the same streams. Everything, the device's runtime and the peer
 * alike, hears the 16-bit files.
 */
final class ValidationStreams {

  /** Draws for each stream wanted after which an uneven set is accepted. */
  private static final int PATIENCE = 40;

  /** Scenes rendered before the next are drawn; bounds the memory. */
  private static final int BATCH = 32;

  private ValidationStreams() {}

  /**
   * Renders the streams into a folder.
   *
   * @param library recordings with samples
   * @param spec kind of scenes
   * @param count streams wanted
   */
  static List<EvaluationStream> render(
      ClipLibrary library, SceneSpec spec, int count, long seed, Path folder, int threads)
      throws IOException {
    SceneSimulator simulator = new SceneSimulator(library, Part.VALIDATION, spec);
    Quota quota = new Quota(count, spec);
    List<EvaluationStream> streams = new ArrayList<>();
    long first = seed * 1_000_000L;
    long last = first + (long) PATIENCE * count;
    while (streams.size() < count && first < last) {
      List<Long> draws = LongStream.range(first, first + BATCH).boxed().toList();
      first += BATCH;
      for (Soundscape scene : Parallel.map(draws, threads, () -> simulator::render)) {
        if (streams.size() < count && quota.take(scene.events())) {
          streams.add(write(scene, folder));
        }
      }
    }
    return streams;
  }

  static EvaluationStream write(Soundscape scene, Path folder) throws IOException {
    Path file = folder.resolve(scene.name() + ".wav");
    WavWriter.write(file, scene.samples(), AudioFiles.SAMPLE_RATE_HZ);
    return new EvaluationStream(
        scene.name(),
        file,
        scene.durationSeconds(),
        occurrences(scene.events()),
        occurrences(scene.dontCare()),
        occurrences(scene.distractors()),
        Conditions.of(scene.info()));
  }

  static List<Occurrence> occurrences(List<TruthEvent> events) {
    return events.stream()
        .map(
            e ->
                new Occurrence(
                    e.label(), e.onsetSeconds(), e.offsetSeconds(), e.eventToBackgroundDb()))
        .toList();
  }

  /** How many streams of each kind are still wanted. */
  static final class Quota {
    private final int perCell;
    private int extra; // positives beyond an even spread, taken as they come
    private int empty;
    private final Map<String, Integer> taken = new HashMap<>();

    Quota(int count, SceneSpec spec) {
      int positives = (int) (count * (1 - spec.emptyShare()));
      long events =
          EventLabels.STANDARD.stream()
              .filter(label -> spec.classWeights().getOrDefault(label, 1.0) > 0)
              .count();
      int cells = (int) events * Math.max(1, spec.ratiosDb().size());
      this.perCell = positives / cells;
      this.extra = positives % cells;
      this.empty = count - positives;
    }

    boolean take(List<TruthEvent> events) {
      if (events.isEmpty()) {
        return empty-- > 0;
      }
      TruthEvent event = events.get(0);
      String cell = event.label() + '@' + Math.round(event.eventToBackgroundDb());
      int already = taken.getOrDefault(cell, 0);
      if (already >= perCell) {
        // One more than even at most, so that no cell grows fat.
        if (extra == 0 || already > perCell) {
          return false;
        }
        extra--;
      }
      taken.put(cell, already + 1);
      return true;
    }
  }
}
