package org.earshot.answer;

import java.io.IOException;

/** The chime that tells people in the room that somebody begins to listen. */
public final class Chime {
  static final int SAMPLE_RATE_HZ = 16_000;
  private static final double[] NOTES_HZ = {784, 1_046.5, 1_318.5}; // g'', c''', e'''
  private static final double NOTE_SECONDS = 0.25;
  private static final double DECAY_SECONDS = 0.12;
  private static final double ATTACK_SECONDS = 0.005;
  private static final double PEAK = 0.6; // of full scale

  private Chime() {}

  /**
   * Plays it and returns when it was heard, after less than a second.
   *
   * @throws IOException that says what the reader can do
   */
  public static void play(SoundOutput output) throws IOException {
    try (SoundOutput.Line line = output.open(SAMPLE_RATE_HZ)) {
      byte[] pcm = pcm();
      line.write(pcm, 0, pcm.length);
      line.drain();
    }
  }

  /** Signed 16-bit little-endian samples. */
  static byte[] pcm() {
    int noteSamples = (int) (NOTE_SECONDS * SAMPLE_RATE_HZ);
    byte[] pcm = new byte[2 * NOTES_HZ.length * noteSamples];
    for (int note = 0; note < NOTES_HZ.length; note++) {
      for (int i = 0; i < noteSamples; i++) {
        double seconds = (double) i / SAMPLE_RATE_HZ;
        double left = NOTE_SECONDS - seconds;
        double envelope =
            Math.min(1, Math.min(seconds, left) / ATTACK_SECONDS)
                * Math.exp(-seconds / DECAY_SECONDS);
        double value = PEAK * envelope * Math.sin(2 * Math.PI * NOTES_HZ[note] * seconds);
        short rounded = (short) Math.round(value * Short.MAX_VALUE);
        int at = 2 * (note * noteSamples + i);
        pcm[at] = (byte) rounded;
        pcm[at + 1] = (byte) (rounded >> 8);
      }
    }
    return pcm;
  }
}
