package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

class ModelRecordsTest {
  private final Random random = new Random(1);

  @Test
  void matrixKeepsItsOwnCopyOfEverything() {
    byte[] weights = {1, 2};
    float[] scales = {1};
    QuantizedMatrix matrix = new QuantizedMatrix(1, 2, weights, scales);
    weights[0] = 99;
    scales[0] = 99;
    matrix.weights()[1] = 99;
    matrix.scales()[0] = 99;
    assertThat(matrix.weights()).containsExactly(1, 2);
    assertThat(matrix.scales()).containsExactly(1);
  }

  @Test
  void matrixRefusesWeightsScalesAndShapesOutOfRange() {
    refused(() -> new QuantizedMatrix(1, 1, new byte[] {-128}, new float[] {1}), "-128");
    refused(() -> new QuantizedMatrix(1, 1, new byte[1], new float[] {0}), "scale is 0");
    refused(() -> new QuantizedMatrix(1, 1, new byte[1], new float[] {Float.NaN}), "NaN");
    refused(() -> new QuantizedMatrix(1, 2, new byte[1], new float[1]), "weights has 1");
    refused(() -> new QuantizedMatrix(1, 1041, new byte[1041], new float[1]), "columns is 1041");
    refused(() -> new QuantizedMatrix(0, 1, new byte[0], new float[0]), "rows is 0");
  }

  @Test
  void layersRefuseShapesThatDoNotFit() {
    QuantizedMatrix square = TestModels.matrix(random, 8, 2);
    refused(() -> new LstmLayer(3, 2, square, square, new float[8]), "columns is 2");
    refused(() -> new LstmLayer(2, 2, square, square, new float[7]), "bias has 7");
    LstmLayer layer = new LstmLayer(2, 2, square, square, new float[8]);
    refused(() -> new BaseModel(0, 1, 3, 1, List.of(), List.of(layer)), "layer inputs is 2");
    refused(
        () -> new BaseModel(0, 1, 2, Float.NaN, List.of(), List.of(layer)), "inputScale is NaN");
    refused(() -> new BaseModel(0, 1, 2, 1, List.of(), List.of()), "layers is 0");
  }

  @Test
  void convolutionRefusesShapesThatDoNotFit() {
    refused(() -> convolution(0, 9, 3, 2, 1, 6), "inputChannels is 0");
    refused(() -> convolution(2, 0, 3, 2, 1, 6), "inputBands is 0");
    refused(() -> convolution(1, 257, 3, 2, 1, 3), "inputBands is 257, wanted 1 to 256");
    refused(() -> convolution(2, 9, 0, 1, 1, 6), "kernelBands is 0");
    refused(() -> convolution(2, 9, 10, 2, 1, 20), "kernelBands is 10, wanted 1 to 9");
    refused(() -> convolution(2, 9, 3, 0, 1, 6), "strideBands is 0");
    refused(() -> convolution(2, 9, 3, 4, 1, 6), "strideBands is 4, wanted 1 to 3");
    refused(() -> convolution(2, 9, 3, 2, 0, 6), "taps is 0");
    refused(() -> convolution(2, 9, 3, 2, 5, 30), "taps is 5, wanted 1 to 4");
    refused(() -> convolution(2, 9, 3, 2, 2, 6), "weight columns is 6, wanted 12 to 12");
    QuantizedMatrix weights = TestModels.matrix(random, 4, 6);
    refused(
        () -> new ConvolutionLayer(2, 9, 3, 2, 1, weights, new float[3], 1),
        "bias has 3 values, wanted 4");
    refused(
        () -> new ConvolutionLayer(2, 9, 3, 2, 1, weights, new float[4], 0), "outputScale is 0");
    refused(
        () -> new ConvolutionLayer(2, 9, 3, 2, 1, weights, new float[] {0, 0, Float.NaN, 0}, 1),
        "bias is NaN");
  }

  @Test
  void convolutionCountsItsInputsAndOutputs() {
    ConvolutionLayer layer = convolution(2, 10, 3, 2, 2, 12);
    assertThat(layer.inputs()).isEqualTo(20);
    assertThat(layer.outputBands()).isEqualTo(4); // the last band is under no output
    assertThat(layer.outputChannels()).isEqualTo(4);
    assertThat(layer.outputs()).isEqualTo(16);
    float[] bias = layer.bias();
    bias[0] = 99;
    assertThat(layer.bias()[0]).isNotEqualTo(99);
  }

