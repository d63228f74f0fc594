package org.earshot.network;

import java.util.ArrayList;
import java.util.List;
import org.earshot.kernel.MatrixKernel;
import org.earshot.kernel.MatrixVector;
import org.earshot.model.ConvolutionLayer;

/**
 * One convolution laid out for the kernels, its scales folded; immutable.
 *
 * <p>A product an output position would have no more rows than the layer has channels, too few for
 * the lanes. So the layer is turned round: the input is taken in groups of {@code strideBands}
 * bands, and each group is added at once to all positions that it lies under, {@code blocks} times
 * the channels (ADR 0013). All bands of a group lie under the same positions, but where the kernel
 * is no multiple of the stride, the first ones lie under one position more: then there are two
 * parts. Where there are few positions, as in a dense layer, a group is instead all that one
 * position reads, and neighbouring groups overlap.
 */
final class ConvolutionWeights {
  final int inputChannels;
  final int inputBands;
  final int taps;
  final int outputChannels;
  final int outputBands;
  final int blocks; // output positions under one group, at most
  final int groups;
  final int groupInputs; // inputs from one group to the next, all taps
  final int scratchInts; // of the widest matrix
  final List<Part> parts; // the one with the most blocks first
  final float inverseOutputScale;
  private final float[] scale; // [outputChannels]: scale of the input times the row's scale
  private final float[] bias; // [outputChannels]

  /** Some neighbouring bands of each group. */
  static final class Part {
    final int firstInput; // within the group
    final int blocks;
    final int groups;
    final MatrixVector matrix; // [blocks][outputChannels] times [bands][taps][channels]

    Part(
        ConvolutionLayer layer,
        int step,
        int firstBand,
        int bands,
        int blocks,
        MatrixKernel kernel) {
      int bandInputs = layer.taps() * layer.inputChannels();
      firstInput = firstBand * bandInputs;
      this.blocks = blocks;
      groups = layer.outputBands() - 1 + blocks;
      byte[] weights = layer.weights().weights();
      int columns = layer.weights().columns();
      int channels = layer.inputChannels();
      byte[] turned = new byte[blocks * layer.outputChannels() * bands * bandInputs];
      int at = 0;
      for (int block = 0; block < blocks; block++) {
        for (int row = 0; row < layer.outputChannels(); row++) {
          for (int band = 0; band < bands; band++) {
            int kernelBand = block * step + firstBand + band;
            for (int tap = 0; tap < layer.taps(); tap++) {
              int from = row * columns + (tap * layer.kernelBands() + kernelBand) * channels;
              System.arraycopy(weights, from, turned, at, channels);
              at += channels;
            }
          }
        }
      }
      matrix = kernel.of(turned, blocks * layer.outputChannels(), bands * bandInputs);
    }
  }

  ConvolutionWeights(ConvolutionLayer layer, float scaleOfInput, MatrixKernel kernel) {
    inputChannels = layer.inputChannels();
    inputBands = layer.inputBands();
    taps = layer.taps();
    outputChannels = layer.outputChannels();
    outputBands = layer.outputBands();
    int stride = layer.strideBands();
    int kernelBands = layer.kernelBands();
    int whole = kernelBands / stride;
    int rest = kernelBands % stride;
    List<Part> prepared = new ArrayList<>();
    if (outputBands == 1 || whole > outputBands + 1) {
      // Most of what the groups give would lie beyond the few positions: one product a position.
      prepared.add(new Part(layer, kernelBands, 0, kernelBands, 1, kernel));
    } else {
      if (rest > 0) {
        prepared.add(new Part(layer, stride, 0, rest, whole + 1, kernel));
      }
      prepared.add(new Part(layer, stride, rest, stride - rest, whole, kernel));
    }
    parts = List.copyOf(prepared);
    blocks = parts.get(0).blocks;
    groups = parts.get(0).groups;
    groupInputs = stride * taps * inputChannels;
    scratchInts = parts.stream().mapToInt(part -> part.matrix.scratchInts()).max().orElseThrow();
    scale = MatrixLayout.sumScales(layer.weights(), scaleOfInput);
    bias = layer.bias();
    inverseOutputScale = 1 / layer.outputScale();
  }

  /** Turns the sums of one position, [outputChannels], into outputs, in place. */
  void rectify(float[] values) {
    for (int row = 0; row < bias.length; row++) {
      values[row] = Math.max(0, scale[row] * values[row] + bias[row]);
    }
  }
}
