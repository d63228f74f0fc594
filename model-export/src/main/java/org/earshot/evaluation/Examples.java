package org.earshot.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.earshot.model.HeadModel;

/**
 * Picks the worst misses and false alerts and cuts their sound out of the streams.
 *
 * <p>The worst miss is the loudest event that the model thought least of; the worst false alert is
 * the surest. At most two of an event in either list, so that one weak event does not hide the
 * others.
 */
final class Examples {

  private static final double LENGTH_SECONDS = 6;
  private static final double LEAD_SECONDS = 1.5;
  private static final int OF_ONE_EVENT = 2;

  private record Candidate(
      String event,
      double badness,
      EvaluationStream stream,
      double from,
      double to,
      String title) {}

  private Examples() {}

  /** The worst of both kinds, at most {@code each} of either. */
  static List<SoundExample> of(
      List<HeadModel> heads, List<EvaluationStream> streams, ModelRun run, int each)
      throws IOException {
    List<Candidate> misses = new ArrayList<>();
    List<Candidate> falseAlerts = new ArrayList<>();
    for (int s = 0; s < streams.size(); s++) {
      EvaluationStream stream = streams.get(s);
      for (int h = 0; h < heads.size(); h++) {
        HeadModel head = heads.get(h);
        AlertMatch match = AlertMatch.of(stream.result(run.detections().get(s)), head.event());
        for (Occurrence missed : match.missed()) {
          misses.add(miss(head, h, stream, run.tracks().get(s), missed));
        }
        for (Detection alert : match.falseAlerts()) {
          falseAlerts.add(falseAlert(stream, alert));
        }
      }
    }
    List<SoundExample> examples = new ArrayList<>();
    examples.addAll(cut(worst(misses, each)));
    examples.addAll(cut(worst(falseAlerts, each)));
    return examples;
  }

  private static Candidate miss(
      HeadModel head, int index, EvaluationStream stream, LogitTrack track, Occurrence missed) {
    float logit =
        track.peak(
            index,
            missed.onsetSeconds() - AlertMatch.EARLY_SECONDS,
            missed.offsetSeconds() + AlertMatch.LATE_SECONDS);
    float posterior = EventEvaluation.posterior(head.calibration(), logit);
    double ratio = Double.isNaN(missed.eventToBackgroundDb()) ? 0 : missed.eventToBackgroundDb();
    String title =
        String.format(
            Locale.ROOT,
            "Missed %s%s: posterior at most %.2f, threshold %.2f",
            Markup.words(head.event()),
            Double.isNaN(missed.eventToBackgroundDb())
                ? ""
                : String.format(Locale.ROOT, " at %.0f dB", ratio),
            posterior,
            head.decision().onThreshold());
    return new Candidate(
        head.event(),
        ratio / 24 - posterior,
        stream,
        missed.onsetSeconds(),
        missed.offsetSeconds(),
        title);
  }

  private static Candidate falseAlert(EvaluationStream stream, Detection alert) {
    String title =
        String.format(
            Locale.ROOT,
            "False %s alert, posterior %.2f",
            Markup.words(alert.label()),
            alert.posterior());
    return new Candidate(
        alert.label(),
        alert.posterior(),
        stream,
        alert.onsetSeconds(),
        alert.offsetSeconds(),
        title);
  }

  private static List<Candidate> worst(List<Candidate> candidates, int most) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparingDouble(Candidate::badness)
            .reversed()
            .thenComparing(c -> c.stream().name()));
    List<Candidate> kept = new ArrayList<>();
    for (Candidate candidate : sorted) {
      long already = kept.stream().filter(c -> c.event().equals(candidate.event())).count();
      if (kept.size() < most && already < OF_ONE_EVENT) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private static List<SoundExample> cut(List<Candidate> candidates) throws IOException {
    List<SoundExample> examples = new ArrayList<>();
    for (Candidate c : candidates) {
      float[] samples = ModelRun.samples(c.stream());
      int rate = SoundExample.SAMPLE_RATE_HZ;
      int length = (int) Math.min(samples.length, LENGTH_SECONDS * rate);
      int start = (int) ((c.from() - LEAD_SECONDS) * rate);
      start = Math.max(0, Math.min(start, samples.length - length));
      double from = Math.max(0, c.from() - start / (double) rate);
      double to = Math.min(length / (double) rate, c.to() - start / (double) rate);
      examples.add(
          new SoundExample(
              c.title(),
              detail(c),
              Arrays.copyOfRange(samples, start, start + length),
              from,
              Math.max(from, to)));
    }
    return examples;
  }

  private static String detail(Candidate c) {
    StringBuilder detail = new StringBuilder(c.stream().name());
    detail.append(String.format(Locale.ROOT, ", %.1f to %.1f s", c.from(), c.to()));
    if (!c.stream().background().isEmpty()) {
      detail.append("; background: ").append(Markup.words(c.stream().background()));
    }
    List<Occurrence> around = new ArrayList<>(c.stream().others());
    around.addAll(c.stream().truth());
    for (Occurrence other : around) {
      boolean overlaps = other.onsetSeconds() < c.to() + 1 && other.offsetSeconds() > c.from() - 1;
      if (overlaps && !other.label().equals(c.event())) {
        detail.append("; there too: ").append(Markup.words(other.label()));
      }
    }
    return detail.toString();
  }
}
