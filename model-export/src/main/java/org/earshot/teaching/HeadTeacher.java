package org.earshot.teaching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.math3.linear.RealVector;
import org.earshot.evaluation.AlertScore;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.evaluation.DecisionGrid;
import org.earshot.evaluation.ThresholdCalibration;
import org.earshot.model.BaseModel;
import org.earshot.model.GoldenPosteriors;
import org.earshot.model.HeadModel;
import org.earshot.network.HeadNetwork;
import org.earshot.quantize.WeightQuantizer;

/**
 * Makes a head for one sound.
 *
 * <p>The head is fitted to all examples. Its thresholds, and the estimate of how it will do, come
 * from heads that were fitted without the example that they are tried on (cross-validation by
 * example), so they say how the sound of another day will fare. Deterministic.
 */
final class HeadTeacher {
  /** In homes as dense with sounds as the simulated ones. */
  static final double MOST_FALSE_ALERTS_PER_HOUR = 12;

  private static final int GOLDEN_EXAMPLES = 12;

  private final BaseModel base;
  private final Discriminant discriminant;
  private final List<TaughtStream> others;

  /**
   * What came of a lesson.
   *
   * @param head ready to be signed
   * @param golden what it gives for some steps of the lesson
   * @param score of the cross-validation, at the head's own decision
   * @param byRatio the same by event-to-background ratio in dB; false alerts not counted
   * @param tried streams that hold the sound, which it was tuned on
   * @param others streams of everything else, which it was tuned on
   */
  record Lesson(
      HeadModel head,
      GoldenPosteriors golden,
      AlertScore score,
      Map<Integer, AlertScore> byRatio,
      List<TaughtStream> tried,
      List<TaughtStream> others) {}

  /**
   * @param discriminant of everything else
   * @param others streams of everything else, to tune on
   */
  HeadTeacher(BaseModel base, Discriminant discriminant, List<TaughtStream> others) {
    this.base = base;
    this.discriminant = discriminant;
    this.others = others;
  }

  /**
   * Teaches.
   *
   * @param version of the head
   * @param examples how many there are, two or more
   * @param fitted scenes of all of them to fit to
   * @param tried streams of all of them to tune on
   * @throws IllegalArgumentException when fewer than two examples can be heard
   */
  Lesson teach(
      String event,
      int version,
      int examples,
      List<TaughtStream> fitted,
      List<TaughtStream> tried) {
    List<RealVector> means = discriminant.means(fitted, examples);
    List<RealVector> heard = means.stream().filter(Objects::nonNull).toList();
    if (heard.size() < 2) {
      throw new IllegalArgumentException(
          "only " + heard.size() + " of the recordings can be heard; wanted two or more");
    }
    LinearHead linear = discriminant.head(heard);
    List<CalibrationStream> judged = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      List<RealVector> rest = new ArrayList<>(means);
      rest.remove(example);
      rest.removeIf(Objects::isNull);
      LinearHead without = discriminant.head(rest);
      for (TaughtStream stream : tried) {
        if (stream.example() == example) {
          judged.add(stream.judged(stream.track().logits(without)));
        }
      }
    }
    int sounds = judged.size();
    for (TaughtStream stream : others) {
      judged.add(stream.judged(stream.track().logits(linear)));
    }
    ThresholdCalibration.Choice choice =
        new ThresholdCalibration(judged, grid(), MOST_FALSE_ALERTS_PER_HOUR).choose(0, event);
    HeadModel head =
        new HeadModel(
            event,
            version,
            base.fingerprint(),
            List.of(WeightQuantizer.head(linear.weights(), linear.bias())),
            choice.calibration(),
            choice.decision());
    return new Lesson(
        head,
        golden(head, fitted),
        choice.score(),
        byRatio(head, judged.subList(0, sounds)),
        tried,
        others);
  }

  private static DecisionGrid grid() {
    DecisionGrid standard = DecisionGrid.standard();
    return new DecisionGrid(
        List.of(1, 2, 4, 7, 12),
        List.of(1, 2),
        List.of(0.5f, 1.5f),
        List.of(0.75f),
        standard.lowestLogit(),
        standard.highestLogit(),
        standard.stepLogits(),
        standard.refractorySeconds(),
        standard.minOpenSeconds());
  }

  /** What a head reaches on the streams that hold its sound, by ratio in dB. */
  static Map<Integer, AlertScore> byRatio(HeadModel head, List<CalibrationStream> tried) {
    Map<Integer, List<CalibrationStream>> groups = new TreeMap<>();
    for (CalibrationStream stream : tried) {
      if (!stream.truth().isEmpty()) {
        double db = stream.truth().get(0).eventToBackgroundDb();
        groups.computeIfAbsent((int) Math.round(db), key -> new ArrayList<>()).add(stream);
      }
    }
    Map<Integer, AlertScore> scores = new TreeMap<>();
    groups.forEach((db, streams) -> scores.put(db, AlertScore.of(streams, 0, head)));
    return scores;
  }

  /** The steps that are surest either way, one of a stream, so that both are tried. */
  private GoldenPosteriors golden(HeadModel head, List<TaughtStream> fitted) {
    HeadNetwork network = new HeadNetwork(head);
    List<GoldenPosteriors.Example> examples = new ArrayList<>();
    examples.addAll(surest(network, fitted, 1));
    examples.addAll(surest(network, fitted, -1));
    return new GoldenPosteriors(examples);
  }

  private List<GoldenPosteriors.Example> surest(
      HeadNetwork network, List<TaughtStream> streams, int sign) {
    List<GoldenPosteriors.Example> found = new ArrayList<>();
    for (TaughtStream stream : streams.subList(0, Math.min(streams.size(), 200))) {
      GoldenPosteriors.Example best = null;
      byte[] hidden = new byte[base.headInputs()];
      for (int step = 0; step < stream.track().steps(); step++) {
        System.arraycopy(stream.track().states(), step * hidden.length, hidden, 0, hidden.length);
        float posterior = network.posterior(hidden);
        if (best == null || sign * posterior > sign * best.posterior()) {
          best = new GoldenPosteriors.Example(hidden, posterior);
        }
      }
      if (best != null) {
        found.add(best);
      }
    }
    found.sort(Comparator.comparingDouble(each -> -sign * each.posterior()));
    return found.subList(0, Math.min(GOLDEN_EXAMPLES / 2, found.size()));
  }
}
