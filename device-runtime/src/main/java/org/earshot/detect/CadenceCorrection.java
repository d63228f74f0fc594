package org.earshot.detect;

import java.util.List;
import org.earshot.audio.feature.FeatureSpec;

/**
 * Adds what the rhythm of beeps says to the logits of the smoke and the carbon monoxide alarm.
 *
 * <p>A network hears alarm-like beeps well in noise, but confuses their kinds; the rhythm tells the
 * kinds apart, but in noise it may hear nothing. So cycles of an alarm's cadence are added to its
 * logit, another alarm's cadence or a contradiction is taken from it, and where there is no rhythm
 * the logit stays as it is, bit for bit. All other events are untouched.
 *
 * <p>While a cadence goes on, the logit is held at its highest, so that one alarm is one alert: the
 * pauses of 1.5 and 5 s say nothing against it, nor those of a minute to which a carbon monoxide
 * alarm may slow down. When the next beep is overdue the hold ends. A cadence that has gone on for
 * {@value #LASTING_SECONDS} s is surer than one that has just begun.
 *
 * <p>Contract: un-normalised log-mel frames ({@link
 * org.earshot.audio.feature.LogMelExtractor#copyLogMel}) to {@link #accept}, in order; {@link
 * #correct} once a step, after the step's last frame. Whoever tunes or scores a head has to correct
 * its logits too. One stream an instance, single-threaded; nothing is allocated after construction.
 * Source of the weights: ADR 0014.
 */
public final class CadenceCorrection {
  private static final float ONE_CYCLE = 2;
  private static final float MORE_CYCLES = 4;
  private static final float RIVAL_ONE_CYCLE = -2; // the other alarm's cadence
  private static final float RIVAL_MORE_CYCLES = -4;
  private static final float CONTRADICTED = -1;
  private static final float LASTING = 1; // for a cadence that goes on and on
  private static final double LASTING_SECONDS = 30;
  private static final float HELD_FALL =
      0.02f; // logits a step of 60 ms: 1.9 in 5.6 s, a cycle of T4
  private static final float HELD_FALL_IN_ALL = 1.87f; // over the longest pause of slower ones
  private static final float STEP_SECONDS = 0.06f;

  private final FeatureSpec spec;
  private CadenceEvidence evidence; // null when neither alarm is listened for
  private int smokeHead; // -1 for none
  private int coHead;
  private float heldSmoke = Float.NEGATIVE_INFINITY;
  private float heldCo = Float.NEGATIVE_INFINITY;

  /**
   * @param events labels of the heads, in the order of the logits
   * @param spec what the frames are
   */
  public CadenceCorrection(List<String> events, FeatureSpec spec) {
    this.spec = spec;
    setEvents(events);
  }

  /**
   * Goes on with other heads. What was heard stays known as long as one of the two alarms is
   * listened for.
   *
   * @param events labels of the heads, in the order of the logits
   */
  void setEvents(List<String> events) {
    smokeHead = events.indexOf("smoke_alarm");
    coHead = events.indexOf("co_alarm");
    if (smokeHead < 0 && coHead < 0) {
      evidence = null;
    } else if (evidence == null) {
      evidence = new CadenceEvidence(spec);
    }
    heldSmoke = smokeHead < 0 ? Float.NEGATIVE_INFINITY : heldSmoke;
    heldCo = coHead < 0 ? Float.NEGATIVE_INFINITY : heldCo;
  }

  /** Whether there is anything to correct; if not, frames need not be given. */
  public boolean isActive() {
    return evidence != null;
  }

  /** Whether the logit of a head may be changed. */
  public boolean corrects(int head) {
    return head >= 0 && (head == smokeHead || head == coHead);
  }

  /**
   * Hears the next frame.
   *
   * @param logMel [melBands], un-normalised, not kept
   */
  public void accept(float[] logMel) {
    if (evidence != null) {
      evidence.accept(logMel);
    }
  }

  /**
   * Corrects the logits of one step.
   *
   * @param logits [events], uncalibrated; those of the two alarms are changed
   */
  public void correct(float[] logits) {
    if (evidence == null) {
      return;
    }
    int smoke = evidence.cycles(Cadence.Meaning.SMOKE);
    int co = evidence.cycles(Cadence.Meaning.CO);
    int other = evidence.cycles(Cadence.Meaning.OTHER);
    if (smokeHead >= 0) {
      float logit = logits[smokeHead];
      heldSmoke = held(logit, smoke, co, heldSmoke, Cadence.Meaning.SMOKE);
      logits[smokeHead] = smoke > 0 ? heldSmoke : logit + against(co, other);
    }
    if (coHead >= 0) {
      float logit = logits[coHead];
      heldCo = held(logit, co, smoke, heldCo, Cadence.Meaning.CO);
      logits[coHead] = co > 0 ? heldCo : logit + against(smoke, other);
    }
  }

  /** The logit with its hold; minus infinity without a cadence of its own. */
  private float held(float logit, int own, int rival, float before, Cadence.Meaning meaning) {
    if (own == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    float now = logit + (own == 1 ? ONE_CYCLE : MORE_CYCLES);
    if (rival > own) {
      now += RIVAL_MORE_CYCLES;
    }
    if (evidence.seconds(meaning) >= LASTING_SECONDS) {
      now += LASTING;
    }
    float pauseSteps = (float) evidence.validSeconds(meaning) / STEP_SECONDS;
    return Math.max(now, before - Math.min(HELD_FALL, HELD_FALL_IN_ALL / pauseSteps));
  }

  /** What is taken from a logit without a cadence of its own. */
  private static float against(int rival, int other) {
    if (rival > 0) {
      return rival > 1 ? RIVAL_MORE_CYCLES : RIVAL_ONE_CYCLE;
    }
    return other > 0 ? CONTRADICTED : 0;
  }

  /** Forgets the stream. */
  public void reset() {
    if (evidence != null) {
      evidence.reset();
    }
    heldSmoke = Float.NEGATIVE_INFINITY;
    heldCo = Float.NEGATIVE_INFINITY;
  }
}
