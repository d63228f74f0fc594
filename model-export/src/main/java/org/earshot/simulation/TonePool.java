package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.earshot.dataset.Clip;
import org.earshot.simulation.ActiveRegionFinder.Region;
import org.jtransforms.fft.FloatFFT_1D;

/** Steady tones found in recordings of things that beep. */
final class TonePool {
  private static final Set<String> OTHERS =
      Set.of("alarm_clock", "microwave", "appliance_beep", "medical_beep");
  private static final int FFT_SIZE = 2048;
  private static final int MOST_TONES_PER_CLIP = 6;

  private TonePool() {}

  /** Tones of real smoke alarms. */
  static List<RecordedTone> alarmTones(List<Clip> clips) {
    return tones(clips, Set.of("smoke_alarm"), 0.2);
  }

  /** Tones of appliances, clocks and monitors. */
  static List<RecordedTone> otherTones(List<Clip> clips) {
    return tones(clips, OTHERS, 0.07);
  }

  private static List<RecordedTone> tones(List<Clip> clips, Set<String> labels, double seconds) {
    List<Clip> ordered = new ArrayList<>(clips);
    ordered.sort(Comparator.comparing(Clip::path));
    ActiveRegionFinder finder = new ActiveRegionFinder(0.02, 12);
    List<RecordedTone> tones = new ArrayList<>();
    for (Clip clip : ordered) {
      if (!labels.contains(clip.label())) {
        continue;
      }
      int taken = 0;
      for (Region region : finder.find(clip.samples())) {
        int edge = Signal.samples(0.01); // leave attack and release to the gate
        int from = region.fromSample() + edge;
        int to = Math.min(region.toSample() - edge, from + Signal.samples(2));
        if (to - from < Signal.samples(seconds) || taken == MOST_TONES_PER_CLIP) {
          continue;
        }
        float[] tone = Arrays.copyOfRange(clip.samples(), from, to);
        if (tonality(tone) > 0.35) {
          Signal.scale(tone, 0.7f / Math.max(1e-6f, Signal.peak(tone)));
          tones.add(new RecordedTone(tone, clip.path()));
          taken++;
        }
      }
    }
    return tones;
  }

  /** Share of the energy that lies within a few bins of the strongest line, 0 to 1. */
  static double tonality(float[] tone) {
    float[] frame = new float[FFT_SIZE];
    int length = Math.min(FFT_SIZE, tone.length);
    int from = (tone.length - length) / 2;
    for (int i = 0; i < length; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
      frame[i] = (float) (window * tone[from + i]);
    }
    new FloatFFT_1D(FFT_SIZE).realForward(frame);
    double total = 1e-12;
    int strongest = 1;
    double[] power = new double[FFT_SIZE / 2];
    for (int k = 1; k < FFT_SIZE / 2; k++) {
      power[k] = frame[2 * k] * frame[2 * k] + frame[2 * k + 1] * frame[2 * k + 1];
      total += power[k];
      strongest = power[k] > power[strongest] ? k : strongest;
    }
    double line = 0;
    for (int k = Math.max(1, strongest - 6); k <= Math.min(FFT_SIZE / 2 - 1, strongest + 6); k++) {
      line += power[k];
    }
    return line / total;
  }
}
