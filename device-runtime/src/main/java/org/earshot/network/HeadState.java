package org.earshot.network;

import org.earshot.kernel.Activations;
import org.earshot.kernel.Quantizer;

/** One stream's logits and posteriors; sized once, single-threaded, no allocation per step. */
final class HeadState {
  final float[] logits; // [heads]
  final float[] posteriors; // [heads], calibrated
  private final HeadWeights weights;
  private final float[] firstSums; // [rows of the stack]
  private final float[] values; // [widest layer]
  private final byte[] quantized; // [widest layer]
  private final int[] scratch; // as much as any product needs

  HeadState(HeadWeights weights) {
    this.weights = weights;
    logits = new float[weights.heads.length];
    posteriors = new float[weights.heads.length];
    int widest = 1;
    int scratchInts = weights.first == null ? 0 : weights.first.scratchInts();
    for (HeadWeights.Head head : weights.heads) {
      for (DenseWeights layer : head.layers) {
        widest = Math.max(widest, layer.outputs());
        if (layer.matrix != null) {
          scratchInts = Math.max(scratchInts, layer.matrix.scratchInts());
        }
      }
    }
    firstSums = new float[weights.first == null ? 0 : weights.first.rows()];
    values = new float[widest];
    quantized = new byte[widest];
    scratch = new int[scratchInts];
  }

  void step(byte[] hidden) {
    if (weights.first == null) {
      return;
    }
    weights.first.multiply(hidden, scratch, firstSums);
    for (int i = 0; i < logits.length; i++) {
      HeadWeights.Head head = weights.heads[i];
      System.arraycopy(firstSums, head.firstRow, values, 0, head.layers[0].outputs());
      head.layers[0].activate(values);
      for (int l = 1; l < head.layers.length; l++) {
        DenseWeights below = head.layers[l - 1];
        Quantizer.quantize(values, below.outputs(), below.inverseOutputScale, quantized, 0);
        head.layers[l].matrix.multiply(quantized, scratch, values);
        head.layers[l].activate(values);
      }
      logits[i] = values[0];
      posteriors[i] = Activations.sigmoid(head.slope * logits[i] + head.offset);
    }
  }
}
