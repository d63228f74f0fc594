package org.earshot.network;

import java.util.Arrays;
import java.util.List;
import org.earshot.kernel.Quantizer;
import org.earshot.model.SoundModel;

/**
 * Runs one stream of log-mel frames through the int8 network, a step every {@code stackFrames}
 * frames.
 *
 * <p>Contract: frames in time order in, {@link #accept} says when they completed a step, and {@link
 * #posterior} then holds until the next step. State carries from step to step until {@link #reset}.
 * Only the heads of the model given are evaluated, so an unselected head costs nothing. Equal input
 * gives equal bits on every platform. Single-threaded; does not allocate after construction.
 */
public final class StreamingNetwork {
  private NetworkWeights weights;
  private final float[] stack; // [melBands][stackFrames], or [stackFrames][melBands] for an LSTM
  private final byte[] input; // the same, quantised
  private final ConvolutionState[] convolutions;
  private final LstmState[] layers;
  private final byte[] hidden; // [headInputs]: quantised hidden states, lowest layer first
  private HeadState heads;
  private int stackedFrames;
  private long steps;

  /** Lays the model out for itself; share {@link NetworkWeights} between streams instead. */
  public StreamingNetwork(SoundModel model) {
    this(NetworkWeights.of(model));
  }

  /** Starts a stream over shared weights. */
  public StreamingNetwork(NetworkWeights weights) {
    this.weights = weights;
    stack = new float[weights.stackFrames * weights.melBands];
    input = new byte[stack.length];
    convolutions = new ConvolutionState[weights.convolutions.size()];
    for (int i = 0; i < convolutions.length; i++) {
      convolutions[i] = new ConvolutionState(weights.convolutions.get(i));
    }
    layers = new LstmState[weights.layers.size()];
    int hiddenUnits = 0;
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new LstmState(weights.layers.get(i));
      hiddenUnits += weights.layers.get(i).hidden;
    }
    hidden = new byte[hiddenUnits];
    heads = new HeadState(weights.heads);
  }

  /**
   * Takes the next frame.
   *
   * @param features [melBands], not kept
   * @return true when the frame completed a step, so that there are new posteriors
   */
  public boolean accept(float[] features) {
    if (features.length != weights.melBands) {
      throw new IllegalArgumentException(
          "a frame has " + features.length + " features, wanted " + weights.melBands);
    }
    lay(features);
    stackedFrames++;
    if (stackedFrames < weights.stackFrames) {
      return false;
    }
    stackedFrames = 0;
    step();
    return true;
  }

  /** The first convolution takes frames as channels, an LSTM layer one frame after the other. */
  private void lay(float[] features) {
    if (convolutions.length == 0) {
      System.arraycopy(features, 0, stack, stackedFrames * weights.melBands, weights.melBands);
      return;
    }
    int at = stackedFrames;
    for (float feature : features) {
      stack[at] = feature;
      at += weights.stackFrames;
    }
  }

  private void step() {
    Quantizer.quantize(stack, stack.length, weights.inverseInputScale, input, 0);
    byte[] below = input;
    for (ConvolutionState layer : convolutions) {
      below = layer.step(below);
    }
    int offset = 0;
    for (LstmState layer : layers) {
      below = layer.step(below);
      System.arraycopy(below, 0, hidden, offset, below.length);
      offset += below.length;
    }
    heads.step(hidden);
    steps++;
  }

  /** Returns the labels of the heads, in the order of their indices. */
  public List<String> events() {
    return weights.events();
  }

  /** Returns the number of heads. */
  public int heads() {
    return heads.logits.length;
  }

  /** Returns how many steps were completed since construction or {@link #reset}. */
  public long steps() {
    return steps;
  }

  /** Returns a head's calibrated posterior after the last step; 0 before the first. */
  public float posterior(int head) {
    return heads.posteriors[head];
  }

  /** Returns a head's logit after the last step; 0 before the first. */
  public float logit(int head) {
    return heads.logits[head];
  }

  /**
   * Goes on with other heads of the same base, whose state stays as it is.
   *
   * @param other made of the present weights by {@link NetworkWeights#withHeads}
   */
  public void setWeights(NetworkWeights other) {
    if (other.layers != weights.layers) {
      throw new IllegalArgumentException("the heads are of another base");
    }
    weights = other;
    heads = new HeadState(other.heads);
    if (steps > 0) {
      heads.step(hidden);
    }
  }

  /** Copies the hidden states after the last step, int8 with scale 1/127, lowest layer first. */
  public void copyHidden(byte[] target) {
    System.arraycopy(hidden, 0, target, 0, hidden.length);
  }

  /** Forgets the stream: the next frame is the first of another. */
  public void reset() {
    stackedFrames = 0;
    steps = 0;
    Arrays.fill(heads.logits, 0);
    Arrays.fill(heads.posteriors, 0);
    forget();
  }

  /** Forgets what was heard before the next step; steps and frames are counted on. */
  public void forget() {
    Arrays.fill(hidden, (byte) 0);
    for (ConvolutionState layer : convolutions) {
      layer.reset();
    }
    for (LstmState layer : layers) {
      layer.reset();
    }
  }
}