  @Test
  void baseRefusesConvolutionsThatDoNotFitOneAnother() {
    ConvolutionLayer lower = convolution(2, 10, 3, 2, 2, 12);
    ConvolutionLayer upper = convolution(4, 4, 4, 1, 1, 16);
    ConvolutionLayer flat = convolution(16, 1, 1, 1, 1, 16);
    assertThat(base(lower, upper).headInputs()).isEqualTo(2);
    assertThat(base(lower, flat).convolutions()).containsExactly(lower, flat);
    refused(
        () -> base(upper), "a convolution reads 4 bands of 4 channels, wanted 10 of 2 or 1 of 20");
    refused(() -> base(lower, lower), "wanted 4 of 4 or 1 of 16");
    refused(() -> base(lower, convolution(8, 2, 2, 1, 1, 16)), "reads 2 bands of 8 channels");
    refused(() -> base(lower), "layer inputs is 4, wanted 16 to 16");
    ConvolutionLayer same = convolution(4, 1, 1, 1, 1, 4);
    refused(
        () -> base(lower, upper, same, same, same, same, same, same, same),
        "convolutions is 9, wanted 0 to 8");
  }

  /** Two frames of ten bands a step, and an LSTM layer of 4 inputs. */
  private BaseModel base(ConvolutionLayer... convolutions) {
    LstmLayer layer =
        new LstmLayer(
            4, 2, TestModels.matrix(random, 8, 4), TestModels.matrix(random, 8, 2), new float[8]);
    return new BaseModel(0, 10, 2, 1, List.of(convolutions), List.of(layer));
  }

  private ConvolutionLayer convolution(
      int channels, int bands, int kernel, int stride, int taps, int columns) {
    return new ConvolutionLayer(
        channels,
        bands,
        kernel,
        stride,
        taps,
        TestModels.matrix(random, 4, columns),
        new float[4],
        1);
  }

  @Test
  void headRefusesLabelsLayersAndFingerprintsThatAreNotItsOwn() {
    SoundModel model = TestModels.random(1, 4, "siren");
    byte[] print = model.base().fingerprint();
    refused(() -> TestModels.head(random, "Smoke alarm", print, 8, 2), "event label");
    refused(() -> TestModels.head(random, "", print, 8, 2), "event label");
    refused(() -> TestModels.head(random, "siren", new byte[31], 8, 2), "baseFingerprint");
    HeadModel narrow = TestModels.head(random, "siren", print, 7, 2);
    refused(() -> new SoundModel(model.base(), List.of(narrow)), "inputs of head siren is 7");
    HeadModel head = model.heads().get(0);
    refused(() -> new SoundModel(model.base(), List.of(head, head)), "two heads");
    refused(
        () ->
            new HeadModel(
                "siren",
                1,
                print,
                head.layers().subList(0, 1),
                Calibration.IDENTITY,
                TestModels.decision()),
        "RELU");
  }

  @Test
  void decisionRefusesThresholdsThatWouldNeverCloseOrOpen() {
    refused(() -> new DecisionParameters(1, 0.5f, 0.6f, 1, 0, 0, 0), "offThreshold is 0.6");
    refused(() -> new DecisionParameters(1, 1, 0.6f, 1, 0, 0, 0), "onThreshold is 1.0");
    refused(() -> new DecisionParameters(1, 0.5f, 0, 1, 0, 0, 0), "offThreshold is 0.0");
    refused(() -> new DecisionParameters(0, 0.5f, 0.5f, 1, 0, 0, 0), "smoothingSteps is 0");
    refused(() -> new DecisionParameters(1, 0.5f, 0.5f, 0, 0, 0, 0), "onSteps is 0");
    refused(() -> new DecisionParameters(1, 0.5f, 0.5f, 1, Float.NaN, 0, 0), "holdSeconds is NaN");
    refused(() -> new DecisionParameters(1, 0.5f, 0.5f, 1, 0, -1, 0), "refractorySeconds is -1");
    refused(() -> new DecisionParameters(1, 0.5f, 0.5f, 1, 0, 0, 601), "minOpenSeconds is 601");
    refused(() -> new Calibration(0, 0), "slope is 0");
    refused(() -> new Calibration(1, Float.POSITIVE_INFINITY), "offset is Infinity");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable code, String message) {
    assertThatIllegalArgumentException().isThrownBy(code).withMessageContaining(message);
  }
}
