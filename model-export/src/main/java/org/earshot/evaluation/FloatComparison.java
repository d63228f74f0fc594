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
      float[][] int8ClipPeaks,
      int threads)
      throws IOException {
    List<LogitTrack> floats = ModelRun.tracks(floatSources, streams, threads);
    float[][] floatClipPeaks = clips == null ? null : clipPeaks(clips, floatSources, threads);
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
              clips == null ? Double.NaN : clips.curve(event, floatClipPeaks[h]).area(),
              clips == null ? Double.NaN : clips.curve(event, int8ClipPeaks[h]).area(),
              EventEvaluation.streamCurve(event, streams, a, smoothing).area(),
              EventEvaluation.streamCurve(event, streams, b, smoothing).area(),
              EventEvaluation.frameCurve(event, h, streams, floats).area(),
              EventEvaluation.frameCurve(event, h, streams, int8).area(),
              differences[0],
              differences[1]));
    }
    return rows;
  }

  /** The largest logit over each clip, [events][clips]. */
  static float[][] clipPeaks(
      ClipSet clips, Supplier<? extends PosteriorSource> sources, int threads) throws IOException {
    List<float[]> peaks =
        Parallel.map(
            clips.clips(),
            threads,
            () -> {
              PosteriorSource source = sources.get();
              return clip -> {
                LogitTrack track = source.track(clip.samples());
                float[] events = new float[track.events()];
                for (int e = 0; e < events.length; e++) {
                  events[e] = track.peak(e);
                }
                return events;
              };
            });
    int events = peaks.isEmpty() ? 0 : peaks.get(0).length;
    float[][] byEvent = new float[events][peaks.size()];
    for (int clip = 0; clip < peaks.size(); clip++) {
      for (int e = 0; e < events; e++) {
        byEvent[e][clip] = peaks.get(clip)[e];
      }
    }
    return byEvent;
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
