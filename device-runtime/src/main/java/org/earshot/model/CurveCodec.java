package org.earshot.model;

import java.util.ArrayList;
import java.util.List;

/** An operating curve's payload: docs/model-format.md, "CURV". */
final class CurveCodec {
  private static final float MAX_SHIFT = OperatingCurve.MAX_SHIFT_LOGITS;

  private CurveCodec() {}

  static byte[] encode(OperatingCurve curve) {
    PayloadWriter out =
        new PayloadWriter()
            .f32(curve.negativeHours())
            .i32(curve.events())
            .u16(curve.points().size());
    for (OperatingCurve.Point point : curve.points()) {
      out.u8(point.sensitivity())
          .f32(point.shiftLogits())
          .i32(point.falseAlerts())
          .i32(point.missed());
    }
    return out.toBytes();
  }

  static OperatingCurve decode(PayloadReader in) throws ModelFormatException {
    int start = in.position();
    float hours = in.f32("hours of negatives", OperatingCurve.MIN_HOURS, OperatingCurve.MAX_HOURS);
    int events = in.i32("number of events", 0, OperatingCurve.MAX_COUNT);
    int size = in.u16("number of points", OperatingCurve.MIN_POINTS, OperatingCurve.MAX_POINTS);
    List<OperatingCurve.Point> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int sensitivity = in.u8("sensitivity", 0, OperatingCurve.MAX_SENSITIVITY);
      float shift = in.f32("shift of the thresholds", -MAX_SHIFT, MAX_SHIFT);
      int falseAlerts = in.i32("number of false alerts", 0, OperatingCurve.MAX_COUNT);
      int missed = in.i32("number of missed events", 0, events);
      points.add(new OperatingCurve.Point(sensitivity, shift, falseAlerts, missed));
    }
    in.finish("the curve section");
    try {
      return new OperatingCurve(hours, events, points);
    } catch (IllegalArgumentException e) {
      throw in.error(start, e.getMessage());
    }
  }
}
