package org.earshot.detect;

import org.earshot.audio.feature.FeatureSpec;

/**
 * What the rhythm of beeps says at each moment: cycles that speak for smoke, for carbon monoxide,
 * and for something that is neither.
 *
 * <p>Every tone is classified when one of its beeps ends, and again when it has been silent for
 * {@link CadenceClassifier#PAUSE_SECONDS}. Evidence holds until the next beep of its cadence is
 * overdue, so it bridges the pauses and ends soon after the alarm. A tone whose rhythm turns out to
 * be another's loses what it had spoken for: it is contradicted.
 *
 * <p>Contract: un-normalised log-mel frames in order. Memory is fixed; single-threaded; nothing is
 * allocated after construction.
 */
final class CadenceEvidence {
  private static final float SAME_BANDS = 1.5f;
  private static final double STEADY_SECONDS = 2.5; // longer than an appliance's beep (1.2 s)
  private static final double SLOWS_AFTER_SECONDS =
      200; // T4, after 4 minutes (NFPA 720), less a sixth
  private static final double SLOW_FOUR_SECONDS = 67; // to the next group: 60 s + 10 %

  private final BeepHistory history = new BeepHistory();
  private final ToneTracker tracker;
  private final CadenceClassifier classifier;
  private final Claim smoke = new Claim();
  private final Claim co = new Claim();
  private final Claim other = new Claim();
  private final Claim[] claims = {smoke, co, other};
  private final long pauseFrames;
  private final double frameSeconds;
  private final float steadyFrom;
  private final float steadyTo;
  private long classified; // beeps classified at their end
  private long paused; // beeps whose following pause was looked at

  /** What speaks for one meaning. */
  private static final class Claim {
    private int cycles;
    private float band;
    private long sinceFrame; // without a break
    private long untilFrame;
    private double validSeconds;
    private Cadence cadence = Cadence.UNKNOWN;
  }

  CadenceEvidence(FeatureSpec spec) {
    tracker = new ToneTracker(spec, history);
    classifier = new CadenceClassifier(spec);
    frameSeconds = spec.hopSeconds();
    pauseFrames = Math.round(CadenceClassifier.PAUSE_SECONDS / frameSeconds);
    steadyFrom = (float) spec.bandOf(2000);
    steadyTo = (float) spec.bandOf(4300);
  }

  /**
   * Takes the next frame.
   *
   * @param logMel [melBands], un-normalised
   */
  void accept(float[] logMel) {
    tracker.accept(logMel);
    for (; classified < history.total(); classified++) {
      take(classified, false);
    }
    paused = Math.max(paused, history.first());
    while (paused < history.total() && history.offFrame(paused) + pauseFrames <= tracker.frames()) {
      if (isNewest(paused)) {
        take(paused, true);
      }
      paused++;
    }
    double steady = tracker.longestFrames(steadyFrom, steadyTo) * frameSeconds;
    if (steady >= STEADY_SECONDS) {
      if (cycles(smoke) == 0 || smoke.cadence == Cadence.STEADY) {
        holds(smoke, 1, Cadence.STEADY, tracker.frames(), CadenceClassifier.PAUSE_SECONDS);
      }
    }
  }

  /** Whether no beep of the same tone followed, nor is one sounding. */
  private boolean isNewest(long beep) {
    float band = history.band(beep);
    if (tracker.sounding(band, SAME_BANDS)) {
      return false;
    }
    for (long later = history.total() - 1; later > beep; later--) {
      if (Math.abs(history.band(later) - band) <= SAME_BANDS
          && history.riseDb(later) > history.riseDb(beep) - ToneBeeps.WEAKER_DB) {
        return false;
      }
    }
    return true;
  }

  private void take(long beep, boolean pausedAfter) {
    classifier.classify(history, beep, pausedAfter);
    Claim claim = claim(classifier.cadence().meaning());
    if (claim == null) {
      return;
    }
    float band = history.band(beep);
    for (Claim rival : claims) {
      if (rival != claim && Math.abs(rival.band - band) <= SAME_BANDS) {
        rival.cycles = 0;
      }
    }
    boolean same = Math.abs(claim.band - band) <= SAME_BANDS;
    if (same || classifier.cycles() >= cycles(claim)) {
      claim.band = band;
      double valid = classifier.validSeconds();
      boolean maySlow =
          classifier.cadence() == Cadence.TEMPORAL_FOUR && seconds(claim) >= SLOWS_AFTER_SECONDS;
      holds(
          claim,
          classifier.cycles(),
          classifier.cadence(),
          history.offFrame(beep),
          maySlow ? Math.max(valid, SLOW_FOUR_SECONDS) : valid);
    }
  }

  /** Something speaks for a claim, until so many seconds after a frame. */
  private void holds(Claim claim, int cycles, Cadence cadence, long from, double validSeconds) {
    if (cycles(claim) == 0) {
      claim.sinceFrame = tracker.frames();
    }
    claim.cycles = cycles;
    claim.cadence = cadence;
    claim.validSeconds = validSeconds;
    claim.untilFrame = from + (long) Math.ceil(validSeconds / frameSeconds);
  }

  /** For how long a claim has been spoken for without a break. */
  private double seconds(Claim claim) {
    return cycles(claim) == 0 ? 0 : (tracker.frames() - claim.sinceFrame) * frameSeconds;
  }

  private int cycles(Claim claim) {
    return tracker.frames() <= claim.untilFrame ? claim.cycles : 0;
  }

  private Claim claim(Cadence.Meaning meaning) {
    return switch (meaning) {
      case SMOKE -> smoke;
      case CO -> co;
      case OTHER -> other;
      case NOTHING -> null;
    };
  }

  /** Cycles that speak for a meaning now; 0 for none. */
  int cycles(Cadence.Meaning meaning) {
    Claim claim = claim(meaning);
    return claim == null ? 0 : cycles(claim);
  }

  /** For how many seconds a meaning has been spoken for without a break; 0 for none. */
  double seconds(Cadence.Meaning meaning) {
    Claim claim = claim(meaning);
    return claim == null ? 0 : seconds(claim);
  }

  /** How long the newest evidence for a meaning holds without another beep, in seconds. */
  double validSeconds(Cadence.Meaning meaning) {
    Claim claim = claim(meaning);
    return claim == null ? 0 : claim.validSeconds;
  }

  /** The cadence behind {@link #cycles}. */
  Cadence cadence(Cadence.Meaning meaning) {
    return cycles(meaning) == 0 ? Cadence.UNKNOWN : claim(meaning).cadence;
  }

  void reset() {
    tracker.reset();
    history.reset();
    classified = 0;
    paused = 0;
    for (Claim claim : claims) {
      claim.cycles = 0;
      claim.untilFrame = 0;
      claim.validSeconds = 0;
      claim.band = 0;
      claim.cadence = Cadence.UNKNOWN;
    }
  }
}
