package org.earshot.export;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.evaluation.ScoreCurve;
import org.earshot.model.SoundModel;
import org.earshot.network.StreamingNetwork;
import org.earshot.quantize.FloatModel;
import org.earshot.quantize.FloatNetwork;
import org.earshot.simulation.Soundscape;
import org.earshot.training.TrainedModel;

/**
 * Compares three implementations of one network on the same streams: DL4J, the float reference and
 * the int8 runtime. Posteriors are the plain sigmoid of the logit, without calibration.
 */
final class Parity {
  /** One event's comparison. */
  record Row(
      String event,
      double largestDl4jFloat,
      double meanDl4jFloat,
      double largestFloatInt8,
      double meanFloatInt8,
      double aucDl4j,
      double aucFloat,
      double aucInt8) {}

  private final FloatModel floatModel;
  private final SoundModel runtimeModel;
  private final TrainedModel trained;

  Parity(TrainedModel trained, FloatModel floatModel, SoundModel runtimeModel) {
    this.trained = trained;
    this.floatModel = floatModel;
    this.runtimeModel = runtimeModel;
  }

  /**
   * Compares on some streams. AUC is over streams: the largest posterior of a stream that holds the
   * event against that of one that does not.
   */
  List<Row> compare(List<Soundscape> streams) {
    int events = floatModel.events().size();
    double[][] largest = new double[2][events];
    double[][] sum = new double[2][events];
    double[][][] peaks = new double[3][events][streams.size()];
    long steps = 0;
    for (int s = 0; s < streams.size(); s++) {
      float[] samples = streams.get(s).samples();
      float[][] dl4j = trained.posteriors(samples);
      float[][][] own = ownPosteriors(samples);
      steps += dl4j.length;
      for (int step = 0; step < dl4j.length; step++) {
        for (int event = 0; event < events; event++) {
          float[] three = {dl4j[step][event], own[0][step][event], own[1][step][event]};
          for (int pair = 0; pair < 2; pair++) {
            double difference = Math.abs(three[pair] - three[pair + 1]);
            largest[pair][event] = Math.max(largest[pair][event], difference);
            sum[pair][event] += difference;
          }
          for (int kind = 0; kind < 3; kind++) {
            peaks[kind][event][s] = Math.max(peaks[kind][event][s], three[kind]);
          }
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int event = 0; event < events; event++) {
      rows.add(
          new Row(
              floatModel.events().get(event),
              largest[0][event],
              sum[0][event] / steps,
              largest[1][event],
              sum[1][event] / steps,
              auc(peaks[0][event], streams, event),
              auc(peaks[1][event], streams, event),
              auc(peaks[2][event], streams, event)));
    }
    return rows;
  }

  static void print(List<Row> rows, int streams, PrintStream out) {
    out.printf(
        "parity on %d validation streams: posterior differences and AUC over streams%n", streams);
    out.println(
        "event         DL4J-float max/mean      float-int8 max/mean      AUC DL4J  float   int8  "
            + " int8-float");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%-12s  %.2e / %.2e      %.2e / %.2e      %.4f  %.4f  %.4f  %+.4f%n",
          row.event,
          row.largestDl4jFloat,
          row.meanDl4jFloat,
          row.largestFloatInt8,
          row.meanFloatInt8,
          row.aucDl4j,
          row.aucFloat,
          row.aucInt8,
          row.aucInt8 - row.aucFloat);
    }
  }

  private double auc(double[] peaks, List<Soundscape> streams, int event) {
    String label = floatModel.events().get(event);
    float[] scores = new float[peaks.length];
    boolean[] positive = new boolean[peaks.length];
    for (int s = 0; s < peaks.length; s++) {
      scores[s] = (float) peaks[s];
      positive[s] = streams.get(s).events().stream().anyMatch(e -> e.label().equals(label));
    }
    return ScoreCurve.of(scores, positive).area();
  }

  /** Posteriors of the float reference and of the int8 runtime, [2][steps][events]. */
  private float[][][] ownPosteriors(float[] samples) {
    FloatNetwork reference = new FloatNetwork(floatModel);
    StreamingNetwork runtime = new StreamingNetwork(runtimeModel);
    int events = floatModel.events().size();
    int[] heads = new int[events];
    for (int event = 0; event < events; event++) {
      heads[event] = runtime.events().indexOf(floatModel.events().get(event));
    }
    List<float[]> floats = new ArrayList<>();
    List<float[]> ints = new ArrayList<>();
    new LogMelExtractor(floatModel.features())
        .push(
            samples,
            0,
            samples.length,
            (index, frame) -> {
              runtime.accept(frame);
              if (reference.accept(frame)) {
                float[] a = new float[events];
                float[] b = new float[events];
                for (int event = 0; event < events; event++) {
                  a[event] = sigmoid(reference.logit(event));
                  b[event] = sigmoid(runtime.logit(heads[event]));
                }
                floats.add(a);
                ints.add(b);
              }
            });
    return new float[][][] {floats.toArray(new float[0][]), ints.toArray(new float[0][])};
  }

  private static float sigmoid(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }
}
