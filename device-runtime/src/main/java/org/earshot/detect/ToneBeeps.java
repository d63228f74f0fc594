package org.earshot.detect;

/**
 * The beeps of one tone, newest first, and their groups: what a cadence is read from.
 *
 * <p>Beeps that overlap are one. Those far weaker than the tone's strongest are left out, since
 * they are noise or another sound. Times are seconds since the stream's beginning. Sized once;
 * single-threaded.
 */
final class ToneBeeps {
  /** More than march time needs (9) and eight cycles of four beeps. */
  static final int MOST = 48;

  private static final float SAME_BANDS = 1.2f; // 50 Hz at 520 Hz, 170 Hz at 3.2 kHz: drift, jitter
  static final float WEAKER_DB = 12;
  private static final float LEAST_RISE_DB = 11; // alarms at 0 dB rise by 20 dB and more in theirs
  private static final double LONGEST_SECONDS = 70; // one T4 cycle of 60 s, + 10 % (UL 2034)
  private static final double PIECES_SECONDS = 0.12; // under 0.35 (T3's shortest gap) less a tail
  private static final double LONG_SECONDS = 0.6; // by then T3's longest beep has ended
  private static final float TAIL_DB = 3.5f;
  private static final double TAIL_SECONDS = 0.25;
  private static final double ONE_SOUND_SECONDS = 0.02;

  final double[] on = new double[MOST]; // [beeps], newest first
  final double[] off = new double[MOST]; // [beeps]
  final float[] riseDb = new float[MOST]; // [beeps]
  final int[] parts = new int[MOST]; // [beeps]: of how many pieces a beep was put together
  int count;

  final int[] groupCount = new int[MOST]; // [groups], newest first
  final int[] groupNewest = new int[MOST]; // [groups]: its last beep
  int groups;

  private final double frameSeconds;

  ToneBeeps(double frameSeconds) {
    this.frameSeconds = frameSeconds;
  }

  /**
   * Collects the beeps of the tone of one beep, up to that beep.
   *
   * @return false if that beep is too weak to be one of its tone's
   */
  boolean collect(BeepHistory history, long newest) {
    float band = history.band(newest);
    long oldest = history.onFrame(newest) - (long) (LONGEST_SECONDS / frameSeconds);
    float strongest = history.riseDb(newest);
    for (long beep = newest; beep >= history.first(); beep--) {
      if (history.offFrame(beep) < oldest) {
        break;
      }
      if (Math.abs(history.band(beep) - band) <= SAME_BANDS) {
        strongest = Math.max(strongest, history.riseDb(beep));
      }
    }
    count = 0;
    if (history.riseDb(newest) < Math.max(LEAST_RISE_DB, strongest - WEAKER_DB)) {
      return false;
    }
    for (long beep = newest; beep >= history.first() && history.offFrame(beep) >= oldest; beep--) {
      if (Math.abs(history.band(beep) - band) > SAME_BANDS
          || history.riseDb(beep) < Math.max(LEAST_RISE_DB, strongest - WEAKER_DB)) {
        continue;
      }
      double from = history.onFrame(beep) * frameSeconds;
      double to = history.offFrame(beep) * frameSeconds;
      if (count > 0 && to > on[count - 1] - ONE_SOUND_SECONDS) {
        on[count - 1] = Math.min(on[count - 1], from);
        riseDb[count - 1] = Math.max(riseDb[count - 1], history.riseDb(beep));
      } else if (count == MOST) {
        break;
      } else {
        on[count] = from;
        off[count] = to;
        riseDb[count] = history.riseDb(beep);
        parts[count] = 1;
        count++;
      }
    }
    return true;
  }

