package org.earshot.detect;

import java.util.Arrays;
import org.earshot.audio.feature.FeatureSpec;

/**
 * Finds tonal beeps in log-mel frames and notes when each begins and ends.
 *
 * <p>A beep begins where a band stands out from its surroundings in the spectrum, from its own
 * background and from the last moments, in three frames out of four. Its pitch is then followed. It
 * ends where its level falls by some decibels from the beep's own level, not where it reaches the
 * background: so a reverberating room lengthens it by little, and beeps with gaps of 50 ms stay
 * apart. Up to {@value #VOICES} tones sound at once; what is beyond is not heard.
 *
 * <p>Contract: un-normalised frames in order (natural logarithms of power). Latency: a beep is in
 * the history some 40 ms after its end. Memory is fixed; single-threaded; nothing is allocated
 * after construction.
 */
final class ToneTracker {
  /** Two alarms at once, each with a pair of tones or a strong harmonic, and others beside them. */
  static final int VOICES = 8;

  private static final float DB = 0.2302585f; // ln(10) / 10: a decibel of power in nepers
  private static final double LOWEST_HZ = 400; // below 520 Hz - 10 % (UL 985)
  private static final double HIGHEST_HZ = 5200; // above alarm clocks near 4.1 kHz (measured)
  private static final int NEAR_SIDE = 3; // a tone at 520 Hz covers 2 bands on each side
  private static final int FAR_SIDE = 6;
  private static final float TONALITY = 5 * DB; // single noise bands seldom exceed it 3 frames long
  private static final float OVER_BACKGROUND = 6 * DB;
  private static final float ONSET_RISE = 5 * DB; // over the lowest of the last moments
  private static final float LEAST_FALL = 4.5f * DB; // gaps of 50 ms with an RT60 of 0.6 s
  private static final float MOST_FALL = 6.5f * DB;
  private static final float FALL_SHARE = 0.3f; // of the beep's rise over the background
  private static final float MOST_DECAY = 10 * DB; // from a beep's loudest to its end
  private static final float LOST = 2 * DB; // no longer a tone
  private static final float JUMP = 8 * DB; // over a voice's own level: another sound begins
  private static final int HITS = 3; // of four frames
  private static final int OFF_FRAMES = 2;
  private static final int SHORTEST_FRAMES = 4; // a chirp's 15 ms is smeared over 4 frames
  private static final float FLOOR_RISE = 0.8f * DB; // of the fast floor, a frame
  private static final float BACKGROUND_RISE = 0.004f; // a frame: 2.5 s
  private static final float BACKGROUND_FALL = 0.05f; // a frame: 0.2 s
  private static final float REFERENCE_FALL = 0.3f * DB; // a frame: well below an RT60 of 1 s
  private static final float CLAIM_BANDS = 2.5f; // around a sounding voice nothing else begins

  private static final float SAME_BANDS = 1;

  private final BeepHistory beeps;
  private final int lowest;
  private final int highest;
  private final float[] background; // [melBands], followed over seconds
  private final float[] floor; // [melBands], the lowest of the last moments
  private final boolean[] claimed; // [melBands]: lies close to a voice
  private final Voice[] voices = new Voice[VOICES];
  private long frame;

  /** One tone that may be sounding. */
  private static final class Voice {
    private boolean active;
    private boolean sounding; // confirmed by enough frames
    private long onFrame;
    private long lowSince; // first frame of the fall, or -1
    private int hits;
    private int hops; // since the onset
    private float band;
    private float reference; // the beep's own level
    private float loudest; // highest reference
    private float onsetBackground;
    private double bandSum;
    private double levelSum;
    private int summed;
  }

  /**
   * @param spec what the frames are
   * @param beeps where ended beeps go
   */
  ToneTracker(FeatureSpec spec, BeepHistory beeps) {
    this.beeps = beeps;
    int bands = spec.melBands();
    lowest = Math.max(1, (int) Math.round(spec.bandOf(LOWEST_HZ)));
    highest = Math.min(bands - 2, (int) Math.round(spec.bandOf(HIGHEST_HZ)));
    background = new float[bands];
    floor = new float[bands];
    claimed = new boolean[bands];
    Arrays.setAll(voices, i -> new Voice());
  }

