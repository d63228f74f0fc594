package org.earshot.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earshot.evaluation.PeerMapping;
import org.earshot.model.EventLabels;
import org.earshot.verifier.Fusion;

/**
 * How many false triggers each set of models rejects and how many right ones it loses: fitted on
 * one half of the held-apart recordings, measured on the other, both ways, and added up.
 */
final class VerifierTable {
  /**
   * One event and set of models.
   *
   * @param right triggers that were right
   * @param lost of them, rejected
   * @param confirmed of them, confirmed
   * @param wrong triggers that were false
   * @param removed of them, rejected
   * @param wronglyConfirmed of them, confirmed
   * @param area under the curve of the fused probability, mean of both halves
   */
  record Entry(
      String event,
      List<String> models,
      int right,
      int lost,
      int confirmed,
      int wrong,
      int removed,
      int wronglyConfirmed,
      double area) {

    String share(int part, int whole) {
      return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
    }
  }

  private VerifierTable() {}

  /** Measures every set of models on every event. */
  static List<Entry> of(List<ScoredTrigger> triggers, List<List<String>> sets) {
    List<Entry> entries = new ArrayList<>();
    for (String event : EventLabels.STANDARD) {
      List<ScoredTrigger> ofEvent =
          triggers.stream().filter(t -> t.trigger().event().equals(event)).toList();
      for (List<String> models : sets) {
        entries.add(entry(event, models, ofEvent));
      }
    }
    return entries;
  }

  private static Entry entry(String event, List<String> models, List<ScoredTrigger> triggers) {
    int[] counts = new int[6];
    double area = 0;
    for (int half = 0; half < 2; half++) {
      int tested = half;
      List<ScoredTrigger> fitted =
          triggers.stream().filter(t -> t.trigger().half() != tested).toList();
      Fusion.Row row = FusionFit.fit(event, models, fitted);
      int variant = PeerMapping.yamnet(event).indexOf(row.yamnetClasses());
      List<Double> right = new ArrayList<>();
      List<Double> wrong = new ArrayList<>();
      for (ScoredTrigger trigger : triggers) {
        if (trigger.trigger().half() == tested) {
          double p = row.probability(FusionFit.scores(trigger, variant));
          boolean isRight = trigger.trigger().right();
          (isRight ? right : wrong).add(p);
          int first = isRight ? 0 : 3;
          counts[first]++;
          counts[first + 1] += p < row.rejectBelow() ? 1 : 0;
          counts[first + 2] += p >= row.confirmFrom() ? 1 : 0;
        }
      }
      area += FusionFit.area(right, wrong) / 2;
    }
    return new Entry(
        event, models, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], area);
  }

  /** As Markdown. */
  static String text(List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    text.append("| event | models | right | lost % | confirmed % | false | removed % | wrongly")
        .append(" confirmed % | area |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Entry e : entries) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %s | %s | %d | %s | %s | %.3f |%n",
              e.event(),
              String.join(" + ", e.models()),
              e.right(),
              e.share(e.lost(), e.right()),
              e.share(e.confirmed(), e.right()),
              e.wrong(),
              e.share(e.removed(), e.wrong()),
              e.share(e.wronglyConfirmed(), e.wrong()),
              e.area()));
    }
    return text.toString();
  }
}
