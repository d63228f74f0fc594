package org.earshot.simulation;

import java.util.ArrayList;
import java.util.List;
import org.earshot.dataset.Clip;
import org.earshot.dataset.Part;

/** A small library of made-up recordings: no files are read. */
final class TestClips {
  private TestClips() {}

  static Clip clip(String label, String name, float[] samples) {
    return new Clip(label + "/" + name + ".flac", label, Part.TRAIN, "made", name, "CC0", samples);
  }

  /** Silence with one decaying noise burst of the given length. */
  static float[] burst(double clipSeconds, double onsetSeconds, double burstSeconds, long seed) {
    SceneRandom random = new SceneRandom(seed);
    float[] samples = new float[Signal.samples(clipSeconds)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (1e-4 * random.gaussian());
    }
    int from = Signal.samples(onsetSeconds);
    int length = Signal.samples(burstSeconds);
    for (int i = 0; i < length; i++) {
      samples[from + i] += (float) (0.1 * Math.exp(-2.0 * i / length) * random.gaussian());
    }
    return samples;
  }

  static List<Clip> library() {
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clips.add(clip("dog_bark", "dog" + i, burst(3, 0.5, 0.3, i)));
      clips.add(clip("door_knock", "knock" + i, burst(2, 0.4, 0.2, 10 + i)));
      clips.add(clip("footsteps", "step" + i, burst(0.6, 0.1, 0.1, 20 + i)));
      clips.add(clip("other_cough", "cough" + i, burst(2, 0.2, 0.4, 30 + i)));
      clips.add(clip("door_open", "open" + i, burst(1, 0.1, 0.5, 40 + i)));
      clips.add(clip("other_rain", "rain" + i, burst(5, 0, 5, 50 + i)));
    }
    return clips;
  }
}
