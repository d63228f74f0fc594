package org.earshot.evaluation;

import static org.earshot.evaluation.Markup.escape;
import static org.earshot.evaluation.Markup.number;
import static org.earshot.evaluation.Markup.words;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes a report as one HTML file that needs nothing else: plots as inline SVG, pictures and sound
 * as data URIs.
 *
 * <p>Every text from outside is escaped. Reads well in light and dark, and on a narrow screen.
 */
final class HtmlReport {

  private final EvaluationReport report;
  private final StringBuilder html = new StringBuilder(1 << 20);

  private HtmlReport(EvaluationReport report) {
    this.report = report;
  }

  static void write(EvaluationReport report, Path file) throws IOException {
    Files.writeString(file, of(report));
  }

  static String of(EvaluationReport report) throws IOException {
    return new HtmlReport(report).page();
  }

  private String page() throws IOException {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    html.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    html.append("<title>").append(escape(report.title())).append("</title><style>");
    html.append(styleSheet()).append("</style></head><body><main><h1>");
    html.append(escape(report.title())).append("</h1>");
    summary();
    table();
    bars();
    curves();
    byCondition();
    section("What was alerted when something happened");
    html.append("<p>Rows are true events, columns alerts within their window; the last row counts");
    html.append(" false alerts outside any event.</p><div class=\"scroll\">");
    html.append(HeatMap.draw(report.confusion())).append("</div>");
    floats();
    negatives();
    examples();
    conditions();
    return html.append("</main></body></html>\n").toString();
  }

  private static String styleSheet() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IOException("report.css is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void section(String title) {
    html.append("<h2>").append(escape(title)).append("</h2>");
  }

  private void summary() {
    html.append("<div class=\"tiles\">");
    tile(number(report.meanF1(), 3), "mean alert F1 as shipped");
    tile(number(report.meanBestF1(), 3), "mean F1 at the best threshold of each event");
    for (PeerResult peer : report.peers()) {
      tile(number(peer.meanF1(), 3), "mean F1 of " + peer.name());
    }
    tile(number(report.meanClipArea(), 3), "mean AUC over clips");
    tile(number(report.meanStreamArea(), 3), "mean AUC over streams");
    tile(number(report.falseAlertsPerHour(), 2), "false alerts an hour, all events");
    tile(number(report.hours(), 2) + " h", "of streams");
    html.append("</div>");
    for (String note : report.notes()) {
      html.append("<p class=\"note\">").append(escape(note)).append("</p>");
    }
  }

  private void tile(String value, String label) {
    html.append("<div class=\"tile\"><b>").append(escape(value)).append("</b><span>");
    html.append(escape(label)).append("</span></div>");
  }

