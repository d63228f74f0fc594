package org.earshot.detect;

import org.earshot.audio.feature.FeatureSpec;

/**
 * Decides which cadence the beeps of one tone follow, and for how many cycles.
 *
 * <p>Onsets are sharp and offsets are lengthened by rooms, so intervals between onsets decide and
 * durations are taken with a tolerance above. Tolerances are the standards' own and, where real
 * horns deviate, the measured range, widened by 40 ms for the 10 ms grid and rooms.
 *
 * <p>Latency: a first T3 cycle is known {@value #PAUSE_SECONDS} s after its third beep, 3.6 s after
 * its onset; a second one 4 s later. A first clean group of four is known as long after its last
 * beep, 1.8 s after its onset, and counts as one cycle; the second, which makes it T4, after 5.7 s.
 * European CO is known with its second group, after some 2.6 s, rapid beeps after 1.3 s, a steady
 * tone after 2.5 s, slow beeps with the fifth, after 4.4 s, march time with the ninth, after 8.5 s.
 *
 * <p>Single-threaded; nothing is allocated after construction.
 */
final class CadenceClassifier {
  /** Silence after a beep that ends its group: over any gap within a cadence, under its pause. */
  static final double PAUSE_SECONDS = 1.1;

  private static final double HIGH_FROM_HZ =
      1950; // a horn's second tone is at 2156 (measured), less 10 %
  private static final double HIGH_TO_HZ = 4500; // 4.2 kHz is the highest piezo that was measured
  private static final double LOW_FROM_HZ = 460; // 520 Hz +- 10 % (UL 985)
  private static final double LOW_TO_HZ = 580;
  private static final double THREE_GROUP_GAP = 0.8; // between 0.55 (off) and 1.17 (pause)
  private static final double FOUR_GROUP_GAP = 0.3; // between 0.2 (off) and 0.4 (a clock's pause)
  private static final double LONGEST_THREE = 0.9; // 0.55 and the tail of a room
  private static final double MOST_PARTS = 1.6; // more: groups of short beeps that a room joins
  private static final long TOGETHER_FRAMES = 4;
  private static final float CLEAR_RISE_DB = 18; // what contradicts an alarm must stand out
  private static final float LOUD_RISE_DB = 24;

  private final ToneBeeps pieces; // as the tracker gives them
  private final ToneBeeps joined; // long beeps, put together
  private ToneBeeps beeps; // one of the two
  private final double highFromBand;
  private final double highToBand;
  private final double lowFromBand;
  private final double lowToBand;
  private final double frameSeconds;

  private boolean companion;
  private Cadence cadence = Cadence.UNKNOWN;
  private int cycles;
  private double validSeconds;

  CadenceClassifier(FeatureSpec spec) {
    pieces = new ToneBeeps(spec.hopSeconds());
    joined = new ToneBeeps(spec.hopSeconds());
    beeps = pieces;
    frameSeconds = spec.hopSeconds();
    highFromBand = spec.bandOf(HIGH_FROM_HZ);
    highToBand = spec.bandOf(HIGH_TO_HZ);
    lowFromBand = spec.bandOf(LOW_FROM_HZ);
    lowToBand = spec.bandOf(LOW_TO_HZ);
  }

  /**
   * Classifies the tone of a beep from what is known when it has just ended, or later.
   *
   * @param history all beeps
   * @param newest the tone's newest beep
   * @param paused whether {@link #PAUSE_SECONDS} of silence have followed it
   */
  void classify(BeepHistory history, long newest, boolean paused) {
    cadence = Cadence.UNKNOWN;
    cycles = 0;
    validSeconds = 0;
    if (!pieces.collect(history, newest)) {
      return;
    }
    joined.join(pieces);
    companion = companion(history, newest);
    float band = history.band(newest);
    boolean highPitch = band >= highFromBand && band <= highToBand;
    boolean alarmPitch = highPitch || (band >= lowFromBand && band <= lowToBand);
    boolean clear = history.riseDb(newest) >= CLEAR_RISE_DB;
    beeps = pieces;
    if (alarmPitch && (four(paused) || three(paused))) {
      return;
    }
    if (highPitch && rapid(history.riseDb(newest) >= LOUD_RISE_DB)) {
      return;
    }
    beeps = joined;
    if (alarmPitch && three(paused)) {
      return;
    }
    if (regular(alarmPitch, clear) || (highPitch && steady())) {
      return;
    }
    beeps = pieces;
    if (!regular(alarmPitch, clear) && clear) {
      counted();
    }
  }

