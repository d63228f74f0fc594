package org.earshot.model;

import java.util.Arrays;
import java.util.List;

/**
 * What a head gave where it was made: hidden states of its base and the posteriors that it has for
 * them. A device computes them again before it uses the head.
 *
 * @param examples 1 to {@link #MAX_EXAMPLES}, all of one width
 */
public record GoldenPosteriors(List<Example> examples) {
  /** Bound of the number of examples. */
  public static final int MAX_EXAMPLES = 64;

  /**
   * One step.
   *
   * @param hidden [headInputs], the hidden states of all LSTM layers, int8 with scale 1/127, lowest
   *     layer first
   * @param posterior calibrated, 0 to 1, as every platform computes it bit for bit
   */
  public record Example(byte[] hidden, float posterior) {
    /** Throws IllegalArgumentException for a value out of bounds. */
    public Example {
      Checks.range("hidden states", hidden.length, 1, QuantizedMatrix.MAX_COLUMNS);
      for (byte value : hidden) {
        Checks.range("a hidden state", value, -Byte.MAX_VALUE, Byte.MAX_VALUE);
      }
      Checks.between("posterior", posterior, 0, 1);
      hidden = hidden.clone();
    }

    /** Returns a copy. */
    @Override
    public byte[] hidden() {
      return hidden.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Example example
          && Arrays.equals(hidden, example.hidden)
          && Float.floatToIntBits(posterior) == Float.floatToIntBits(example.posterior);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(hidden);
    }
  }

  /** Throws IllegalArgumentException when there are none, too many, or widths that differ. */
  public GoldenPosteriors {
    examples = List.copyOf(examples);
    Checks.range("golden examples", examples.size(), 1, MAX_EXAMPLES);
    for (Example example : examples) {
      Checks.length("a golden example", example.hidden.length, examples.get(0).hidden.length);
    }
  }

  /** Returns the number of hidden states of each example. */
  public int inputs() {
    return examples.get(0).hidden.length;
  }
}
