package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;

/**
 * A sound as it arrives in its room, at full scale.
 *
 * @param dry its truth; the samples there are not used any more
 * @param pcm 16 kHz, scaled so that the peak is 32767
 * @param episodes one event each, in samples of {@code pcm}
 */
@SuppressWarnings("ArrayRecordComponent")
record WetSound(DrySound dry, short[] pcm, List<Region> episodes, String room, String distance) {

  static WetSound of(DrySound dry, float[] wet, RoomResponse room) {
    return new WetSound(
        dry.withoutSamples(),
        fullScale(wet),
        dry.episodes(),
        room.description(),
        room.distanceClass());
  }

  private static short[] fullScale(float[] samples) {
    float peak = Math.max(1e-9f, Signal.peak(samples));
    float gain = 32767 / peak;
    short[] pcm = new short[samples.length];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) Math.round(gain * samples[i]);
    }
    return pcm;
  }

  /**
   * This sound with another one of the same label from sample {@code at} on. Episodes that touch
   * become one.
   */
  WetSound joinedBy(WetSound other, int at, float gain) {
    float[] sum = Arrays.copyOf(samples(), Math.max(pcm.length, at + other.pcm.length));
    Signal.add(sum, at, other.samples(), gain);
    List<Region> sorted = new ArrayList<>(episodes);
    for (Region episode : other.episodes) {
      sorted.add(new Region(at + episode.fromSample(), at + episode.toSample()));
    }
    sorted.sort(Comparator.comparingInt(Region::fromSample));
    List<Region> joined = new ArrayList<>();
    for (Region next : sorted) {
      Region last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || next.fromSample() > last.toSample()) {
        joined.add(next);
      } else {
        int to = Math.max(last.toSample(), next.toSample());
        joined.set(joined.size() - 1, new Region(last.fromSample(), to));
      }
    }
    return new WetSound(dry.joinedBy(other.dry), fullScale(sum), joined, room, distance);
  }

  float[] samples() {
    float[] samples = new float[pcm.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pcm[i] * (1f / 32768);
    }
    return samples;
  }

  long bytes() {
    return 2L * pcm.length;
  }
}
