package org.earshot.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as JSON for other programs; numbers that are undefined are null. */
final class ReportJson {

  private static final int CURVE_POINTS = 200;

  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void write(EvaluationReport report, Path file) throws IOException {
    mapper.writeValue(file.toFile(), node(report));
  }

  ObjectNode node(EvaluationReport report) {
    ObjectNode root = mapper.createObjectNode();
    root.put("title", report.title());
    ObjectNode conditions = root.putObject("conditions");
    report.conditions().forEach(conditions::put);
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    ObjectNode summary = root.putObject("summary");
    put(summary, "hours", report.hours());
    put(summary, "mean_f1", report.meanF1());
    put(summary, "mean_f1_at_best_thresholds", report.meanBestF1());
    put(summary, "mean_clip_auc", report.meanClipArea());
    put(summary, "mean_stream_auc", report.meanStreamArea());
    put(summary, "false_alerts_per_hour", report.falseAlertsPerHour());
    ObjectNode events = root.putObject("events");
    for (EventEvaluation event : report.events()) {
      event(events.putObject(event.event()), event, report.clips());
    }
    ObjectNode peers = root.putObject("peers");
    for (PeerResult peer : report.peers()) {
      peer(peers.putObject(peer.name()), peer);
    }
    ArrayNode byCondition = root.putArray("by_condition");
    for (ConditionRow row : report.byCondition()) {
      condition(byCondition.addObject(), row);
    }
    confusion(root.putObject("confusion"), report.confusion());
    ArrayNode floats = root.putArray("float_against_int8");
    for (FloatComparison row : report.floats()) {
      floats(floats.addObject(), row);
    }
    ArrayNode negatives = root.putArray("negatives");
    for (EvaluationReport.NegativeResult negative : report.negatives()) {
      ObjectNode node = negatives.addObject();
      node.put("stream", negative.stream());
      put(node, "seconds", negative.seconds());
      ArrayNode alerts = node.putArray("alerts");
      for (Detection d : negative.detections()) {
        ObjectNode alert = alerts.addObject();
        alert.put("event", d.label());
        put(alert, "onset", d.onsetSeconds());
        put(alert, "posterior", d.posterior());
      }
    }
    return root;
  }

  private static void event(ObjectNode node, EventEvaluation event, List<ClipScores> clips) {
    curve(node.putObject("streams"), event.streams());
    curve(node.putObject("frames"), event.frames());
    for (ClipScores detector : clips) {
      ObjectNode each = node.withObject("/clips").putObject(detector.detector());
      detector
          .curves()
          .getOrDefault(event.event(), Map.of())
          .forEach(
              (pooling, curve) ->
                  curve(each.putObject(pooling.name().toLowerCase(Locale.ROOT)), curve));
    }
    point(node.putObject("shipped"), event.shipped());
    point(node.putObject("best_threshold"), event.best());
  }

  private static void peer(ObjectNode node, PeerResult peer) {
    node.put("note", peer.note());
    put(node, "mean_f1", peer.meanF1());
    ObjectNode events = node.putObject("events");
    peer.events()
        .forEach(
            (label, event) -> {
              ObjectNode each = events.putObject(label);
              ArrayNode mapping = each.putArray("classes");
              event.mapping().forEach(mapping::add);
              curve(each.putObject("streams"), event.curve());
              point(each.putObject("best"), event.point());
            });
  }

  private static void condition(ObjectNode node, ConditionRow row) {
    node.put("condition", row.condition());
    node.put("value", row.value());
    node.put("streams", row.streams());
    ObjectNode detectors = node.putObject("detectors");
    row.results()
        .forEach(
            (name, result) -> {
              ObjectNode each = detectors.putObject(name);
              each.put("found", result.score().hits());
              each.put("missed", result.score().missed());
              each.put("false_alerts", result.score().falseAlerts());
              put(each, "recall", result.score().recall());
              interval(each, "recall_95", result.recall());
            });
  }

  private static void curve(ObjectNode node, ScoreCurve curve) {
    node.put("positives", curve.positives());
    node.put("negatives", curve.negatives());
    put(node, "auc", curve.area());
    put(node, "equal_error_rate", curve.equalErrorRate());
    if (curve.isDefined()) {
      ArrayNode points = node.putArray("roc");
      for (ScoreCurve.Point p : curve.thinned(CURVE_POINTS)) {
        points.addArray().add(round(p.falsePositiveRate())).add(round(p.truePositiveRate()));
      }
    }
  }

  private static void point(ObjectNode node, OperatingPoint point) {
    put(node, "threshold", point.threshold());
    node.put("found", point.score().hits());
    node.put("missed", point.score().missed());
    node.put("false_alerts", point.score().falseAlerts());
    put(node, "recall", point.score().recall());
    interval(node, "recall_95", point.recall());
    put(node, "precision", point.score().precision());
    interval(node, "precision_95", point.precision());
    put(node, "f1", point.score().f1());
    interval(node, "f1_95", point.f1());
    put(node, "false_alerts_per_hour", point.score().falseAlertsPerHour());
    put(node, "onset_f1", point.onset().f1());
    put(node, "onset_error_rate", point.onset().errorRate());
    put(node, "latency_median_seconds", point.latency().medianSeconds());
    put(node, "latency_90th_percentile_seconds", point.latency().ninetiethPercentileSeconds());
    ObjectNode ratios = node.putObject("recall_by_ratio_db");
    for (Map.Entry<Integer, AlertScore> entry : point.byRatio().entrySet()) {
      put(ratios, entry.getKey().toString(), entry.getValue().recall());
    }
  }

  private static void confusion(ObjectNode node, Confusion confusion) {
    ArrayNode labels = node.putArray("labels");
    confusion.labels().forEach(labels::add);
    labels.add("none");
    ArrayNode rows = node.putArray("true_by_alerted");
    for (int[] row : confusion.counts()) {
      ArrayNode cells = rows.addArray();
      for (int count : row) {
        cells.add(count);
      }
    }
  }

  private static void floats(ObjectNode node, FloatComparison row) {
    node.put("event", row.event());
    put(node, "clip_auc_float", row.clipFloat());
    put(node, "clip_auc_int8", row.clipInt8());
    put(node, "stream_auc_float", row.streamFloat());
    put(node, "stream_auc_int8", row.streamInt8());
    put(node, "frame_auc_float", row.frameFloat());
    put(node, "frame_auc_int8", row.frameInt8());
    put(node, "largest_auc_loss", row.loss());
    put(node, "largest_posterior_difference", row.largestDifference());
    put(node, "mean_posterior_difference", row.meanDifference());
  }

  private static void interval(ObjectNode node, String name, Interval interval) {
    ArrayNode array = node.putArray(name);
    for (double end : List.of(interval.low(), interval.high())) {
      if (Double.isFinite(end)) {
        array.add(round(end));
      } else {
        array.addNull();
      }
    }
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, round(value));
    } else {
      node.putNull(name);
    }
  }

  private static double round(double value) {
    return Math.round(value * 1e6) / 1e6;
  }
}