  private void table() {
    section("Event by event");
    List<String> columns = new ArrayList<>();
    columns.addAll(List.of("event", "n", "AUC clips", "AUC streams", "AUC steps", "EER"));
    columns.addAll(List.of("recall", "precision", "F1", "95 %", "F1 best", "false/h"));
    columns.addAll(List.of("onset F1", "onset ER", "latency", "90 %"));
    for (PeerResult peer : report.peers()) {
      columns.add(peer.name() + " F1");
      columns.add(peer.name() + " AUC");
    }
    for (ClipScores peer : report.peersOnClips()) {
      columns.add(peer.detector() + " AUC clips");
    }
    head(columns);
    for (EventEvaluation event : report.events()) {
      OperatingPoint point = event.shipped();
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(point.score().events()));
      cells.add(number(report.clipArea(event.event()), 3));
      cells.add(number(event.streams().area(), 3));
      cells.add(number(event.frames().area(), 3));
      cells.add(number(event.streams().equalErrorRate(), 3));
      cells.add(number(point.score().recall(), 2));
      cells.add(number(point.score().precision(), 2));
      cells.add(number(point.score().f1(), 3));
      cells.add(Markup.interval(point.f1(), 2));
      cells.add(number(event.best().score().f1(), 3));
      cells.add(number(point.score().falseAlertsPerHour(), 2));
      cells.add(number(point.onset().f1(), 2));
      cells.add(number(point.onset().errorRate(), 2));
      cells.add(number(point.latency().medianSeconds(), 2) + " s");
      cells.add(number(point.latency().ninetiethPercentileSeconds(), 2) + " s");
      for (PeerResult peer : report.peers()) {
        PeerResult.PeerEvent theirs = peer.events().get(event.event());
        cells.add(number(theirs.point().score().f1(), 3));
        cells.add(number(theirs.curve().area(), 3));
      }
      for (ClipScores peer : report.peersOnClips()) {
        cells.add(number(peer.area(event.event(), ClipPooling.LINEAR_SOFTMAX), 3));
      }
      row(words(event.event()), cells);
    }
    html.append("</tbody></table></div>");
  }

  private void byCondition() {
    if (report.byCondition().isEmpty()) {
      return;
    }
    section("By condition, all events together");
    List<String> columns = new ArrayList<>(List.of("condition", "streams"));
    for (String detector : report.byCondition().get(0).results().keySet()) {
      columns.addAll(List.of(detector + " recall", "95 %", "false/h"));
    }
    head(columns);
    for (ConditionRow row : report.byCondition()) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(row.streams())));
      for (ConditionRow.Result result : row.results().values()) {
        cells.add(number(result.score().recall(), 2));
        cells.add(Markup.interval(result.recall(), 2));
        cells.add(number(result.score().falseAlertsPerHour(), 1));
      }
      row(row.condition() + ": " + words(row.value()), cells);
    }
    html.append("</tbody></table></div>");
  }

  private void head(List<String> columns) {
    html.append("<div class=\"scroll\"><table><thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">").append(escape(column)).append("</th>");
    }
    html.append("</tr></thead><tbody>");
  }

  private void row(String name, List<String> cells) {
    html.append("<tr><th scope=\"row\">").append(escape(name)).append("</th>");
    for (String cell : cells) {
      html.append("<td>").append(escape(cell)).append("</td>");
    }
    html.append("</tr>");
  }

  /** The events that there were to find; of the others there is nothing to plot. */
  private List<EventEvaluation> occurring() {
    return report.events().stream().filter(e -> e.shipped().score().events() > 0).toList();
  }

  private void legend(List<String> series) {
    html.append("<p class=\"legend\">");
    for (int s = 0; s < series.size(); s++) {
      html.append("<span><i class=\"s").append(s).append("\"></i>");
      html.append(escape(series.get(s))).append("</span>");
    }
    html.append("</p>");
  }

  private void bars() {
    section("Alert F1");
    List<String> series = new ArrayList<>(List.of("Earshot as shipped"));
    report.peers().forEach(peer -> series.add(peer.name()));
    legend(series);
    List<BarChart.Group> groups = new ArrayList<>();
    for (EventEvaluation event : occurring()) {
      List<Double> values = new ArrayList<>(List.of(event.shipped().score().f1()));
      List<Interval> intervals = new ArrayList<>(List.of(event.shipped().f1()));
      for (PeerResult peer : report.peers()) {
        OperatingPoint point = peer.events().get(event.event()).point();
        values.add(point.score().f1());
        intervals.add(point.f1());
      }
      groups.add(new BarChart.Group(event.event(), values, intervals));
    }
    html.append("<div class=\"scroll\">");
    html.append(BarChart.draw("alert F1 by event", series, groups, 18, true)).append("</div>");
  }

  private void curves() {
    section("Curves and conditions");
    List<String> series = new ArrayList<>(List.of("Earshot, streams"));
    report.peers().forEach(peer -> series.add(peer.name() + ", streams"));
    html.append(
        "<p>ROC and DET over whole streams (highest score of each); thin: Earshot's single");
    html.append(" steps. Bars: recall at each event-to-background ratio in dB.</p>");
    legend(series);
    html.append("<div class=\"cards\">");
    for (EventEvaluation event : occurring()) {
      List<CurveChart.Series> curves = new ArrayList<>();
      curves.add(new CurveChart.Series("Earshot, streams", event.streams()));
      for (PeerResult peer : report.peers()) {
        ScoreCurve curve = peer.events().get(event.event()).curve();
        curves.add(new CurveChart.Series(peer.name() + ", streams", curve));
      }
      html.append("<section class=\"card\"><h3>").append(escape(words(event.event())));
      html.append("</h3><div class=\"plots\">");
      html.append(CurveChart.roc("ROC of " + words(event.event()), curves, event.frames()));
      html.append(CurveChart.det("DET of " + words(event.event()), curves, event.frames()));
      html.append(recallBars(event)).append("</div>");
      mapping(event.event());
      html.append("</section>");
    }
    html.append("</div>");
  }

  private void mapping(String event) {
    for (PeerResult peer : report.peers()) {
      PeerResult.PeerEvent theirs = peer.events().get(event);
      if (!theirs.mapping().isEmpty()) {
        html.append("<p class=\"small\">").append(escape(peer.name())).append(": ");
        html.append(escape(String.join(" | ", theirs.mapping()))).append(" at ");
        html.append(number(theirs.point().threshold(), 3)).append("</p>");
      }
    }
  }

  private String recallBars(EventEvaluation event) {
    TreeSet<Integer> ratios = new TreeSet<>(event.shipped().byRatio().keySet());
    if (ratios.isEmpty()) {
      return "";
    }
    List<String> series = new ArrayList<>(List.of("Earshot"));
    report.peers().forEach(peer -> series.add(peer.name()));
    List<BarChart.Group> groups = new ArrayList<>();
    for (int ratio : ratios) {
      List<Double> values = new ArrayList<>();
      values.add(recall(event.shipped().byRatio(), ratio));
      for (PeerResult peer : report.peers()) {
        values.add(recall(peer.events().get(event.event()).point().byRatio(), ratio));
      }
      groups.add(new BarChart.Group(ratio + " dB", values, List.of()));
    }
    return BarChart.draw("recall by ratio", series, groups, 18, false);
  }

  private static double recall(Map<Integer, AlertScore> byRatio, int ratio) {
    return byRatio.getOrDefault(ratio, AlertScore.NONE).recall();
  }

  private void floats() {
    if (report.floats().isEmpty()) {
      return;
    }
    section("Float against int8");
    head(
        List.of(
            "event",
            "clips float",
            "clips int8",
            "streams float",
            "streams int8",
            "steps float",
            "steps int8",
            "largest AUC loss",
            "largest posterior difference",
            "mean"));
    for (FloatComparison f : report.floats()) {
      row(
          words(f.event()),
          List.of(
              number(f.clipFloat(), 4),
              number(f.clipInt8(), 4),
              number(f.streamFloat(), 4),
              number(f.streamInt8(), 4),
              number(f.frameFloat(), 4),
              number(f.frameInt8(), 4),
              number(f.loss(), 4),
              number(f.largestDifference(), 4),
              number(f.meanDifference(), 5)));
    }
    html.append("</tbody></table></div>");
  }

  private void negatives() {
    if (report.negatives().isEmpty()) {
      return;
    }
    section("Sound without events");
    head(List.of("recording", "seconds", "alerts"));
    for (EvaluationReport.NegativeResult n : report.negatives()) {
      List<String> alerts =
          n.detections().stream()
              .map(d -> words(d.label()) + " at " + number(d.onsetSeconds(), 1) + " s")
              .toList();
      String said = alerts.isEmpty() ? "none" : String.join(", ", alerts);
      row(n.stream(), List.of(number(n.seconds(), 1), said));
    }
    html.append("</tbody></table></div>");
  }

  private void examples() {
    if (report.examples().isEmpty()) {
      return;
    }
    section("Worst misses and false alerts");
    html.append("<div class=\"cards\">");
    for (SoundExample example : report.examples()) {
      double left = 100 * example.markFromSeconds() / example.seconds();
      double width =
          100 * (example.markToSeconds() - example.markFromSeconds()) / example.seconds();
      html.append("<section class=\"card\"><h3>").append(escape(example.title()));
      html.append("</h3><div class=\"spectrogram\"><img alt=\"mel spectrogram, 0 to ");
      html.append(number(example.seconds(), 1)).append(" s\" src=\"");
      html.append(ExampleMedia.spectrogram(example.samples())).append("\">");
      html.append("<div class=\"mark\" style=\"left:").append(number(left, 2));
      html.append("%;width:").append(number(Math.max(0.5, width), 2)).append("%\"></div></div>");
      html.append("<audio controls preload=\"none\" src=\"");
      html.append(ExampleMedia.wav(example.samples())).append("\"></audio><p class=\"small\">");
      html.append(escape(example.detail())).append("</p></section>");
    }
    html.append("</div>");
  }

  private void conditions() {
    section("Conditions");
    html.append("<dl>");
    report
        .conditions()
        .forEach(
            (name, value) ->
                html.append("<dt>")
                    .append(escape(name))
                    .append("</dt><dd>")
                    .append(escape(value))
                    .append("</dd>"));
    html.append("</dl>");
  }
}