  /**
   * Takes the next frame.
   *
   * @param logMel [melBands], un-normalised, not kept
   */
  void accept(float[] logMel) {
    if (frame == 0) {
      System.arraycopy(logMel, 0, background, 0, background.length);
      System.arraycopy(logMel, 0, floor, 0, floor.length);
    }
    for (Voice voice : voices) {
      if (voice.active) {
        follow(voice, logMel);
      }
    }
    dropDoubles();
    claim();
    begin(logMel);
    settle(logMel);
    frame++;
  }

  /** Frames taken so far. */
  long frames() {
    return frame;
  }

  /** How long the tone that has sounded longest has done so, in frames; 0 in none. */
  int longestFrames(float fromBand, float toBand) {
    long longest = 0;
    for (Voice voice : voices) {
      if (voice.active && voice.sounding && voice.band >= fromBand && voice.band <= toBand) {
        longest = Math.max(longest, frame - voice.onFrame);
      }
    }
    return (int) Math.min(longest, Integer.MAX_VALUE);
  }

  /** Whether a tone of this pitch is sounding. */
  boolean sounding(float band, float tolerance) {
    for (Voice voice : voices) {
      if (voice.active && voice.sounding && Math.abs(voice.band - band) <= tolerance) {
        return true;
      }
    }
    return false;
  }

  void reset() {
    frame = 0;
    for (Voice voice : voices) {
      voice.active = false;
    }
  }

  /** Nepers over the mean level of the bands a little off on both sides. */
  private static float tonality(float[] logMel, int band) {
    float sum = 0;
    int count = 0;
    for (int side = NEAR_SIDE; side <= FAR_SIDE; side++) {
      if (band - side >= 0) {
        sum += logMel[band - side];
        count++;
      }
      if (band + side < logMel.length) {
        sum += logMel[band + side];
        count++;
      }
    }
    return logMel[band] - sum / count;
  }

  private void follow(Voice voice, float[] logMel) {
    int peak = peakNear(voice.band, logMel);
    float level = logMel[peak];
    voice.hops++;
    if (!voice.sounding) {
      if (tonality(logMel, peak) >= TONALITY && level - voice.onsetBackground >= OVER_BACKGROUND) {
        hit(voice, peak, logMel);
        voice.sounding = voice.hits >= HITS;
      } else if (voice.hops - voice.hits >= 2) {
        voice.active = false;
      }
      return;
    }
    if (level >= voice.reference + JUMP && voice.hops > 2 * HITS) {
      voice.lowSince = voice.lowSince < 0 ? frame : voice.lowSince;
      end(voice);
      return;
    }
    float rise = voice.reference - voice.onsetBackground;
    float fall = Math.max(LEAST_FALL, Math.min(MOST_FALL, FALL_SHARE * rise));
    boolean heard =
        level >= voice.reference - fall
            && level >= voice.loudest - MOST_DECAY
            && tonality(logMel, peak) >= LOST;
    if (heard) {
      voice.lowSince = -1;
      hit(voice, peak, logMel);
      return;
    }
    if (voice.lowSince < 0) {
      voice.lowSince = frame;
    }
    if (frame - voice.lowSince + 1 >= OFF_FRAMES) {
      end(voice);
    }
  }

  /** Two voices that came to follow the same tone are one: the older goes on. */
  private void dropDoubles() {
    for (Voice voice : voices) {
      for (Voice other : voices) {
        boolean same =
            voice != other
                && voice.active
                && other.active
                && Math.abs(voice.band - other.band) < SAME_BANDS;
        if (same && other.onFrame >= voice.onFrame) {
          other.active = false;
        }
      }
    }
  }