  /** Whether a tone below all alarms beeps along: then this one is its harmonic. */
  private boolean companion(BeepHistory history, long newest) {
    int before = Math.min(1, joined.count - 1); // the newest tone's harmonics may still sound
    long onset = Math.round(joined.on[before] / frameSeconds);
    for (long beep = newest; beep >= history.first() && history.offFrame(beep) > onset; beep--) {
      float band = history.band(beep);
      boolean alarm = band >= highFromBand || (band >= lowFromBand && band <= lowToBand);
      if (!alarm
          && Math.abs(history.onFrame(beep) - onset) <= TOGETHER_FRAMES
          && history.riseDb(beep) >= history.riseDb(newest) - ToneBeeps.WEAKER_DB) {
        return true;
      }
    }
    return false;
  }

  Cadence cadence() {
    return cadence;
  }

  /** Cycles that speak for it, one after the other. */
  int cycles() {
    return cycles;
  }

  /** Until when, in seconds after the newest beep's end, it goes on if nothing more is heard. */
  double validSeconds() {
    return validSeconds;
  }

  private boolean found(Cadence found, int foundCycles, double valid) {
    cadence = found;
    cycles = foundCycles;
    validSeconds = valid;
    return true;
  }

  /** Groups of three, one of which in a row may have been heard badly. */
  private boolean three(boolean paused) {
    beeps.divide(THREE_GROUP_GAP);
    int group = 0;
    if (!paused) {
      if (beeps.groupCount[0] > 3 || beeps.groups < 2 || !threeBegins(0)) {
        return false;
      }
      group = 1;
    }
    int chain = 0;
    int skipped = 0;
    int last = -1;
    for (; group < beeps.groups; group++) {
      if (isThree(group) && (last < 0 || threeSpacing(group, last, skipped))) {
        chain++;
        skipped = 0;
        last = group;
      } else if (last < 0 || ++skipped > 1) {
        break;
      }
    }
    if (chain == 0) {
      return false;
    }
    return found(Cadence.TEMPORAL_THREE, chain, 2.5); // pause 1.7, beep 0.53, + 10 %
  }

  /** A group that has begun, and so far could become three. */
  private boolean threeBegins(int group) {
    double spacing = beeps.groupOn(group) - beeps.groupOn(group + 1);
    return spacing >= 3.0
        && spacing <= 4.6
        && beeps.durations(group, 0.30, LONGEST_THREE)
        && (beeps.groupCount[group] == 1 || beeps.even(group, 0.74, 1.14, 0.12));
  }

  private boolean isThree(int group) {
    return beeps.groupCount[group] == 3
        && beeps.even(group, 0.74, 1.14, 0.12) // on + off: 0.43 + 0.35 to 0.55 + 0.55
        && beeps.durations(group, 0.33, LONGEST_THREE);
  }

  private boolean threeSpacing(int older, int newer, int skipped) {
    double spacing = (beeps.groupOn(newer) - beeps.groupOn(older)) / (skipped + 1);
    return spacing >= 3.1 && spacing <= 4.5; // 3 on, 2 off, pause: 3.16 measured, 4 + 10 %
  }

  /** Groups of four: how far apart they are tells alarms from clocks. */
  private boolean four(boolean paused) {
    beeps.divide(FOUR_GROUP_GAP);
    boolean complete = paused || beeps.groupCount[0] == 4;
    int first = complete ? 0 : 1;
    if (first >= beeps.groups || !likeFour(first)) {
      return false;
    }
    int exact = isFour(first) ? 1 : 0;
    double span = beeps.groupSpan(first);
    int spaced = 1; // groups a cycle of T4 apart
    int minute = 0;
    int europeans = 1;
    int clock = 1;
    for (int older = first + 1; older < beeps.groups; older++) {
      if (!likeFour(older) || Math.abs(beeps.groupSpan(older) - span) > 0.15) {
        break;
      }
      double spacing = beeps.groupOn(older - 1) - beeps.groupOn(older);
      double pause = beeps.groupGap(older - 1);
      if (spacing >= 4.4 && spacing <= 5.6) { // 5 s +- 10 % (UL 2034)
        spaced++;
      } else if (spacing >= 53 && spacing <= 67) { // 60 s +- 10 %
        minute++;
      } else if (pause >= 0.72 && pause <= 1.25) { // 1 s, less the room's tail
        europeans++;
      } else if (pause < 0.72) { // 0.55 s measured on clocks
        clock++;
      } else {
        break;
      }
      exact += isFour(older) ? 1 : 0;
    }
    if (minute > 0 && exact > 1) {
      return found(Cadence.TEMPORAL_FOUR, minute + spaced, 67);
    }
    if (spaced > 1) { // without one clean group of four, a cycle less
      return found(Cadence.TEMPORAL_FOUR, exact > 0 ? spaced : spaced - 1, 5.6);
    }
    if (clock > 1 && exact > 1) {
      return found(Cadence.OTHER, clock, 2);
    }
    if (europeans > 1 && exact > 0) {
      return found(Cadence.EUROPEAN_CO, europeans, 2.2);
    }
    boolean alone = exact > 0 && beeps.groupGap(first) > PAUSE_SECONDS && paused;
    return alone && found(Cadence.TEMPORAL_FOUR, 1, 5.6);
  }

