package org.earshot.agent;

import java.io.PrintWriter;
import java.util.List;
import org.earshot.detect.Sensitivity;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;
import org.earshot.model.OperatingCurve.Point;

/** Prints the operating points of heads in one of two forms. */
enum HeadTable {
  /** Columns for a reader. */
  TEXT {
    @Override
    void print(List<HeadModel> heads, PrintWriter out) {
      int width =
          heads.stream()
              .mapToInt(head -> head.event().length())
              .reduce("event".length(), Math::max);
      StringBuilder line = new StringBuilder(" ".repeat(width + 9));
      line.append("  ").append(left("false alerts a day at", 3 * RATE));
      line.append("  ").append(left("missed, % at", 3 * SHARE)).append("  hours of\n");
      line.append(left("event", width)).append("  version  ");
      SENSITIVITIES.forEach(sensitivity -> line.append(right("" + sensitivity, RATE)));
      line.append("  ");
      SENSITIVITIES.forEach(sensitivity -> line.append(right("" + sensitivity, SHARE)));
      line.append("  negatives\n");
      for (HeadModel head : heads) {
        line.append(left(head.event(), width)).append("  ");
        line.append(right("" + head.version(), 7)).append("  ");
        figures(head.curve(), line);
        line.append('\n');
      }
      out.print(line);
    }

    private void figures(OperatingCurve curve, StringBuilder line) {
      if (curve == null) {
        line.append("no operating curve: a point of sensitivity is ")
            .append(Decimals.of(Sensitivity.LOGITS_PER_POINT, 2))
            .append(" logits");
        return;
      }
      for (int sensitivity : SENSITIVITIES) {
        line.append(right(rate(curve, curve.atOrAbove(sensitivity), "< "), RATE));
      }
      line.append("  ");
      for (int sensitivity : SENSITIVITIES) {
        String missed = missedPercent(curve, curve.atOrAbove(sensitivity));
        line.append(right(missed.isEmpty() ? "-" : missed, SHARE));
      }
      line.append("  ").append(right(Decimals.of(curve.negativeHours(), 1), 9));
    }
  },

  /** One line an event and sensitivity; figures are empty where there are none. */
  TSV {
    @Override
    void print(List<HeadModel> heads, PrintWriter out) {
      out.print(
          "event_label\tversion\tsensitivity\tfalse_alerts_per_day\tmissed_percent"
              + "\tnegative_hours\tevents\n");
      for (HeadModel head : heads) {
        for (int sensitivity : SENSITIVITIES) {
          OperatingCurve curve = head.curve();
          String figures = "\t\t\t";
          if (curve != null) {
            Point point = curve.atOrAbove(sensitivity);
            figures =
                String.join(
                    "\t",
                    rate(curve, point, "<"),
                    missedPercent(curve, point),
                    Decimals.of(curve.negativeHours(), 1),
                    "" + curve.events());
          }
          String name = head.event() + "\t" + head.version() + "\t" + sensitivity;
          out.print(name + "\t" + figures + "\n");
        }
      }
    }
  };

  /** Low, default and high. */
  static final List<Integer> SENSITIVITIES = List.of(25, Sensitivity.STANDARD, 75);

  private static final int RATE = 9; // columns
  private static final int SHARE = 7;

  abstract void print(List<HeadModel> heads, PrintWriter out);

  /** False alerts a day; where none was counted, the bound and what says so before it. */
  static String rate(OperatingCurve curve, Point point, String bound) {
    double perDay = curve.falseAlertsPerDay(point);
    return (curve.isBound(point) ? bound : "") + Decimals.of(perDay, perDay < 10 ? 2 : 1);
  }

  /** Empty when the curve has no events. */
  static String missedPercent(OperatingCurve curve, Point point) {
    return curve.events() == 0 ? "" : Decimals.of(100 * curve.missRate(point), 1);
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
