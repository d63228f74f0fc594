package org.earshot.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * What of a convolution is a choice; the rest follows from the layer below.
 *
 * @param channels of its output
 * @param kernel bands under one output
 * @param stride bands from one output to the next
 * @param taps steps under one output
 */
public record ConvolutionShape(int channels, int kernel, int stride, int taps) {

  /**
   * Reads {@code CHANNELS:KERNEL:STRIDE:TAPS}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  @JsonCreator
  public static ConvolutionShape parse(String text) {
    try {
      int[] parts = Arrays.stream(text.split(":", -1)).mapToInt(Integer::parseInt).toArray();
      if (parts.length == 4 && Arrays.stream(parts).allMatch(part -> part > 0)) {
        return new ConvolutionShape(parts[0], parts[1], parts[2], parts[3]);
      }
    } catch (NumberFormatException e) {
      // told below, as any other mistake
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not CHANNELS:KERNEL:STRIDE:TAPS, four numbers above 0");
  }

  @JsonValue
  @Override
  public String toString() {
    return channels + ":" + kernel + ":" + stride + ":" + taps;
  }
}
