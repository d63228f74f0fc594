package org.earshot.evaluation;

import static org.earshot.evaluation.Markup.escape;

import java.util.ArrayList;
import java.util.List;

/** Draws a confusion matrix as an HTML table whose cells are shaded by their share of the row. */
final class HeatMap {

  private HeatMap() {}

  static String draw(Confusion confusion) {
    List<String> names = new ArrayList<>(confusion.labels());
    names.add("none");
    int[][] counts = confusion.counts();
    StringBuilder html = new StringBuilder("<table class=\"heat\"><thead><tr>");
    html.append("<th scope=\"col\">true \\ alerted</th>");
    for (String name : names) {
      html.append("<th scope=\"col\"><span>").append(escape(Markup.words(name)));
      html.append("</span></th>");
    }
    html.append("</tr></thead><tbody>");
    for (int row = 0; row < counts.length; row++) {
      int most = 1;
      for (int count : counts[row]) {
        most = Math.max(most, count);
      }
      html.append("<tr><th scope=\"row\">").append(escape(Markup.words(names.get(row))));
      html.append("</th>");
      for (int column = 0; column < counts.length; column++) {
        int count = counts[row][column];
        html.append("<td");
        if (count > 0) {
          String tone = row == column ? "good" : "bad";
          html.append(" class=\"").append(tone).append("\" style=\"--share:");
          html.append(15 + Math.round(70.0 * count / most)).append("%\"");
        }
        html.append('>').append(count == 0 ? "\u00b7" : Integer.toString(count)).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table>").toString();
  }
}
