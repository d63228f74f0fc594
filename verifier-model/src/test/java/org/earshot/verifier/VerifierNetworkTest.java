package org.earshot.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.audio.feature.Normalization;
import org.junit.jupiter.api.Test;

class VerifierNetworkTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();

  @Test
  void computesWhatTheDefinitionSays() {
    VerifierModel model = TestVerifiers.small(1);
    float[] clip = TestVerifiers.clip(2.2, 1);
    float[][] steps = new VerifierNetwork(model, SPEC).stepProbabilities(clip);
    double[][] expected = definition(model, clip);
    assertThat(steps).hasDimensions(expected.length, 2);
    assertThat(expected.length).isEqualTo(218 / 6); // frames of 25 ms every 10 ms, six a step
    for (int step = 0; step < steps.length; step++) {
      for (int event = 0; event < 2; event++) {
        assertThat(steps[step][event]).isCloseTo((float) expected[step][event], within(1e-4f));
      }
    }
    assertThat(spread(steps)).isGreaterThan(0.05f); // not one constant compared with itself
  }

  @Test
  void aClipIsTheLinearSoftmaxOfItsSteps() {
    VerifierNetwork network = new VerifierNetwork(TestVerifiers.small(2), SPEC);
    float[] clip = TestVerifiers.clip(1.5, 2);
    float[][] steps = network.stepProbabilities(clip);
    float[] probabilities = network.probabilities(clip);
    for (int event = 0; event < probabilities.length; event++) {
      int column = event;
      double sum = Arrays.stream(steps).mapToDouble(step -> step[column]).sum();
      double squares = Arrays.stream(steps).mapToDouble(s -> s[column] * s[column]).sum();
      assertThat(probabilities[event]).isCloseTo((float) (squares / sum), within(1e-4f));
    }
  }

  @Test
  void theFirstStepKnowsTheEndOfTheClip() {
    VerifierNetwork network = new VerifierNetwork(TestVerifiers.small(3), SPEC);
    float[] clip = TestVerifiers.clip(0.8, 3);
    float[] changed = clip.clone();
    for (int i = clip.length - 2_000; i < clip.length; i++) {
      changed[i] = 0.9f * (i % 2);
    }
    assertThat(network.stepProbabilities(clip)[0])
        .isNotEqualTo(network.stepProbabilities(changed)[0]);
  }

  @Test
  void theSameClipGivesTheSameBitsOnEveryThread() throws Exception {
    VerifierNetwork network = new VerifierNetwork(TestVerifiers.small(4), SPEC);
    float[] clip = TestVerifiers.clip(3, 4);
    float[] before = clip.clone();
    float[] expected = network.probabilities(clip);
    assertThat(clip).isEqualTo(before);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> heard = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        heard.add(executor.submit(() -> network.probabilities(clip)));
      }
      for (Future<float[]> future : heard) {
        assertThat(future.get()).isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void hearsHalfASecondToAMinuteAndRefusesTheRest() {
    VerifierNetwork network = new VerifierNetwork(TestVerifiers.small(5), SPEC);
    for (double seconds : new double[] {0.5, 0.51, 10, 60}) {
      for (float p : network.probabilities(TestVerifiers.clip(seconds, 5))) {
        assertThat(p).isBetween(0f, 1f);
      }
    }
    assertThatThrownBy(() -> network.probabilities(new float[7_999]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.5 to 60");
    assertThatThrownBy(() -> network.probabilities(new float[60 * 16_000 + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> network.probabilities(new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void silenceAndImpossibleSamplesStillGiveProbabilities() {
    VerifierNetwork network = new VerifierNetwork(TestVerifiers.small(6), SPEC);
    float[] clip = new float[16_000];
    assertThat(network.probabilities(clip)).doesNotContain(Float.NaN);
    clip[4_000] = Float.NaN;
    clip[9_000] = Float.POSITIVE_INFINITY;
    for (float p : network.probabilities(clip)) {
      assertThat(p).isBetween(0f, 1f);
    }
  }

  @Test
  void refusesOtherFeatures() {
    assertThatThrownBy(
            () ->
                new VerifierNetwork(
                    TestVerifiers.small(7), FeatureSpec.standard(Normalization.PCEN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other features");
  }

  private static float spread(float[][] steps) {
    float lowest = 1;
    float highest = 0;
    for (float[] step : steps) {
      lowest = Math.min(lowest, step[0]);
      highest = Math.max(highest, step[0]);
    }
    return highest - lowest;
  }

  /** Step probabilities in double precision, straight from docs/verifier-model.md. */
  private static double[][] definition(VerifierModel model, float[] clip) {
    List<float[]> frames = new ArrayList<>();
    new LogMelExtractor(SPEC)
        .push(clip, 0, clip.length, (index, features) -> frames.add(features.clone()));
    int stack = model.stackFrames();
    int steps = frames.size() / (stack * model.joinedSteps());
    double[][] values = new double[steps * model.joinedSteps()][stack * model.melBands()];
    for (int step = 0; step < values.length; step++) {
      for (int band = 0; band < model.melBands(); band++) {
        for (int frame = 0; frame < stack; frame++) {
          int q = Math.round(frames.get(step * stack + frame)[band] / model.inputScale());
          values[step][band * stack + frame] =
              Math.max(-127, Math.min(127, q)) * (double) model.inputScale();
        }
      }
    }
    for (ConvolutionWeights layer : model.convolutions()) {
      values = convolved(layer, values);
    }
    double[][] joined = new double[steps][];
    for (int step = 0; step < steps; step++) {
      double[] row = new double[0];
      for (int i = 0; i < model.joinedSteps(); i++) {
        double[] part = values[step * model.joinedSteps() + i];
        int end = row.length;
        row = Arrays.copyOf(row, end + part.length);
        System.arraycopy(part, 0, row, end, part.length);
      }
      joined[step] = row;
    }
    double[][] forward = states(model.forward(), joined, false);
    double[][] backward = states(model.backward(), joined, true);
    int hidden = model.forward().hidden();
    double[][] p = new double[steps][model.events().size()];
    for (int step = 0; step < steps; step++) {
      for (int event = 0; event < p[step].length; event++) {
        double logit = model.headBias()[event];
        for (int unit = 0; unit < hidden; unit++) {
          logit += model.headWeights()[event * 2 * hidden + unit] * forward[step][unit];
          logit += model.headWeights()[event * 2 * hidden + hidden + unit] * backward[step][unit];
        }
        p[step][event] = sigmoid(logit);
      }
    }
    return p;
  }

  private static double[][] convolved(ConvolutionWeights layer, double[][] input) {
    double[][] output = new double[input.length][layer.outputs()];
    for (int step = 0; step < input.length; step++) {
      for (int position = 0; position < layer.outputBands(); position++) {
        for (int channel = 0; channel < layer.outputChannels(); channel++) {
          double sum = layer.bias()[channel];
          int at = channel * layer.taps() * layer.kernelBands() * layer.inputChannels();
          for (int tap = 0; tap < layer.taps(); tap++) {
            int source = step - layer.taps() + 1 + tap;
            for (int band = 0; band < layer.kernelBands(); band++) {
              for (int in = 0; in < layer.inputChannels(); in++) {
                int from = (position * layer.strideBands() + band) * layer.inputChannels() + in;
                sum += source < 0 ? 0 : layer.weights()[at] * input[source][from];
                at++;
              }
            }
          }
          output[step][position * layer.outputChannels() + channel] = Math.max(0, sum);
        }
      }
    }
    return output;
  }

  private static double[][] states(LstmWeights lstm, double[][] input, boolean fromEnd) {
    int hidden = lstm.hidden();
    double[][] states = new double[input.length][];
    double[] h = new double[hidden];
    double[] c = new double[hidden];
    for (int i = 0; i < input.length; i++) {
      int step = fromEnd ? input.length - 1 - i : i;
      double[] sums = new double[4 * hidden];
      for (int row = 0; row < sums.length; row++) {
        sums[row] = lstm.bias()[row];
        for (int column = 0; column < lstm.inputs(); column++) {
          sums[row] += lstm.inputWeights()[row * lstm.inputs() + column] * input[step][column];
        }
        for (int column = 0; column < hidden; column++) {
          sums[row] += lstm.recurrentWeights()[row * hidden + column] * h[column];
        }
      }
      double[] next = new double[hidden];
      for (int unit = 0; unit < hidden; unit++) {
        c[unit] =
            sigmoid(sums[hidden + unit]) * c[unit]
                + sigmoid(sums[unit]) * Math.tanh(sums[2 * hidden + unit]);
        next[unit] = sigmoid(sums[3 * hidden + unit]) * Math.tanh(c[unit]);
      }
      h = next;
      states[step] = next;
    }
    return states;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
