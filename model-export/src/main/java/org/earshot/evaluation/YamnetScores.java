package org.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What YAMNet hears in recordings: the highest score of any window. Immutable. */
public final class YamnetScores {
  private final PeerScores scores;

  private YamnetScores(PeerScores scores) {
    this.scores = scores;
  }

  /**
   * Runs YAMNet in a process of its own.
   *
   * @param model {@code yamnet.tflite}
   * @param benchmarks the benchmarks module's {@code target} folder; null to look for it
   * @param recordings WAV files
   * @param work where the list of files and the scores go; the same recordings are scored once
   */
  public static YamnetScores of(Path model, Path benchmarks, List<Path> recordings, Path work)
      throws IOException {
    List<EvaluationStream> streams =
        recordings.stream()
            .map(
                file ->
                    new EvaluationStream(
                        file.toString(), file, 0, List.of(), List.of(), List.of(), Map.of()))
            .toList();
    return new YamnetScores(YamnetProcess.run(model, benchmarks, streams, work));
  }

  /** The highest score of some classes in any window of a recording, 0 for one without windows. */
  public double highest(Path recording, List<String> classes) {
    double highest = 0;
    for (float window : scores.highest(recording.toString(), classes)) {
      highest = Math.max(highest, window);
    }
    return highest;
  }
}
