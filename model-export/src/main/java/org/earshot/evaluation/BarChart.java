package org.earshot.evaluation;

import static org.earshot.evaluation.Markup.at;
import static org.earshot.evaluation.Markup.escape;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws groups of bars between 0 and 1 as inline SVG, with an interval on a bar where there is one.
 */
final class BarChart {

  /**
   * One group.
   *
   * @param label under the group
   * @param values one bar for each series; NaN leaves it out
   * @param intervals one for each series, or empty
   */
  record Group(String label, List<Double> values, List<Interval> intervals) {}

  private static final int LEFT = 30;
  private static final int TOP = 12;
  private static final int PLOT = 120;
  private static final int GAP = 10;

  private BarChart() {}

  static String draw(
      String title, List<String> series, List<Group> groups, int barWidth, boolean slanted) {
    int groupWidth = series.size() * barWidth + GAP;
    int width = LEFT + groups.size() * groupWidth + 12;
    int height = TOP + PLOT + (slanted ? 62 : 24);
    StringBuilder svg = new StringBuilder("<svg class=\"chart wide\" viewBox=\"0 0 ");
    svg.append(width)
        .append(' ')
        .append(height)
        .append("\" style=\"max-width:")
        .append(width * 3 / 2);
    svg.append("px\" role=\"img\" aria-label=\"").append(escape(title)).append("\">");
    for (double tick : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      svg.append("<line class=\"grid\" x1=\"").append(LEFT).append("\" x2=\"").append(width);
      svg.append("\" y1=\"").append(at(y(tick))).append("\" y2=\"").append(at(y(tick)));
      svg.append("\"/><text text-anchor=\"end\" x=\"").append(LEFT - 4).append("\" y=\"");
      svg.append(at(y(tick) + 3.5)).append("\">");
      svg.append(Markup.number(tick, tick == 0 || tick == 1 ? 0 : 2)).append("</text>");
    }
    for (int g = 0; g < groups.size(); g++) {
      double x = LEFT + GAP / 2.0 + g * groupWidth;
      group(svg, x, groups.get(g), series, barWidth);
      label(svg, x + series.size() * barWidth / 2.0, groups.get(g).label(), slanted);
    }
    return svg.append("</svg>").toString();
  }

  private static void group(
      StringBuilder svg, double x, Group group, List<String> series, int barWidth) {
    for (int s = 0; s < series.size(); s++) {
      double value = group.values().get(s);
      if (Double.isNaN(value)) {
        continue;
      }
      double left = x + s * barWidth;
      svg.append("<rect class=\"bar s").append(s).append("\" x=\"").append(at(left + 0.5));
      svg.append("\" width=\"").append(at(barWidth - 1)).append("\" y=\"").append(at(y(value)));
      svg.append("\" height=\"").append(at(Math.max(0.5, PLOT * value))).append("\"><title>");
      List<String> words = new ArrayList<>(List.of(series.get(s), Markup.words(group.label())));
      words.add(Markup.number(value, 2));
      Interval interval = group.intervals().isEmpty() ? null : group.intervals().get(s);
      if (interval != null && !Double.isNaN(interval.low())) {
        words.add("(95 %: " + Markup.interval(interval, 2) + ")");
      }
      svg.append(escape(String.join(" ", words))).append("</title></rect>");
      if (interval != null && !Double.isNaN(interval.low())) {
        double middle = left + barWidth / 2.0;
        svg.append("<line class=\"whisker\" x1=\"").append(at(middle)).append("\" x2=\"");
        svg.append(at(middle)).append("\" y1=\"").append(at(y(interval.low())));
        svg.append("\" y2=\"").append(at(y(interval.high()))).append("\"/>");
      }
    }
  }

  private static void label(StringBuilder svg, double x, String label, boolean slanted) {
    double y = TOP + PLOT + 14;
    svg.append("<text text-anchor=\"").append(slanted ? "end" : "middle").append('"');
    if (slanted) {
      svg.append(" transform=\"translate(").append(at(x + 4)).append(' ').append(at(y));
      svg.append(") rotate(-40)\"");
    } else {
      svg.append(" x=\"").append(at(x)).append("\" y=\"").append(at(y)).append('"');
    }
    svg.append('>').append(escape(Markup.words(label))).append("</text>");
  }

  private static double y(double value) {
    return TOP + PLOT * (1 - value);
  }
}
