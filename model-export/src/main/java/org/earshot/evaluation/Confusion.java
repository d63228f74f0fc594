package org.earshot.evaluation;

import java.util.List;

/**
 * What was alerted when something happened: rows are true events, columns alerted events, and the
 * last of each "none".
 *
 * <p>A true event counts once in the column of every class that alerted within its window, and in
 * column "none" when none did. An alert that is right about one event says nothing about another
 * that overlaps it. Row "none" counts the false alerts outside the window of every event.
 */
final class Confusion {

  private final List<String> labels;
  private final int[][] counts; // [labels + 1][labels + 1]

  private Confusion(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.counts = new int[labels.size() + 1][labels.size() + 1];
  }

  static Confusion of(List<String> labels, List<StreamResult> results) {
    Confusion confusion = new Confusion(labels);
    for (StreamResult result : results) {
      confusion.add(result);
    }
    return confusion;
  }

  private void add(StreamResult result) {
    int none = labels.size();
    List<Detection> falseAlerts =
        AlertMatch.of(result.truth(), result.dontCare(), result.detections()).falseAlerts();
    for (Occurrence occurrence : result.truth()) {
      int row = labels.indexOf(occurrence.label());
      if (row < 0) {
        continue;
      }
      boolean[] alerted = new boolean[none];
      boolean any = false;
      for (Detection detection : result.detections()) {
        int column = labels.indexOf(detection.label());
        boolean about = column == row || falseAlerts.contains(detection);
        if (column >= 0
            && about
            && !alerted[column]
            && AlertMatch.inWindow(occurrence, detection.onsetSeconds())) {
          alerted[column] = true;
          any = true;
          counts[row][column]++;
        }
      }
      if (!any) {
        counts[row][none]++;
      }
    }
    for (Detection detection : falseAlerts) {
      int column = labels.indexOf(detection.label());
      boolean onNothing =
          result.truth().stream().noneMatch(o -> AlertMatch.inWindow(o, detection.onsetSeconds()));
      if (column >= 0 && onNothing) {
        counts[none][column]++;
      }
    }
  }

  List<String> labels() {
    return labels;
  }

  /** Copies of the counts, [labels + 1][labels + 1]; the last row and column are "none". */
  int[][] counts() {
    int[][] copy = new int[counts.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts[i].clone();
    }
    return copy;
  }
}
