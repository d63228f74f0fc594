package org.earshot.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.dataset.ClipTags;

/**
 * Makes one score a clip and class out of a teacher's windows.
 *
 * <p>Of a short clip it is the highest window's; of a longer one the mean of the highest third,
 * since a class that only one of many windows shows is not what the clip is about. Such a class is
 * kept with {@value #TRACE}, though: it is not known to be absent either.
 */
final class ClipTagger {
  /** Lowest score that is kept. */
  static final float TRACE = 0.1f;

  /** Windows of a clip of 3 s, at a hop of 0.48 s. */
  private static final int SHORT_WINDOWS = 6;

  private ClipTagger() {}

  /**
   * Tags of clips.
   *
   * @param names path of each clip to the name that the scores have it under; a clip without
   *     windows gets no tags
   */
  static ClipTags tags(PeerScores scores, Map<String, String> names) {
    Map<String, Map<String, Float>> tags = new HashMap<>();
    names.forEach(
        (path, name) -> {
          PeerScores.Track track = scores.track(name);
          if (track.times().length > 0) {
            tags.put(path, tags(scores.classes(), track));
          }
        });
    return ClipTags.of(tags);
  }

  private static Map<String, Float> tags(List<String> classes, PeerScores.Track track) {
    Map<String, Float> tags = new HashMap<>();
    for (int c = 0; c < classes.size(); c++) {
      float score = score(track.scores(), c);
      if (score >= TRACE) {
        tags.put(classes.get(c), score);
      }
    }
    return tags;
  }

  private static float score(float[][] windows, int column) {
    float[] sorted = new float[windows.length];
    for (int w = 0; w < sorted.length; w++) {
      sorted[w] = windows[w][column];
    }
    Arrays.sort(sorted);
    float highest = sorted[sorted.length - 1];
    if (sorted.length <= SHORT_WINDOWS) {
      return highest;
    }
    int third = (sorted.length + 2) / 3;
    double sum = 0;
    for (int i = sorted.length - third; i < sorted.length; i++) {
      sum += sorted[i];
    }
    return Math.max((float) (sum / third), Math.min(highest, TRACE));
  }
}
