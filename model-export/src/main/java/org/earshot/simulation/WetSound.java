package org.earshot.simulation;

import java.util.List;

/**
 * A sound as it arrives in its room, at full scale.
 *
 * @param dry its truth; the samples there are not used any more
 * @param pcm 16 kHz, scaled so that the peak is 32767
 * @param episodes one event each, in samples of {@code pcm}
 */
@SuppressWarnings("ArrayRecordComponent")
record WetSound(
    DrySound dry,
    short[] pcm,
    List<ActiveRegionFinder.Region> episodes,
    String room,
    String distance) {

  static WetSound of(DrySound dry, float[] wet, RoomResponse room) {
    float peak = Math.max(1e-9f, Signal.peak(wet));
    float gain = 32767 / peak;
    short[] pcm = new short[wet.length];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) Math.round(gain * wet[i]);
    }
    return new WetSound(
        dry.withoutSamples(), pcm, dry.episodes(), room.description(), room.distanceClass());
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
