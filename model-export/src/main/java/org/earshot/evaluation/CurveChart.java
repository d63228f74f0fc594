package org.earshot.evaluation;

import static org.earshot.evaluation.Markup.at;
import static org.earshot.evaluation.Markup.escape;

import java.util.List;

/**
 * Draws ROC and DET curves as inline SVG.
 *
 * <p>Colours come from the page's style sheet by class: {@code s0}, {@code s1}, ... for the series
 * in their order.
 */
final class CurveChart {

  /** A named curve. */
  record Series(String name, ScoreCurve curve) {}

  private static final int SIZE = 250;
  private static final int LEFT = 40;
  private static final int TOP = 10;
  private static final int PLOT = 195;
  private static final int CORNERS = 400;

  // Shares that a DET axis marks; the drawing is clipped to the first and the last.
  private static final double[] DET_TICKS = {0.001, 0.01, 0.05, 0.2, 0.5, 0.8};

  private CurveChart() {}

  /**
   * A ROC drawing.
   *
   * @param thin drawn thinly in the first series' colour; nothing when undefined
   */
  static String roc(String title, List<Series> series, ScoreCurve thin) {
    StringBuilder svg = open(title);
    for (double tick : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      String label = Markup.number(tick, tick == 0 || tick == 1 ? 0 : 2);
      grid(svg, tick, label, tick, label);
    }
    line(svg, "chance", 0, 0, 1, 1);
    for (int s = 0; s < series.size(); s++) {
      StringBuilder path = new StringBuilder();
      for (ScoreCurve.Point p : drawable(series.get(s).curve())) {
        append(path, p.falsePositiveRate(), p.truePositiveRate());
      }
      path(svg, "curve s" + s, path, series.get(s).name());
    }
    StringBuilder path = new StringBuilder();
    for (ScoreCurve.Point p : drawable(thin)) {
      append(path, p.falsePositiveRate(), p.truePositiveRate());
    }
    path(svg, "thin s0", path, "steps");
    return close(svg, "false positive rate", "true positive rate");
  }

  /** A DET drawing, its arguments as for {@link #roc}. */
  static String det(String title, List<Series> series, ScoreCurve thin) {
    StringBuilder svg = open(title);
    for (double tick : DET_TICKS) {
      String label = Markup.number(100 * tick, tick < 0.01 ? 1 : 0) + "%";
      grid(svg, detShare(tick), label, detShare(tick), label);
    }
    for (int s = 0; s < series.size(); s++) {
      StringBuilder path = new StringBuilder();
      for (ScoreCurve.Point p : drawable(series.get(s).curve())) {
        append(path, detShare(p.falsePositiveRate()), detShare(p.missRate()));
      }
      path(svg, "curve s" + s, path, series.get(s).name());
    }
    StringBuilder path = new StringBuilder();
    for (ScoreCurve.Point p : drawable(thin)) {
      append(path, detShare(p.falsePositiveRate()), detShare(p.missRate()));
    }
    path(svg, "thin s0", path, "steps");
    return close(svg, "false positive rate", "miss rate");
  }

  /** Where a rate stands on a DET axis, 0 to 1; rates beyond the axis stand at its ends. */
  static double detShare(double rate) {
    double low = DET_TICKS[0];
    double high = DET_TICKS[DET_TICKS.length - 1];
    double clipped = Math.max(low, Math.min(high, rate));
    return (Probit.of(clipped) - Probit.of(low)) / (Probit.of(high) - Probit.of(low));
  }

  private static List<ScoreCurve.Point> drawable(ScoreCurve curve) {
    return curve.isDefined() ? curve.thinned(CORNERS) : List.of();
  }

  private static StringBuilder open(String title) {
    return new StringBuilder("<svg class=\"chart\" viewBox=\"0 0 ")
        .append(SIZE)
        .append(' ')
        .append(SIZE)
        .append("\" role=\"img\" aria-label=\"")
        .append(escape(title))
        .append("\">");
  }

  private static void grid(StringBuilder svg, double x, String xLabel, double y, String yLabel) {
    line(svg, "grid", x, 0, x, 1);
    line(svg, "grid", 0, y, 1, y);
    text(svg, "middle", px(x), TOP + PLOT + 14, xLabel);
    text(svg, "end", LEFT - 5, py(y) + 3.5, yLabel);
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    svg.append("<line class=\"").append(style).append("\" x1=\"").append(at(px(x1)));
    svg.append("\" y1=\"").append(at(py(y1))).append("\" x2=\"").append(at(px(x2)));
    svg.append("\" y2=\"").append(at(py(y2))).append("\"/>");
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append("<text text-anchor=\"").append(anchor).append("\" x=\"").append(at(x));
    svg.append("\" y=\"").append(at(y)).append("\">").append(escape(text)).append("</text>");
  }

  private static void append(StringBuilder path, double x, double y) {
    path.append(path.length() == 0 ? 'M' : 'L').append(at(px(x))).append(' ').append(at(py(y)));
  }

  private static void path(StringBuilder svg, String style, StringBuilder path, String name) {
    if (path.length() > 0) {
      svg.append("<path class=\"").append(style).append("\" d=\"").append(path);
      svg.append("\"><title>").append(escape(name)).append("</title></path>");
    }
  }

  private static String close(StringBuilder svg, String xTitle, String yTitle) {
    text(svg, "middle", LEFT + PLOT / 2.0, SIZE - 8, xTitle);
    svg.append("<text text-anchor=\"middle\" transform=\"translate(9 ");
    svg.append(at(TOP + PLOT / 2.0)).append(") rotate(-90)\">").append(escape(yTitle));
    return svg.append("</text></svg>").toString();
  }

  private static double px(double x) {
    return LEFT + PLOT * x;
  }

  private static double py(double y) {
    return TOP + PLOT * (1 - y);
  }
}