  /**
   * Takes another's beeps as an ear would that hears long beeps only: pieces of one beep, which a
   * room's reflections or noise cut up, are joined, and pieces of the tail after it are left out.
   */
  void join(ToneBeeps pieces) {
    count = 0;
    for (int piece = pieces.count - 1; piece >= 0; piece--) { // oldest first, for now
      boolean follows = count > 0;
      double gap = follows ? pieces.on[piece] - off[count - 1] : 0;
      float weaker = follows ? riseDb[count - 1] - pieces.riseDb[piece] : 0;
      double sinceOnset = follows ? pieces.on[piece] - on[count - 1] : 0;
      if (follows && weaker > TAIL_DB && gap < TAIL_SECONDS) {
        parts[count - 1] += weaker < 2 * TAIL_DB ? 1 : 0; // or else a beep of its own
        continue;
      }
      if (follows && gap < PIECES_SECONDS && (sinceOnset < LONG_SECONDS || gap < 0.04)) {
        off[count - 1] = pieces.off[piece];
        riseDb[count - 1] = Math.max(riseDb[count - 1], pieces.riseDb[piece]);
        parts[count - 1]++;
        continue;
      }
      on[count] = pieces.on[piece];
      off[count] = pieces.off[piece];
      riseDb[count] = pieces.riseDb[piece];
      parts[count] = 1;
      count++;
    }
    for (int i = 0, j = count - 1; i < j; i++, j--) {
      swap(on, i, j);
      swap(off, i, j);
      float rise = riseDb[i];
      riseDb[i] = riseDb[j];
      riseDb[j] = rise;
      int part = parts[i];
      parts[i] = parts[j];
      parts[j] = part;
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  double duration(int beep) {
    return off[beep] - on[beep];
  }

  /** From the onset of the beep before to the onset of this one. */
  double interval(int beep) {
    return on[beep] - on[beep + 1];
  }

  /** Silence before a beep; infinite before the oldest. */
  double gap(int beep) {
    return beep + 1 < count ? on[beep] - off[beep + 1] : Double.POSITIVE_INFINITY;
  }

  /** Divides the beeps into groups at gaps of at least so many seconds. */
  void divide(double gapSeconds) {
    groups = 0;
    int newest = 0;
    for (int beep = 0; beep < count; beep++) {
      if (gap(beep) >= gapSeconds) {
        groupNewest[groups] = newest;
        groupCount[groups] = beep - newest + 1;
        groups++;
        newest = beep + 1;
      }
    }
  }

  double groupOn(int group) {
    return on[groupNewest[group] + groupCount[group] - 1];
  }

  double groupOff(int group) {
    return off[groupNewest[group]];
  }

  double groupSpan(int group) {
    return groupOff(group) - groupOn(group);
  }

  /** Silence before a group. */
  double groupGap(int group) {
    return gap(groupNewest[group] + groupCount[group] - 1);
  }

  /** Whether all intervals of a group are in a range and differ by no more than a tolerance. */
  boolean even(int group, double shortest, double longest, double tolerance) {
    int from = groupNewest[group];
    return evenRun(from, groupCount[group], shortest, longest, tolerance);
  }

  boolean evenRun(int newest, int beeps, double shortest, double longest, double tolerance) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int beep = newest; beep < newest + beeps - 1; beep++) {
      least = Math.min(least, interval(beep));
      most = Math.max(most, interval(beep));
    }
    return beeps > 1 && least >= shortest && most <= longest && most - least <= tolerance;
  }

  /** Whether all beeps of a group last within a range. */
  boolean durations(int group, double shortest, double longest) {
    for (int i = 0; i < groupCount[group]; i++) {
      double duration = duration(groupNewest[group] + i);
      if (duration < shortest || duration > longest) {
        return false;
      }
    }
    return true;
  }

  boolean sameDurations(int newest, int beeps, double tolerance) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int beep = newest; beep < newest + beeps; beep++) {
      least = Math.min(least, duration(beep));
      most = Math.max(most, duration(beep));
    }
    return most - least <= tolerance;
  }

  double meanParts(int newest, int beeps) {
    double sum = 0;
    for (int i = 0; i < beeps; i++) {
      sum += parts[newest + i];
    }
    return sum / beeps;
  }

  double meanDuration(int newest, int beeps) {
    double sum = 0;
    for (int i = 0; i < beeps; i++) {
      sum += duration(newest + i);
    }
    return sum / beeps;
  }
}