  private void hit(Voice voice, int peak, float[] logMel) {
    float level = logMel[peak];
    voice.hits++;
    float at = interpolated(peak, logMel);
    voice.band += 0.5f * Math.max(-1f, Math.min(1f, at - voice.band));
    voice.reference =
        level > voice.reference
            ? voice.reference + 0.5f * (level - voice.reference)
            : Math.max(level, voice.reference - REFERENCE_FALL);
    voice.loudest = Math.max(voice.loudest, voice.reference);
    voice.bandSum += at;
    voice.levelSum += level;
    voice.summed++;
  }

  private void end(Voice voice) {
    voice.active = false;
    if (voice.lowSince - voice.onFrame >= SHORTEST_FRAMES) {
      float band = (float) (voice.bandSum / voice.summed);
      float rise = (float) (voice.levelSum / voice.summed) - voice.onsetBackground;
      beeps.add(voice.onFrame, voice.lowSince, band, rise / DB);
    }
  }

  private int peakNear(float band, float[] logMel) {
    int centre = Math.round(band);
    int best = centre;
    for (int b = Math.max(lowest, centre - 1); b <= Math.min(highest, centre + 1); b++) {
      best = logMel[b] > logMel[best] ? b : best;
    }
    return best;
  }

  /** Peak of the parabola through three bands. */
  private static float interpolated(int peak, float[] logMel) {
    if (peak == 0 || peak == logMel.length - 1) {
      return peak;
    }
    float left = logMel[peak - 1];
    float right = logMel[peak + 1];
    float bend = left - 2 * logMel[peak] + right;
    return bend >= 0 ? peak : peak + Math.max(-0.5f, Math.min(0.5f, 0.5f * (left - right) / bend));
  }

  /** Starts voices at peaks that have just risen. */
  private void begin(float[] logMel) {
    for (int band = lowest; band <= highest; band++) {
      float level = logMel[band];
      boolean stands =
          level - background[band] >= OVER_BACKGROUND
              && level - floor[band] >= ONSET_RISE
              && level >= logMel[band - 1]
              && level > logMel[band + 1]
              && !claimed[band]
              && tonality(logMel, band) >= TONALITY;
      if (stands) {
        Voice voice = free(level - background[band]);
        if (voice == null) {
          return;
        }
        voice.active = true;
        voice.sounding = false;
        voice.onFrame = frame;
        voice.lowSince = -1;
        voice.hits = 0;
        voice.hops = 1;
        voice.band = band;
        voice.reference = level;
        voice.loudest = level;
        voice.onsetBackground = background[band];
        voice.bandSum = 0;
        voice.levelSum = 0;
        voice.summed = 0;
        hit(voice, band, logMel);
        claim();
      }
    }
  }

  private void claim() {
    Arrays.fill(claimed, false);
    for (Voice voice : voices) {
      if (voice.active) {
        int from = Math.max(lowest, (int) (voice.band - CLAIM_BANDS));
        for (int band = from; band <= highest && band - voice.band <= CLAIM_BANDS; band++) {
          claimed[band] |= voice.band - band <= CLAIM_BANDS;
        }
      }
    }
  }

  /** A voice that is silent, or else the weakest if it is far weaker; null in none. */
  private Voice free(float rise) {
    Voice weakest = null;
    float least = rise - ONSET_RISE;
    for (Voice voice : voices) {
      if (!voice.active) {
        return voice;
      }
      float its = voice.reference - voice.onsetBackground;
      if (its < least) {
        least = its;
        weakest = voice;
      }
    }
    return weakest;
  }

  /** Background and floor follow; the background does not rise under a tone. */
  private void settle(float[] logMel) {
    for (int band = lowest; band <= highest; band++) {
      float level = logMel[band];
      floor[band] = Math.min(level, floor[band] + FLOOR_RISE);
      float difference = level - background[band];
      if (difference < 0) {
        background[band] += BACKGROUND_FALL * difference;
      } else if (!claimed[band]) {
        background[band] += BACKGROUND_RISE * difference;
      }
    }
  }
}
