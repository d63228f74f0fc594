package org.earshot.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.model.EventLabels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores a network on examples that were encoded once and kept. */
final class Validation {
  private static final int BATCH = 20;

  private final List<Example> examples;
  private final TrainingOptions options;

  Validation(List<Example> examples, TrainingOptions options) {
    this.examples = List.copyOf(examples);
    this.options = options;
  }

  /**
   * Average precision over steps, for each event.
   *
   * @return [events]; NaN for an event that never occurs
   */
  double[] averagePrecision(ComputationGraph network) {
    int events = EventLabels.STANDARD.size();
    int steps = examples.get(0).targets().length / options.outputs();
    float[][] posteriors = new float[events][examples.size() * steps];
    for (int first = 0; first < examples.size(); first += BATCH) {
      List<Example> batch = examples.subList(first, Math.min(first + BATCH, examples.size()));
      INDArray frames = DeviceNetwork.frames(batch.stream().map(Example::inputs).toList(), options);
      INDArray output = DeviceNetwork.posteriors(network, frames);
      float[] flat = output.dup('f').data().asFloat(); // [outputs][steps][batch]
      int rows = steps * batch.size();
      for (int event = 0; event < events; event++) {
        for (int i = 0; i < batch.size(); i++) {
          for (int step = 0; step < steps; step++) {
            posteriors[event][(first + i) * steps + step] =
                flat[event * rows + step * batch.size() + i];
          }
        }
      }
    }
    double[] result = new double[events];
    for (int event = 0; event < events; event++) {
      result[event] = averagePrecision(event, posteriors[event], steps);
    }
    return result;
  }

  private double averagePrecision(int event, float[] posteriors, int steps) {
    List<Long> ranked = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      for (int step = 0; step < steps; step++) {
        int at = step * options.outputs() + event;
        if (examples.get(i).weights()[at] > 0) {
          float posterior = posteriors[i * steps + step];
          long key = (long) Float.floatToIntBits(posterior) << 1; // posteriors are not negative
          ranked.add(key | examples.get(i).targets()[at]);
        }
      }
    }
    long[] sorted = ranked.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    long positives = Arrays.stream(sorted).filter(key -> (key & 1) == 1).count();
    double sum = 0;
    long found = 0;
    for (int i = sorted.length - 1; i >= 0; ) { // equal posteriors count as one threshold
      int before = i;
      long hits = 0;
      while (i >= 0 && sorted[i] >> 1 == sorted[before] >> 1) {
        hits += sorted[i] & 1;
        i--;
      }
      found += hits;
      sum += hits * (found / (double) (sorted.length - 1 - i));
    }
    return positives == 0 ? Double.NaN : sum / positives;
  }

  /** Mean over the events that occur. */
  static double mean(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
  }
}
