package org.earshot.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.earshot.model.EventLabels;

/** A self-contained page: options, loss and average precision over updates, a table. */
public final class TrainingReport {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 220;
  private static final String[] COLOURS = {
    "#d62728", "#ff7f0e", "#1f77b4", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
    "#17becf"
  };

  private TrainingReport() {}

  /**
   * Writes the page.
   *
   * @param heading of the page
   * @param options that made the run, as text
   * @param state with at least one validation
   */
  public static void write(String heading, Object options, RunState state, Path file)
      throws IOException {
    StringBuilder html = new StringBuilder();
    html.append(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\""
            + " content=\"width=device-width\"><title>Earshot training</title><style>:root{color-scheme:"
            + "light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;"
            + "padding:0 1rem}svg{width:100%;height:auto}td,th{padding:.1rem .6rem;text-align:right}"
            + "polyline{fill:none;stroke-width:2}text{fill:currentColor;font-size:12px}</style>");
    html.append("<h1>").append(heading).append("</h1><p>").append(options).append("</p>");
    html.append(
        String.format(
            Locale.ROOT,
            "<p>%d updates in %.0f s; best mean average precision %.4f at update %d.</p>",
            state.iteration,
            state.trainingSeconds,
            state.best,
            state.epochs.get(state.bestEpoch).iteration()));
    List<RunState.Epoch> epochs = state.epochs;
    double highest = epochs.stream().mapToDouble(RunState.Epoch::loss).max().orElse(1);
    html.append("<h2>Training loss</h2>").append(open(highest));
    html.append(line(epochs, epoch -> epoch.loss() / highest, COLOURS[2])).append("</svg>");
    html.append("<h2>Average precision on held-apart streams</h2>").append(open(1));
    for (int event = 0; event < EventLabels.STANDARD.size(); event++) {
      int index = event;
      html.append(line(epochs, epoch -> epoch.averagePrecisions().get(index), COLOURS[event]));
    }
    html.append("</svg><table><tr><th>event<th>last<th>best epoch");
    for (int event = 0; event < EventLabels.STANDARD.size(); event++) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><th style=\"color:%s\">%s<td>%.3f<td>%.3f",
              COLOURS[event],
              EventLabels.STANDARD.get(event),
              epochs.get(epochs.size() - 1).averagePrecisions().get(event),
              epochs.get(state.bestEpoch).averagePrecisions().get(event)));
    }
    html.append("</table></html>\n");
    Files.writeString(file, html);
  }

  private static String open(double top) {
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\"><rect width=\"%d\" height=\"%d\" fill=\"none\""
            + " stroke=\"currentColor\"/><text x=\"4\" y=\"14\">%.3f</text>",
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        top);
  }

  /** A line of values between 0 and 1. */
  private static String line(
      List<RunState.Epoch> epochs, ToDoubleFunction<RunState.Epoch> value, String colour) {
    StringBuilder points = new StringBuilder();
    int last = epochs.get(epochs.size() - 1).iteration();
    for (RunState.Epoch epoch : epochs) {
      double y = value.applyAsDouble(epoch);
      if (!Double.isNaN(y)) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                (double) WIDTH * epoch.iteration() / last,
                HEIGHT * (1 - y)));
      }
    }
    return "<polyline stroke=\"" + colour + "\" points=\"" + points + "\"/>";
  }
}
