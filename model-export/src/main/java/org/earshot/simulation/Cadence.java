package org.earshot.simulation;

/**
 * One cycle of a beep pattern: beep i sounds for {@code onSeconds[i]}, then rests for {@code
 * offSeconds[i]}; the last rest is the pause before the next cycle.
 *
 * @param pitchRatios pitch of each beep against the tone's own
 * @param undecidedSeconds how long into the pattern it cannot be told from a near miss
 */
@SuppressWarnings("ArrayRecordComponent")
record Cadence(
    double[] onSeconds, double[] offSeconds, double[] pitchRatios, double undecidedSeconds) {

  static Cadence regular(
      int beeps, double onSeconds, double offSeconds, double pauseSeconds, double undecided) {
    double[] on = new double[beeps];
    double[] off = new double[beeps];
    double[] pitch = new double[beeps];
    for (int i = 0; i < beeps; i++) {
      on[i] = onSeconds;
      off[i] = i == beeps - 1 ? pauseSeconds : offSeconds;
      pitch[i] = 1;
    }
    return new Cadence(on, off, pitch, undecided);
  }

  double longestRestSeconds() {
    double longest = 0;
    for (double rest : offSeconds) {
      longest = Math.max(longest, rest);
    }
    return longest;
  }

  double cycleSeconds() {
    double sum = 0;
    for (int i = 0; i < onSeconds.length; i++) {
      sum += onSeconds[i] + offSeconds[i];
    }
    return sum;
  }
}
