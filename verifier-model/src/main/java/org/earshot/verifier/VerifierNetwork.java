package org.earshot.verifier;

import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;

/**
 * Hears a whole clip and says how likely each event is in it.
 *
 * <p>Clips are 16 kHz, mono, {@value #SHORTEST_SECONDS} to {@value #LONGEST_SECONDS} s. The same
 * clip gives the same bits. Plain Java in float32, loops that HotSpot vectorises. Thread-safe: the
 * weights are shared, everything else is made for each clip, some 4 MB for 10 s.
 *
 * <p>The probability of an event in the clip is the linear softmax over the steps', {@code sum p^2
 * / sum p} (Wang, Li and Metze, 2019).
 */
public final class VerifierNetwork {
  /** Shortest clip. */
  public static final double SHORTEST_SECONDS = 0.5;

  /** Longest clip. */
  public static final double LONGEST_SECONDS = 60;

  /** Keeps the linear softmax defined. */
  private static final double SMALLEST = 1e-6;

  private final VerifierModel model;
  private final FeatureSpec spec;
  private final List<ConvolutionLayer> convolutions = new ArrayList<>();
  private final LstmLayer forward;
  private final LstmLayer backward;

  /**
   * Lays out the weights.
   *
   * @throws IllegalArgumentException when the model was made for other features
   */
  public VerifierNetwork(VerifierModel model, FeatureSpec spec) {
    if (model.featureFingerprint() != spec.fingerprint() || model.melBands() != spec.melBands()) {
      throw new IllegalArgumentException(
          String.format(
              "the verifier was made for other features (%016x, this Earshot computes %016x); export"
                  + " it again",
              model.featureFingerprint(), spec.fingerprint()));
    }
    this.model = model;
    this.spec = spec;
    model.convolutions().forEach(weights -> convolutions.add(new ConvolutionLayer(weights)));
    forward = new LstmLayer(model.forward());
    backward = new LstmLayer(model.backward());
  }

  /** Returns the label of each probability. */
  public List<String> events() {
    return model.events();
  }

  /**
   * Returns the probability of each event in a clip.
   *
   * @param samples 16 kHz mono, -1 to 1; not changed
   * @return [events], 0 to 1
   * @throws IllegalArgumentException for a clip that is too short or too long
   */
  public float[] probabilities(float[] samples) {
    float[][] steps = stepProbabilities(samples);
    float[] clip = new float[model.events().size()];
    for (int event = 0; event < clip.length; event++) {
      double sum = SMALLEST;
      double squares = 0;
      for (float[] step : steps) {
        double p = step[event];
        sum += p;
        squares += p * p;
      }
      clip[event] = (float) (squares / sum);
    }
    return clip;
  }

  /**
   * Returns the probability of each event in each step.
   *
   * @param samples as in {@link #probabilities}
   * @return [steps][events]
   */
  public float[][] stepProbabilities(float[] samples) {
    double seconds = samples.length / (double) spec.sampleRateHz();
    if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "a clip of "
              + seconds
              + " s, wanted "
              + SHORTEST_SECONDS
              + " to "
              + LONGEST_SECONDS
              + " s");
    }
    int frames = (samples.length - spec.frameSamples()) / spec.hopSamples() + 1;
    int steps = frames / (model.stackFrames() * model.joinedSteps()); // of the LSTM layer
    float[] values = frames(samples, steps * model.joinedSteps());
    for (ConvolutionLayer layer : convolutions) {
      values = layer.run(values, steps * model.joinedSteps());
    }
    // The outputs of joined steps are adjacent: they are the inputs of one step as they stand.
    float[] before = forward.run(values, steps, false);
    float[] after = backward.run(values, steps, true);
    return outputs(before, after, steps);
  }

  /** Features as the device rounds them, [steps][bands][frames of a step]. */
  private float[] frames(float[] samples, int steps) {
    int bands = model.melBands();
    int stack = model.stackFrames();
    int wanted = steps * stack;
    float scale = model.inputScale();
    float[] frames = new float[wanted * bands];
    new LogMelExtractor(spec)
        .push(
            samples,
            0,
            samples.length,
            (index, features) -> {
              if (index < wanted) {
                int frame = (int) index;
                int step = frame / stack * stack * bands + frame % stack;
                for (int band = 0; band < bands; band++) {
                  int rounded = Math.round(features[band] / scale);
                  frames[step + band * stack] = Math.max(-127, Math.min(127, rounded)) * scale;
                }
              }
            });
    return frames;
  }

  private float[][] outputs(float[] before, float[] after, int steps) {
    int hidden = model.forward().hidden();
    int events = model.events().size();
    float[] weights = model.headWeights();
    float[][] p = new float[steps][events];
    for (int step = 0; step < steps; step++) {
      for (int event = 0; event < events; event++) {
        double logit = model.headBias()[event];
        int row = event * 2 * hidden;
        for (int unit = 0; unit < hidden; unit++) {
          logit += weights[row + unit] * before[step * hidden + unit];
          logit += weights[row + hidden + unit] * after[step * hidden + unit];
        }
        p[step][event] = (float) (1 / (1 + StrictMath.exp(-logit)));
      }
    }
    return p;
  }
}
