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
    QuantizedMatrix wide = TestModels.matrix(random, 2, 5);
    DenseLayer relu = new DenseLayer(wide, new float[2], Activation.RELU, 1);
    refused(() -> new BaseModel(0, 1, 4, 1, List.of(relu), List.of(layer)), "inputs is 5");
    DenseLayer linear = new DenseLayer(wide, new float[2], Activation.LINEAR, 1);
    refused(() -> new BaseModel(0, 1, 5, 1, List.of(linear), List.of(layer)), "LINEAR");
    BaseModel fits = new BaseModel(0, 1, 5, 1, List.of(relu), List.of(layer));
    assertThat(fits.headInputs()).isEqualTo(2);
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
