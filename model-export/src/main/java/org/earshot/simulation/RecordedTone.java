package org.earshot.simulation;

/**
 * A steady tone cut from a recording and gated anew, so that a cadence is learnt and not a timbre.
 *
 * <p>Immutable. Tones shorter than the beep are looped with a cross-fade when they last at least 60
 * ms, so a beep is always as long as asked.
 */
final class RecordedTone implements BeepTone {
  private static final int EDGE_SAMPLES = 48; // 3 ms

  private final float[] tone;
  private final String source;

  RecordedTone(float[] tone, String source) {
    this.tone = tone;
    this.source = source;
  }

  float[] tone() {
    return tone;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public int addBeep(float[] out, int at, int length, double pitchRatio, SceneRandom random) {
    float[] beep = new float[length];
    int cross = Math.min(160, tone.length / 4);
    int slack = tone.length - length;
    int from = slack > 0 ? random.below(slack) : 0;
    int filled = 0;
    while (filled < length) {
      int take = Math.min(tone.length - from, length - filled + cross);
      int start = filled == 0 ? 0 : filled - cross;
      for (int i = 0; i < take && start + i < length; i++) {
        float fadeIn = filled > 0 && i < cross ? (i + 0.5f) / cross : 1;
        int left = take - 1 - i;
        boolean more = start + take < length;
        float fadeOut = more && left < cross ? (left + 0.5f) / cross : 1;
        beep[start + i] += fadeIn * fadeOut * tone[from + i];
      }
      filled = start + take;
      from = random.below(Math.max(1, tone.length / 4));
      if (tone.length - from <= cross + 1) {
        break;
      }
    }
    Signal.fade(beep, EDGE_SAMPLES, EDGE_SAMPLES);
    Signal.add(out, at, beep, 1);
    return length;
  }
}
