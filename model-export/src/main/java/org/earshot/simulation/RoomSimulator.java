package org.earshot.simulation;

import java.util.Arrays;
import java.util.Locale;

/**
 * Draws shoebox rooms: image sources up to {@value #MIXING_SECONDS} s, then a diffuse exponential
 * tail.
 *
 * <p>Two bands (crossover 1.4 kHz) have reflection coefficients and decay times of their own. The
 * direct path is normalised to 1 at sample 0, so the level does not depend on the distance but the
 * ratio of direct to reverberant energy does. Source: J. B. Allen and D. A. Berkley, "Image method
 * for efficiently simulating small-room acoustics", 1979; decay by Eyring's formula.
 */
final class RoomSimulator {
  private static final double SPEED_OF_SOUND = 343; // m/s
  private static final double MIXING_SECONDS = 0.045;
  private static final double CROSSOVER_HZ = 1400;
  private static final double LONGEST_SECONDS = 0.75;

  private final Convolver convolver;

  RoomSimulator(Convolver convolver) {
    this.convolver = convolver;
  }

  /** A random room of 2 x 2 to 8 x 12 m with a source between the given distances. */
  RoomResponse draw(SceneRandom random, double nearestMetres, double farthestMetres) {
    double distance = random.logUniform(nearestMetres, farthestMetres);
    double[] size = {
      Math.max(random.logUniform(2, 8), 0.45 * distance + 0.6),
      Math.max(random.logUniform(2, 12), 0.9 * distance + 0.8),
      random.uniform(2.3, 3.4)
    };
    double absorptionLow = random.logUniform(0.06, 0.4);
    double absorptionHigh = Math.min(0.7, absorptionLow * random.uniform(1.0, 3.0));
    double[] microphone = new double[3];
    double[] source = new double[3];
    place(random, size, distance, microphone, source);
    double actual = distance(microphone, source);
    float[] low = band(random, size, microphone, source, actual, absorptionLow);
    float[] high = band(random, size, microphone, source, actual, absorptionHigh);
    float[] taps = crossOver(low, high);
    String wall = "";
    if (random.chance(0.12)) {
      Biquad.lowPass(random.logUniform(450, 2800), 0.6).apply(taps);
      wall = ", through a wall";
    }
    taps = trimTail(taps);
    String description =
        String.format(
            Locale.ROOT,
            "%.1f x %.1f m, T60 %.2f s%s",
            size[0],
            size[1],
            decaySeconds(size, absorptionLow),
            wall);
    return new RoomResponse(taps, convolver.spectra(taps), actual, description);
  }

  /** Eyring's reverberation time for the mean absorption coefficient. */
  static double decaySeconds(double[] sizeMetres, double absorption) {
    double volume = sizeMetres[0] * sizeMetres[1] * sizeMetres[2];
    return 0.161 * volume / (-surface(sizeMetres) * Math.log(1 - absorption));
  }

  /** A recorded response: cut to its direct sound, normalised, and its tail bounded. */
  RoomResponse recorded(float[] recording, String name, SceneRandom random) {
    int direct = 0;
    for (int i = 0; i < recording.length; i++) {
      if (Math.abs(recording[i]) > Math.abs(recording[direct])) {
        direct = i;
      }
    }
    int from = Math.max(0, direct - 8);
    int length = Math.min(recording.length - from, Signal.samples(LONGEST_SECONDS));
    float[] taps = new float[length];
    float gain = 1 / Math.max(1e-6f, Math.abs(recording[direct]));
    double extraDecay = 6.9 / random.uniform(0.4, 1.2); // 60 dB of further decay in so many seconds
    for (int i = 0; i < length; i++) {
      double seconds = Signal.seconds(Math.max(0, i - 8));
      taps[i] = (float) (gain * recording[from + i] * Math.exp(-extraDecay * seconds));
    }
    Signal.fade(taps, 0, length / 4);
    return new RoomResponse(taps, convolver.spectra(taps), 3, "recorded " + name);
  }

  private static void place(
      SceneRandom random, double[] size, double distance, double[] microphone, double[] source) {
    double closest = Double.MAX_VALUE;
    for (int attempt = 0; attempt < 40 && closest > 0.1 * distance; attempt++) {
      double[] m = point(random, size);
      double azimuth = random.uniform(0, 2 * Math.PI);
      double height = random.uniform(0.2, size[2] - 0.2);
      double across =
          Math.sqrt(Math.max(0, distance * distance - (height - m[2]) * (height - m[2])));
      double[] s = {
        clamp(m[0] + across * Math.cos(azimuth), size[0]),
        clamp(m[1] + across * Math.sin(azimuth), size[1]),
        height
      };
      double error = Math.abs(distance(m, s) - distance);
      if (error < closest) {
        closest = error;
        System.arraycopy(m, 0, microphone, 0, 3);
        System.arraycopy(s, 0, source, 0, 3);
      }
    }
  }

  private static double[] point(SceneRandom random, double[] size) {
    return new double[] {
      random.uniform(0.2, size[0] - 0.2),
      random.uniform(0.2, size[1] - 0.2),
      random.uniform(0.4, Math.min(2.2, size[2] - 0.2))
    };
  }