  private boolean isFour(int group) {
    return beeps.groupCount[group] == 4
        && beeps.even(group, 0.14, 0.42, 0.06)
        && beeps.durations(group, 0.04, 0.35);
  }

  /** A group that lasts as four short beeps do, of which a room may have run some together. */
  private boolean likeFour(int group) {
    double span = beeps.groupSpan(group);
    return span >= 0.5
        && span <= 1.5
        && beeps.groupCount[group] >= 2
        && beeps.groupCount[group] <= 7;
  }

  /** European smoke alarms: quick and regular, 0.15 to 0.27 s on, 0.05 to 0.10 s off. */
  private boolean rapid(boolean loud) {
    int run = 1;
    double sounding = beeps.duration(0);
    while (run < beeps.count && beeps.gap(run - 1) <= 0.16) {
      sounding += beeps.duration(run);
      run++;
    }
    double length = beeps.off[0] - beeps.on[run - 1];
    double interval = run > 1 ? (beeps.on[0] - beeps.on[run - 1]) / (run - 1) : 0;
    if (run < 5 || length < 1.3) {
      return false;
    }
    boolean even =
        interval >= 0.19 // 0.15 + 0.05 to 0.27 + 0.10
            && interval <= 0.42
            && sounding / length >= 0.58
            && beeps.evenRun(0, Math.min(run, 6), 0.17, 0.45, 0.1);
    boolean dense = // in a room: cut up or run together, but hardly ever silent
        loud && !companion && length >= 2.5 && interval >= 0.19 && sounding / length >= 0.72;
    return (even || dense) && found(Cadence.RAPID, (int) (length / (even ? 1.3 : 2.5)), 0.8);
  }

  /** Longer than any appliance's beep (1.2 s), with a margin. */
  private boolean steady() {
    double duration = beeps.duration(0);
    return duration >= 2.5 && found(Cadence.STEADY, (int) (duration / 2.5), 1);
  }

  /** Single beeps, evenly spaced: older smoke patterns once there are enough, or else no alarm. */
  private boolean regular(boolean alarmPitch, boolean clear) {
    int run = 1;
    while (run < beeps.count
        && beeps.gap(run - 1) <= 1.6
        && beeps.gap(run - 1) >= 0.2
        && beeps.evenRun(0, run + 1, 0.3, 2.5, 0.14)) {
      run++;
    }
    if (run < 4) {
      return false;
    }
    double interval = (beeps.on[0] - beeps.on[run - 1]) / (run - 1);
    double duration = beeps.meanDuration(0, run);
    boolean second = interval >= 0.9 && interval <= 1.16; // 0.35 + 0.67, 0.5 + 0.5
    boolean smoke = alarmPitch && second && !companion && beeps.meanParts(0, run) <= MOST_PARTS;
    if (smoke && run > 4 && duration >= 0.28 && duration < 0.43) {
      return found(Cadence.SLOW, run - 4, 1.3);
    }
    boolean march = interval >= 0.92 && interval <= 1.08 && duration >= 0.43 && duration <= 0.62;
    if (smoke && run > 8 && march) {
      return found(Cadence.MARCH, run - 8, 1.2);
    }
    return clear && beeps.sameDurations(0, run, 0.12) && found(Cadence.OTHER, run - 3, 2.5);
  }

  /** Short beeps in groups of the same number, which is not four. */
  private void counted() {
    beeps.divide(FOUR_GROUP_GAP);
    int size = beeps.groupCount[0];
    if (beeps.groups < 3 || size == 4) {
      return;
    }
    int same = 1;
    while (same < beeps.groups
        && beeps.groupCount[same] == size
        && beeps.groupGap(same - 1) < 2
        && beeps.durations(same, 0.03, 0.3)) {
      same++;
    }
    if (same >= 3 && size > 1) {
      found(Cadence.OTHER, same - 1, 2);
    }
  }
}
