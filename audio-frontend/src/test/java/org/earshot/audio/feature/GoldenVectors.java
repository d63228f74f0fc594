package org.earshot.audio.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes reference features, computed in double precision by a plain Fourier sum from the formulas
 * in docs/feature-spec.md. Uses nothing of the code under test, not even its constants, and runs
 * from its source alone: {@code java GoldenVectors.java FILE}.
 *
 * <p>One line for each normalisation and chosen frame: name, frame index, [64] features with four
 * decimals.
 */
final class GoldenVectors {
  private static final int RATE_HZ = 16_000;
  private static final int FRAME = 400; // samples
  private static final int HOP = 160; // samples
  private static final int FFT = 512; // samples
  private static final int BANDS = 64;
  private static final double LOW_HZ = 60;
  private static final double HIGH_HZ = 7_800;
  private static final double FLOOR = 1e-10;
  private static final int SECONDS = 5; // longer than the 400 frames of the running mean
  private static final String[] NORMALIZATIONS = {"LOG", "RUNNING_MEAN", "PCEN"};

  private GoldenVectors() {}

  /** Writes the file that is named. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }

  /** The whole file. */
  static String text() {
    double[][] energies = energies(signal());
    StringBuilder text =
        new StringBuilder("# Written by GoldenVectors; see docs/feature-spec.md\n");
    for (String normalization : NORMALIZATIONS) {
      double[][] features = normalized(energies, normalization);
      for (int frame = 0; frame < features.length; frame++) {
        if (isChosen(frame, features.length)) {
          text.append(normalization).append(',').append(frame);
          for (double feature : features[frame]) {
            text.append(String.format(Locale.ROOT, ",%.4f", feature));
          }
          text.append('\n');
        }
      }
    }
    return text.toString();
  }

  /** Frames in which something happens first, and some of all the others. */
  private static boolean isChosen(int frame, int frames) {
    return frame < 3 || frame % 22 == 0 || frame == frames - 1;
  }

  /**
   * Five seconds: a chirp from 100 to 7,000 Hz that is on for every other quarter of a second,
   * noise from a linear congruential generator, and nothing at all between 2.0 and 2.3 s.
   */
  static float[] signal() {
    float[] signal = new float[SECONDS * RATE_HZ];
    int state = 1;
    for (int i = 0; i < signal.length; i++) {
      double t = i / (double) RATE_HZ;
      state = state * 1_664_525 + 1_013_904_223; // Numerical Recipes, modulo 2^32
      double noise = 0.003 * (state / 2_147_483_648.0);
      double phase = 2 * StrictMath.PI * (100 * t + 0.5 * (6_900.0 / SECONDS) * t * t);
      double chirp = i / 4_000 % 2 == 0 ? 0.3 * StrictMath.sin(phase) : 0;
      boolean silent = i >= 32_000 && i < 36_800;
      signal[i] = silent ? 0 : (float) (chirp + noise);
    }
    return signal;
  }

  /** Band energies, [frames][BANDS]. */
  private static double[][] energies(float[] signal) {
    double[][] triangles = triangles();
    double[] cosines = new double[FFT];
    double[] sines = new double[FFT];
    for (int i = 0; i < FFT; i++) {
      cosines[i] = StrictMath.cos(2 * StrictMath.PI * i / FFT);
      sines[i] = StrictMath.sin(2 * StrictMath.PI * i / FFT);
    }
    double[] window = new double[FRAME];
    double sum = 0;
    for (int i = 0; i < FRAME; i++) {
      window[i] = 0.5 - 0.5 * StrictMath.cos(2 * StrictMath.PI * i / FRAME);
      sum += window[i];
    }
    double[][] energies = new double[(signal.length - FRAME) / HOP + 1][BANDS];
    for (int frame = 0; frame < energies.length; frame++) {
      for (int bin = 0; bin <= FFT / 2; bin++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < FRAME; i++) {
          double sample = signal[frame * HOP + i] * window[i] / sum;
          re += sample * cosines[bin * i % FFT];
          im -= sample * sines[bin * i % FFT];
        }
        for (int band = 0; band < BANDS; band++) {
          energies[frame][band] += triangles[band][bin] * (re * re + im * im);
        }
      }
    }
    return energies;
  }

  /** Weights, [BANDS][FFT / 2 + 1]. */
  private static double[][] triangles() {
    double low = mel(LOW_HZ);
    double step = (mel(HIGH_HZ) - low) / (BANDS + 1);
    double[][] weights = new double[BANDS][FFT / 2 + 1];
    for (int band = 0; band < BANDS; band++) {
      double left = hz(low + band * step);
      double centre = hz(low + (band + 1) * step);
      double right = hz(low + (band + 2) * step);
      for (int bin = 0; bin <= FFT / 2; bin++) {
        double f = bin * (double) RATE_HZ / FFT;
        if (f > left && f <= centre) {
          weights[band][bin] = (f - left) / (centre - left);
        } else if (f > centre && f < right) {
          weights[band][bin] = (right - f) / (right - centre);
        }
      }
    }
    return weights;
  }

  private static double mel(double hz) {
    return 2595 * StrictMath.log10(1 + hz / 700);
  }

  private static double hz(double mel) {
    return 700 * (StrictMath.pow(10, mel / 2595) - 1);
  }

  private static double[][] normalized(double[][] energies, String normalization) {
    double[][] features = new double[energies.length][BANDS];
    for (int band = 0; band < BANDS; band++) {
      double mean = 0;
      for (int t = 0; t < energies.length; t++) {
        double energy = energies[t][band];
        double log = StrictMath.log(energy + FLOOR);
        switch (normalization) {
          case "LOG" -> features[t][band] = log;
          case "RUNNING_MEAN" -> {
            mean += (log - mean) / Math.min(t + 1, 400);
            features[t][band] = (log - mean) / 2;
          }
          case "PCEN" -> {
            mean += (energy - mean) / Math.min(t + 1, 40);
            double gained = energy / StrictMath.pow(FLOOR + mean, 0.98);
            features[t][band] = StrictMath.sqrt(gained + 2) - StrictMath.sqrt(2);
          }
          default -> throw new IllegalArgumentException(normalization);
        }
      }
    }
    return features;
  }
}
