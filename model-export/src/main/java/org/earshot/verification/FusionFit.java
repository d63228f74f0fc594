package org.earshot.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.evaluation.PeerMapping;
import org.earshot.verifier.Fusion;

/** Fits one event's row of the fusion to triggers: YAMNet's classes, weights, two thresholds. */
final class FusionFit {
  /** Share of the right triggers that may be rejected. Source: docs/verifier-model.md. */
  static final double MOST_LOST = 0.02;

  /** Share of the false triggers that may be confirmed. */
  private static final double MOST_CONFIRMED = 0.02;

  /**
   * Logits by which the lower threshold stands below the right trigger that it keeps: the next ones
   * will not be exactly as good as the ones that it was found on.
   */
  private static final double MARGIN_LOGITS = 0.25;

  private FusionFit() {}

  /**
   * Fits a row.
   *
   * @param triggers of this event only
   */
  static Fusion.Row fit(String event, List<String> models, List<ScoredTrigger> triggers) {
    boolean yamnet = models.contains(Fusion.YAMNET);
    int variant = yamnet ? variant(event, triggers) : -1;
    double[][] features = new double[triggers.size()][];
    boolean[] positive = new boolean[triggers.size()];
    for (int i = 0; i < features.length; i++) {
      Map<String, Double> scores = scores(triggers.get(i), variant);
      features[i] = models.stream().mapToDouble(model -> Fusion.logit(scores.get(model))).toArray();
      positive[i] = triggers.get(i).trigger().right();
    }
    LogisticLayer layer = LogisticLayer.fit(models.size(), features, positive);
    double[] right = logits(layer, features, positive, true);
    double[] wrong = logits(layer, features, positive, false);
    double reject = right.length == 0 ? -3 : right[(int) (MOST_LOST * right.length)];
    reject -= MARGIN_LOGITS;
    double confirm =
        wrong.length == 0 ? 3 : wrong[(int) Math.ceil((1 - MOST_CONFIRMED) * wrong.length) - 1];
    return new Fusion.Row(
        event,
        models,
        layer.bias(),
        layer.weights(),
        probability(reject),
        Math.max(probability(reject), Math.nextUp(probability(confirm))),
        yamnet ? PeerMapping.yamnet(event).get(variant) : List.of());
  }

  private static double probability(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }

  private static double[] logits(
      LogisticLayer layer, double[][] features, boolean[] positive, boolean wanted) {
    double[] logits = new double[features.length];
    int count = 0;
    for (int i = 0; i < features.length; i++) {
      if (positive[i] == wanted) {
        logits[count++] = layer.logit(features[i]);
      }
    }
    double[] sorted = Arrays.copyOf(logits, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The scores of all models, YAMNet's being those of one variant of its classes. */
  static Map<String, Double> scores(ScoredTrigger trigger, int variant) {
    Map<String, Double> scores = new HashMap<>(trigger.scores());
    if (variant >= 0) {
      scores.put(Fusion.YAMNET, trigger.yamnet()[variant]);
    }
    return scores;
  }

  /** The variant of YAMNet's classes that tells right triggers from false ones best. */
  private static int variant(String event, List<ScoredTrigger> triggers) {
    int best = 0;
    double highest = -1;
    for (int v = 0; v < PeerMapping.yamnet(event).size(); v++) {
      double area = area(triggers, v);
      if (area > highest) {
        highest = area;
        best = v;
      }
    }
    return best;
  }

  /** Area under the curve of a variant's scores; 0.5 without either class. */
  private static double area(List<ScoredTrigger> triggers, int variant) {
    List<Double> right = new ArrayList<>();
    List<Double> wrong = new ArrayList<>();
    for (ScoredTrigger trigger : triggers) {
      (trigger.trigger().right() ? right : wrong).add(trigger.yamnet()[variant]);
    }
    return area(right, wrong);
  }

  /** How often a right trigger's score is above a false one's, a tie counting half. */
  static double area(List<Double> right, List<Double> wrong) {
    if (right.isEmpty() || wrong.isEmpty()) {
      return 0.5;
    }
    double[] sorted = wrong.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double sum = 0;
    for (double score : right) {
      int below = 0;
      int equal = 0;
      for (double other : sorted) {
        below += other < score ? 1 : 0;
        equal += other == score ? 1 : 0;
      }
      sum += below + 0.5 * equal;
    }
    return sum / ((double) right.size() * sorted.length);
  }
}
