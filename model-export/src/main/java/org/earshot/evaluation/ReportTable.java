package org.earshot.evaluation;

import static org.earshot.evaluation.Markup.number;

import java.util.Locale;

/** Writes a report as a compact table for a terminal. */
final class ReportTable {

  private ReportTable() {}

  static String of(EvaluationReport report) {
    StringBuilder out = new StringBuilder();
    out.append(report.title()).append('\n');
    header(out, report);
    for (EventEvaluation event : report.events()) {
      row(out, report, event);
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%-12s %5s %5s %5s %5s %5s %5s %5s %11s %5s %6s%n",
            "mean / sum",
            "",
            number(report.meanClipArea(), 3),
            number(report.meanStreamArea(), 3),
            "",
            "",
            "",
            number(report.meanF1(), 3),
            "",
            number(report.meanBestF1(), 3),
            number(report.falseAlertsPerHour(), 2)));
    for (PeerResult peer : report.peers()) {
      out.append(
          String.format(Locale.ROOT, "%s: mean F1 %s%n", peer.name(), number(peer.meanF1(), 3)));
    }
    clips(out, report);
    conditions(out, report);
    for (FloatComparison row : report.floats()) {
      out.append(
          String.format(
              Locale.ROOT,
              "float to int8 %-12s AUC loss %s, posterior differs by at most %s, %s on average%n",
              row.event(),
              number(row.loss(), 4),
              number(row.largestDifference(), 4),
              number(row.meanDifference(), 5)));
    }
    negatives(out, report);
    for (String note : report.notes()) {
      out.append("note: ").append(note).append('\n');
    }
    return out.toString();
  }

  /**
   * AUC over whole clips of each detector, by both poolings, where there is one to compare with.
   */
  private static void clips(StringBuilder out, EvaluationReport report) {
    if (report.clips().isEmpty()) {
      return;
    }
    out.append(String.format(Locale.ROOT, "%-12s", "AUC, clips"));
    for (ClipScores detector : report.clips()) {
      out.append(String.format(Locale.ROOT, " %12s %5s", detector.detector(), "max"));
    }
    out.append('\n');
    for (EventEvaluation event : report.events()) {
      out.append(String.format(Locale.ROOT, "%-12s", event.event()));
      for (ClipScores detector : report.clips()) {
        double pooled = detector.area(event.event(), ClipPooling.LINEAR_SOFTMAX);
        double highest = detector.area(event.event(), ClipPooling.MAXIMUM);
        out.append(areas(pooled, highest));
      }
      out.append('\n');
    }
    out.append(String.format(Locale.ROOT, "%-12s", "mean"));
    for (ClipScores detector : report.clips()) {
      double pooled = detector.meanArea(ClipPooling.LINEAR_SOFTMAX);
      out.append(areas(pooled, detector.meanArea(ClipPooling.MAXIMUM)));
    }
    out.append('\n');
  }

  private static String areas(double pooled, double highest) {
    return String.format(Locale.ROOT, " %12s %5s", number(pooled, 3), number(highest, 3));
  }

  /** Recall with its interval and false alerts an hour, of each detector under each condition. */
  private static void conditions(StringBuilder out, EvaluationReport report) {
    if (report.byCondition().isEmpty()) {
      return;
    }
    out.append(String.format(Locale.ROOT, "%-10s %-20s %5s", "all events", "", "n"));
    for (String detector : report.byCondition().get(0).results().keySet()) {
      out.append(String.format(Locale.ROOT, "  %-24s", detector + ": rec, 95 %, FA/h"));
    }
    out.append('\n');
    for (ConditionRow row : report.byCondition()) {
      out.append(
          String.format(
              Locale.ROOT, "%-10s %-20s %5d", row.condition(), row.value(), row.streams()));
      for (ConditionRow.Result result : row.results().values()) {
        out.append(
            String.format(
                Locale.ROOT,
                "  %5s %11s %6s",
                number(result.score().recall(), 2),
                Markup.interval(result.recall(), 2),
                number(result.score().falseAlertsPerHour(), 1)));
      }
      out.append('\n');
    }
  }

  private static void header(StringBuilder out, EvaluationReport report) {
    out.append(
        String.format(
            Locale.ROOT,
            "%-12s %5s %5s %5s %5s %5s %5s %5s %11s %5s %6s %5s %5s %5s %5s",
            "event",
            "n",
            "clip",
            "AUC",
            "EER",
            "rec",
            "prec",
            "F1",
            "95 %",
            "best",
            "FA/h",
            "onF1",
            "onER",
            "lat",
            "lat90"));
    for (PeerResult peer : report.peers()) {
      out.append(String.format(Locale.ROOT, " %12s", peer.name()));
    }
    out.append('\n');
  }

  private static void row(StringBuilder out, EvaluationReport report, EventEvaluation event) {
    OperatingPoint point = event.shipped();
    out.append(
        String.format(
            Locale.ROOT,
            "%-12s %5d %5s %5s %5s %5s %5s %5s %11s %5s %6s %5s %5s %5s %5s",
            event.event(),
            point.score().events(),
            number(report.clipArea(event.event()), 3),
            number(event.streams().area(), 3),
            number(event.streams().equalErrorRate(), 3),
            number(point.score().recall(), 2),
            number(point.score().precision(), 2),
            number(point.score().f1(), 3),
            Markup.interval(point.f1(), 2),
            number(event.best().score().f1(), 3),
            number(point.score().falseAlertsPerHour(), 2),
            number(point.onset().f1(), 2),
            number(point.onset().errorRate(), 2),
            number(point.latency().medianSeconds(), 2),
            number(point.latency().ninetiethPercentileSeconds(), 2)));
    for (PeerResult peer : report.peers()) {
      PeerResult.PeerEvent theirs = peer.events().get(event.event());
      String f1 = number(theirs.point().score().f1(), 3);
      boolean ahead = point.score().f1() > theirs.point().score().f1();
      String mark = Double.isNaN(theirs.point().score().f1()) ? "  " : ahead ? " <" : " !";
      out.append(String.format(Locale.ROOT, " %12s", f1 + mark));
    }
    out.append('\n');
  }

  private static void negatives(StringBuilder out, EvaluationReport report) {
    if (report.negatives().isEmpty()) {
      return;
    }
    double seconds = 0;
    int alerts = 0;
    for (EvaluationReport.NegativeResult negative : report.negatives()) {
      seconds += negative.seconds();
      alerts += negative.detections().size();
      for (Detection d : negative.detections()) {
        out.append(
            String.format(
                Locale.ROOT,
                "false alert: %s in %s at %.2f s, posterior %.2f%n",
                d.label(),
                negative.stream(),
                d.onsetSeconds(),
                d.posterior()));
      }
    }
    out.append(
        String.format(
            Locale.ROOT,
            "negatives: %d alerts in %d recordings, %.2f h%n",
            alerts,
            report.negatives().size(),
            seconds / 3600));
  }
}
