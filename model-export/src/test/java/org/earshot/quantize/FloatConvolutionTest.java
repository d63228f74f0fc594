package org.earshot.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloatConvolutionTest {
  @TempDir Path folder;

  @Test
  void countsItsInputsAndOutputs() {
    FloatConvolution layer =
        new FloatConvolution(2, 10, 3, 2, 2, 4, new float[4 * 12], new float[4]);
    assertThat(layer.inputs()).isEqualTo(20);
    assertThat(layer.outputBands()).isEqualTo(4);
    assertThat(layer.outputs()).isEqualTo(16);
    assertThat(layer.columns()).isEqualTo(12);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    refused(2, 10, 11, 2, 2, 4, 4 * 44, "a kernel of 11");
    refused(2, 10, 3, 4, 2, 4, 4 * 12, "a stride of 4");
    refused(2, 10, 3, 2, 0, 4, 0, "0 taps");
    refused(2, 10, 3, 2, 2, 4, 4 * 6, "24 weights and 4 biases for 12 inputs");
  }

  @Test
  void theFileKeepsEveryValue() throws IOException {
    float[] weights = {1, 2, 3, 4, 5, 6};
    float[] bias = {7};
    FloatConvolution layer = new FloatConvolution(1, 64, 3, 2, 2, 1, weights, bias);
    FloatLstm lstm = new FloatLstm(31, 1, new float[124], new float[4], new float[4]);
    FloatModel model =
        new FloatModel(
            FeatureSpec.standard(),
            1,
            0.5f,
            List.of(layer),
            List.of(lstm),
            List.of("siren"),
            new float[1],
            new float[1]);
    Path file = folder.resolve("float.esf");
    FloatModelFile.write(model, file);
    FloatConvolution read = FloatModelFile.read(file).convolutions().get(0);
    assertThat(read).usingRecursiveComparison().isEqualTo(layer);
  }

  @Test
  void theFileOfAnOlderEarshotIsRefused() throws IOException {
    Path file = folder.resolve("float.esf");
    Files.write(file, ByteBuffer.allocate(64).putInt(0x45534632).array()); // "ESF2"
    assertThatThrownBy(() -> FloatModelFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a float model");
  }

  private static void refused(
      int channels,
      int bands,
      int kernel,
      int stride,
      int taps,
      int outputs,
      int weights,
      String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FloatConvolution(
                    channels,
                    bands,
                    kernel,
                    stride,
                    taps,
                    outputs,
                    new float[weights],
                    new float[outputs]))
        .withMessageContaining(message);
  }
}
