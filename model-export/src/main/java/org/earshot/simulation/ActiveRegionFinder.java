package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the active parts of a weakly labelled clip from its energy over the clip's own noise floor.
 *
 * <p>Digital silence (clips padded with zeros) never counts towards the floor and never is active.
 * A clip whose level varies by less than {@value #FLAT_DYNAMIC_DB} dB is active wherever it is not
 * digitally silent. Resolution 5 ms. Immutable and thread-safe.
 */
final class ActiveRegionFinder {
  private static final int HOP_SAMPLES = 80;
  private static final double FLAT_DYNAMIC_DB = 10;
  private static final double SILENCE_POWER = 1e-10; // -100 dBFS
  private static final int SHORTEST_HOPS = 4;

  /** Active part {@code [fromSample, toSample)} of a clip. */
  record Region(int fromSample, int toSample) {
    int lengthSamples() {
      return toSample - fromSample;
    }
  }

  private final int joinHops;
  private final double decayDb;

  /**
   * @param joinSeconds parts closer than this are one episode
   * @param decayDb how far below the peak a decay still belongs to the event
   */
  ActiveRegionFinder(double joinSeconds, double decayDb) {
    this.joinHops = (int) Math.round(joinSeconds * Signal.SAMPLE_RATE_HZ / HOP_SAMPLES);
    this.decayDb = decayDb;
  }

  /** Active regions in order; empty only when the clip is digitally silent. */
  List<Region> find(float[] clip) {
    double[] power = hopPowers(clip);
    boolean[] sounding = new boolean[power.length];
    double[] levels = new double[power.length];
    int count = 0;
    double peakDb = -200;
    for (int i = 0; i < power.length; i++) {
      sounding[i] = power[i] > SILENCE_POWER;
      if (sounding[i]) {
        levels[count++] = power[i];
        peakDb = Math.max(peakDb, Signal.powerDb(power[i]));
      }
    }
    if (count == 0) {
      return List.of();
    }
    Arrays.sort(levels, 0, count);
    double floorDb = Signal.powerDb(levels[count / 10]);
    double dynamicDb = peakDb - floorDb;
    boolean[] active;
    if (dynamicDb < FLAT_DYNAMIC_DB) {
      active = sounding;
    } else {
      double overFloorDb = Math.min(12, 0.4 * dynamicDb);
      double onDb = Math.max(floorDb + overFloorDb, peakDb - decayDb);
      active = hysteresis(power, onDb, Math.max(floorDb + 0.6 * overFloorDb, onDb - 4));
    }
    return episodes(active, power, peakDb, clip.length);
  }

  /** How far the loudest 5 ms stand above the level that a tenth of the clip stays below. */
  static double dynamicDb(float[] clip) {
    double[] sounding =
        Arrays.stream(hopPowers(clip)).filter(power -> power > SILENCE_POWER).sorted().toArray();
    if (sounding.length == 0) {
      return 0;
    }
    return Signal.powerDb(sounding[sounding.length - 1])
        - Signal.powerDb(sounding[sounding.length / 10]);
  }

  private static boolean[] hysteresis(double[] power, double onDb, double offDb) {
    double on = Math.pow(10, onDb / 10);
    double off = Math.pow(10, offDb / 10);
    boolean[] active = new boolean[power.length];
    boolean open = false;
    double smoothed = 0; // holds short dips between the cycles of low sounds
    for (int i = 0; i < power.length; i++) {
      smoothed = Math.max(power[i], 0.75 * smoothed);
      open = open ? smoothed > off : power[i] > on;
      active[i] = open;
    }
    return active;
  }

  private List<Region> episodes(boolean[] active, double[] power, double peakDb, int clipSamples) {
    List<Region> episodes = new ArrayList<>();
    int from = -1;
    int to = -1;
    for (int i = 0; i <= active.length; i++) {
      boolean on = i < active.length && active[i];
      if (on && from < 0) {
        from = i;
        to = i + 1;
      } else if (on) {
        to = i + 1;
      } else if (from >= 0 && (i == active.length || i - to >= joinHops)) {
        if (to - from >= SHORTEST_HOPS && peakDb(power, from, to) > peakDb - 20) {
          episodes.add(new Region(from * HOP_SAMPLES, Math.min(clipSamples, to * HOP_SAMPLES)));
        }
        from = -1;
      }
    }
    if (episodes.isEmpty()) { // a single click: keep the loudest hop and what follows
      int loudest = 0;
      for (int i = 1; i < power.length; i++) {
        loudest = power[i] > power[loudest] ? i : loudest;
      }
      int start = Math.max(0, loudest - 1) * HOP_SAMPLES;
      episodes.add(
          new Region(start, Math.min(clipSamples, start + 2 * SHORTEST_HOPS * HOP_SAMPLES)));
    }
    return episodes;
  }

  private static double peakDb(double[] power, int from, int to) {
    double peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, power[i]);
    }
    return Signal.powerDb(peak);
  }

  /** Mean power of each hop, high-passed. */
  private static double[] hopPowers(float[] clip) {
    float[] filtered = clip.clone();
    Biquad.highPass(80, Math.sqrt(0.5)).apply(filtered);
    double[] power = new double[(clip.length + HOP_SAMPLES - 1) / HOP_SAMPLES];
    for (int i = 0; i < power.length; i++) {
      int from = i * HOP_SAMPLES;
      int to = Math.min(clip.length, from + HOP_SAMPLES);
      double sum = 0;
      double raw = 0;
      for (int k = from; k < to; k++) {
        sum += (double) filtered[k] * filtered[k];
        raw += Math.abs(clip[k]);
      }
      power[i] = raw == 0 ? 0 : sum / (to - from);
    }
    return power;
  }
}