  private static double clamp(double at, double size) {
    return Math.max(0.15, Math.min(size - 0.15, at));
  }

  private static float[] band(
      SceneRandom random,
      double[] size,
      double[] microphone,
      double[] source,
      double direct,
      double absorption) {
    double decay = decaySeconds(size, absorption);
    float[] taps = new float[Signal.samples(Math.min(LONGEST_SECONDS, 0.9 * decay + 0.06))];
    images(taps, size, microphone, source, direct, Math.sqrt(1 - absorption));
    // Diffuse field: reverberant over direct energy is 16 pi d^2 / room constant.
    double surface = surface(size);
    double ratio = 16 * Math.PI * direct * direct * (1 - absorption) / (surface * absorption);
    double perSample = 13.8 / (decay * Signal.SAMPLE_RATE_HZ); // energy falls by e^-13.8 in T60
    int mixing = Signal.samples(MIXING_SECONDS);
    for (int i = mixing / 2; i < taps.length; i++) {
      double fadeIn = Math.min(1, (i - mixing / 2) / (0.5 * mixing));
      double amplitude = Math.sqrt(ratio * perSample) * Math.exp(-0.5 * perSample * i);
      taps[i] += (float) (fadeIn * amplitude * random.gaussian());
    }
    return taps;
  }

  private static void images(
      float[] taps,
      double[] size,
      double[] microphone,
      double[] source,
      double direct,
      double reflection) {
    double reach = direct + SPEED_OF_SOUND * MIXING_SECONDS;
    int nx = (int) Math.ceil(reach / (2 * size[0]));
    int ny = (int) Math.ceil(reach / (2 * size[1]));
    int nz = (int) Math.ceil(reach / (2 * size[2]));
    for (int ix = -nx; ix <= nx; ix++) {
      for (int iy = -ny; iy <= ny; iy++) {
        for (int iz = -nz; iz <= nz; iz++) {
          for (int mirror = 0; mirror < 8; mirror++) {
            int px = mirror & 1;
            int py = (mirror >> 1) & 1;
            int pz = mirror >> 2;
            double dx = (1 - 2 * px) * source[0] + 2 * ix * size[0] - microphone[0];
            double dy = (1 - 2 * py) * source[1] + 2 * iy * size[1] - microphone[1];
            double dz = (1 - 2 * pz) * source[2] + 2 * iz * size[2] - microphone[2];
            double path = Math.sqrt(dx * dx + dy * dy + dz * dz);
            int order =
                Math.abs(ix - px)
                    + Math.abs(ix)
                    + Math.abs(iy - py)
                    + Math.abs(iy)
                    + Math.abs(iz - pz)
                    + Math.abs(iz);
            addImage(taps, path - direct, Math.pow(reflection, order) * direct / path);
          }
        }
      }
    }
  }

  private static void addImage(float[] taps, double extraMetres, double amplitude) {
    if (extraMetres < -1e-9) {
      return; // floor images of very close sources cannot arrive before the direct sound
    }
    double at = extraMetres / SPEED_OF_SOUND * Signal.SAMPLE_RATE_HZ;
    int sample = (int) at;
    if (sample + 1 < taps.length && at < MIXING_SECONDS * Signal.SAMPLE_RATE_HZ) {
      double fraction = at - sample;
      taps[sample] += (float) (amplitude * (1 - fraction));
      taps[sample + 1] += (float) (amplitude * fraction);
    }
  }

  /** Low band from {@code low}, the rest from {@code high}; one-pole, so that they sum exactly. */
  private static float[] crossOver(float[] low, float[] high) {
    float[] out = new float[Math.max(low.length, high.length)];
    double pole = Math.exp(-2 * Math.PI * CROSSOVER_HZ / Signal.SAMPLE_RATE_HZ);
    double stateLow = 0;
    double stateHigh = 0;
    for (int i = 0; i < out.length; i++) {
      double l = i < low.length ? low[i] : 0;
      double h = i < high.length ? high[i] : 0;
      stateLow = (1 - pole) * l + pole * stateLow;
      stateHigh = (1 - pole) * h + pole * stateHigh;
      out[i] = (float) (stateLow + h - stateHigh);
    }
    return out;
  }

  /** Cuts the response where no more than a hundred-thousandth of its energy is left. */
  private static float[] trimTail(float[] taps) {
    double total = 0;
    for (float tap : taps) {
      total += (double) tap * tap;
    }
    double left = 0;
    int end = taps.length;
    while (end > 64) {
      left += (double) taps[end - 1] * taps[end - 1];
      if (left > 1e-5 * total) {
        break;
      }
      end--;
    }
    float[] trimmed = Arrays.copyOf(taps, end);
    Signal.fade(trimmed, 0, Math.min(400, end / 8));
    return trimmed;
  }

  private static double surface(double[] size) {
    return 2 * (size[0] * size[1] + size[0] * size[2] + size[1] * size[2]);
  }

  private static double distance(double[] a, double[] b) {
    double dx = a[0] - b[0];
    double dy = a[1] - b[1];
    double dz = a[2] - b[2];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
}
