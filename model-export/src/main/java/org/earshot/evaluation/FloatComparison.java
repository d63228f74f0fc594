package org.earshot.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.earshot.model.HeadModel;

/**
 * What quantisation costs one event: areas under the same curves from the float network and from
 * the int8 runtime.
 *
 * @param event label
 * @param clipFloat area over clips, float; NaN without clips
 * @param clipInt8 area over clips, int8
 * @param streamFloat area over streams, float
 * @param streamInt8 area over streams, int8
 * @param frameFloat area over steps, float
 * @param frameInt8 area over steps, int8
 * @param largestDifference of the posterior at any step of any stream
 * @param meanDifference mean absolute difference over all steps
 */
public record FloatComparison(
    String event,
    double clipFloat,
    double clipInt8,
    double streamFloat,
    double streamInt8,
    double frameFloat,
    double frameInt8,
    double largestDifference,
    double meanDifference) {

  /**
   * The largest loss of area by quantisation among the three; negative when int8 is better in all.
   */
  public double loss() {
    double loss = Double.NEGATIVE_INFINITY;
    for (double difference :
        new double[] {clipFloat - clipInt8, streamFloat - streamInt8, frameFloat - frameInt8}) {
      loss = Double.isNaN(difference) ? loss : Math.max(loss, difference);
    }
    return loss;
  }

  /**
   * Compares over streams and, when there are any, clips.
   *
   * @param heads of the int8 model; their calibration serves both networks
   * @param floatSources makes the float network, one for each thread; same events in the same order
   */
  static List<FloatComparison> of(
      List<HeadModel> heads,
      Supplier<? extends PosteriorSource> floatSources,
      List<EvaluationStream> streams,
      List<LogitTrack> int8,
      ClipSet clips,
      ClipScores int8Clips,
      int threads)
      throws IOException {
    List<LogitTrack> floats = ModelRun.tracks(floatSources, streams, threads);
    ClipScores floatClips =
        clips == null ? null : ClipScores.of("float", clips, heads, floatSources, threads);
    List<FloatComparison> rows = new ArrayList<>();
    for (int h = 0; h < heads.size(); h++) {
      HeadModel head = heads.get(h);
      String event = head.event();
      List<float[]> a = posteriors(head, h, floats);
      List<float[]> b = posteriors(head, h, int8);
      int smoothing = head.decision().smoothingSteps();
      double[] differences = differences(a, b);
      rows.add(
          new FloatComparison(
              event,
              clipArea(floatClips, event),
              clipArea(int8Clips, event),
              EventEvaluation.streamCurve(event, streams, a, smoothing).area(),
              EventEvaluation.streamCurve(event, streams, b, smoothing).area(),
              EventEvaluation.frameCurve(event, h, streams, floats).area(),
              EventEvaluation.frameCurve(event, h, streams, int8).area(),
              differences[0],
              differences[1]));
    }
    return rows;
  }

  private static double clipArea(ClipScores clips, String event) {
    return clips == null ? Double.NaN : clips.area(event, ClipPooling.LINEAR_SOFTMAX);
  }

  private static List<float[]> posteriors(HeadModel head, int index, List<LogitTrack> tracks) {
    return tracks.stream()
        .map(track -> AlertReplay.posteriors(track, index, head.calibration()))
        .toList();
  }

  /** Largest and mean absolute difference. */
  private static double[] differences(List<float[]> a, List<float[]> b) {
    double largest = 0;
    double sum = 0;
    long count = 0;
    for (int s = 0; s < a.size(); s++) {
      for (int step = 0; step < a.get(s).length; step++) {
        double difference = Math.abs(a.get(s)[step] - b.get(s)[step]);
        largest = Math.max(largest, difference);
        sum += difference;
        count++;
      }
    }
    return new double[] {largest, sum / Math.max(1, count)};
  }
}
