package org.earshot.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Masks over bands and over time, drawn anew at each use of an example (SpecAugment, Park et al.,
 * 2019). A mask is 0, which is the running mean.
 */
public final class SpecAugment {
  private static final int WIDEST_BANDS = 7;
  private static final int LONGEST_FRAMES = 20;

  private SpecAugment() {}

  /** A copy with up to two masks over bands and one over time, half the time. */
  public static Example masked(Example example, int bands, SplittableRandom random) {
    byte[] inputs = example.inputs().clone();
    int frames = inputs.length / bands;
    for (int i = 0; i < 2; i++) {
      if (random.nextBoolean()) {
        int width = 1 + random.nextInt(WIDEST_BANDS);
        int first = random.nextInt(bands - width);
        for (int frame = 0; frame < frames; frame++) {
          Arrays.fill(inputs, frame * bands + first, frame * bands + first + width, (byte) 0);
        }
      }
    }
    if (random.nextInt(4) == 0) {
      int width = 1 + random.nextInt(LONGEST_FRAMES);
      int first = random.nextInt(frames - width);
      Arrays.fill(inputs, first * bands, (first + width) * bands, (byte) 0);
    }
    return new Example(inputs, example.targets(), example.weights());
  }
}
