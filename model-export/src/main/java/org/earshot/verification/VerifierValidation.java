package org.earshot.verification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.model.EventLabels;
import org.earshot.training.Example;

/** Scores a network on clips of held-apart recordings that were made once and kept. */
final class VerifierValidation {
  private static final int BATCH = 50;

  private final List<Example> examples;
  private final VerifierOptions options;

  VerifierValidation(List<Example> examples, VerifierOptions options) {
    this.examples = List.copyOf(examples);
    this.options = options;
  }

  private record Scored(float probability, boolean positive) {}

  /**
   * Average precision over clips, for each event.
   *
   * @return [events]; NaN for an event that never occurs
   */
  double[] averagePrecision(ComputationGraph graph) {
    int events = EventLabels.STANDARD.size();
    List<List<Scored>> scored = new ArrayList<>();
    for (int event = 0; event < events; event++) {
      scored.add(new ArrayList<>());
    }
    for (int first = 0; first < examples.size(); first += BATCH) {
      List<Example> batch = examples.subList(first, Math.min(first + BATCH, examples.size()));
      float[][] clips =
          VerifierGraph.clipProbabilities(
              graph,
              VerifierGraph.frames(batch.stream().map(Example::inputs).toList(), options),
              options.steps());
      for (int i = 0; i < batch.size(); i++) {
        for (int event = 0; event < events; event++) {
          int target = target(batch.get(i), event);
          if (target >= 0) {
            scored.get(event).add(new Scored(clips[i][event], target == 1));
          }
        }
      }
    }
    return scored.stream().mapToDouble(VerifierValidation::averagePrecision).toArray();
  }

  /** 1, 0, or -1 where it is not known; as {@link ClipCrossEntropy} has it. */
  private int target(Example example, int event) {
    int target = 0;
    for (int at = event; at < example.targets().length; at += options.outputs()) {
      if (example.targets()[at] == 1) {
        return 1;
      }
      target = example.weights()[at] == 0 ? -1 : target;
    }
    return target;
  }

  /** The mean of the precisions at each positive; equal probabilities are as bad as can be. */
  private static double averagePrecision(List<Scored> clips) {
    List<Scored> ranked = new ArrayList<>(clips);
    ranked.sort(
        Comparator.comparingDouble((Scored s) -> -s.probability()).thenComparing(Scored::positive));
    double sum = 0;
    int found = 0;
    for (int i = 0; i < ranked.size(); i++) {
      if (ranked.get(i).positive()) {
        found++;
        sum += found / (i + 1.0);
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }
}
