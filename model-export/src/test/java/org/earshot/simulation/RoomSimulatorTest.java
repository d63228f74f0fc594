package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RoomSimulatorTest {
  private final Convolver convolver = new Convolver();
  private final RoomSimulator simulator = new RoomSimulator(convolver);

  /** Time for the backward-integrated energy to fall from -5 to -25 dB, times three. */
  private static double decaySeconds(float[] taps) {
    double total = 0;
    for (float tap : taps) {
      total += (double) tap * tap;
    }
    double left = total;
    int from = -1;
    for (int i = 0; i < taps.length; i++) {
      left -= (double) taps[i] * taps[i];
      double db = 10 * Math.log10(Math.max(left, 1e-12) / total);
      if (db < -5 && from < 0) {
        from = i;
      }
      if (db < -25) {
        return 3 * Signal.seconds(i - from);
      }
    }
    return 3 * Signal.seconds(taps.length);
  }

  @Test
  void directSoundComesFirstAndReverberationIsThatOfAHome() {
    for (long seed = 0; seed < 60; seed++) {
      RoomResponse room = simulator.draw(new SceneRandom(seed), 0.5, 8);
      if (room.description().contains("wall")) {
        continue;
      }
      assertThat(Math.abs(room.taps()[0])).as("seed %d", seed).isBetween(0.5f, 1.5f);
      assertThat(decaySeconds(room.taps())).as("seed %d", seed).isBetween(0.0, 2.0);
      assertThat(room.distanceMetres()).isBetween(0.3, 9.0);
    }
  }

  @Test
  void aFartherSourceHasMoreReverberation() {
    double near = 0;
    double far = 0;
    for (long seed = 0; seed < 40; seed++) {
      near += energyAfterDirect(simulator.draw(new SceneRandom(seed), 0.5, 0.6));
      far += energyAfterDirect(simulator.draw(new SceneRandom(seed), 4, 4.5));
    }
    assertThat(far).isGreaterThan(5 * near);
  }

  @Test
  void eyringAgreesWithAKnownRoom() {
    // 5 x 4 x 3 m, alpha 0.2: V = 60, S = 94; T60 = 0.161 V / (-S ln 0.8) = 0.4606 s.
    assertThat(RoomSimulator.decaySeconds(new double[] {5, 4, 3}, 0.2))
        .isCloseTo(0.4606, within(0.001));
  }

  @Test
  void partitionedConvolutionEqualsTheSum() {
    SceneRandom random = new SceneRandom(11);
    float[] signal = new float[7001];
    float[] response = new float[4567];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = (float) random.gaussian();
    }
    for (int i = 0; i < response.length; i++) {
      response[i] = (float) (random.gaussian() * Math.exp(-i / 800.0));
    }
    float[] fast =
        convolver.convolve(signal, convolver.spectra(response), signal.length + response.length);
    for (int n : new int[] {0, 1, 2047, 2048, 4095, 4096, 5000, 8000, 11_566}) {
      double sum = 0;
      for (int k = Math.max(0, n - signal.length + 1); k <= Math.min(n, response.length - 1); k++) {
        sum += (double) response[k] * signal[n - k];
      }
      assertThat((double) fast[n]).as("sample %d", n).isCloseTo(sum, within(1e-3));
    }
  }

  private static double energyAfterDirect(RoomResponse room) {
    double energy = 0;
    for (int i = 32; i < room.taps().length; i++) {
      energy += (double) room.taps()[i] * room.taps()[i];
    }
    return energy;
  }
}
