package org.earshot.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One event's detector: a small dense network over the base's hidden states, and its decision.
 *
 * <p>The input is the concatenation of the hidden states of all LSTM layers in int8 (scale 1/127),
 * lowest layer first. A head fits one base only, named by its fingerprint.
 *
 * @param event label, lower case letters, digits and underscores, at most 64 characters
 * @param version counts up with every training of this head, at least 1
 * @param baseFingerprint {@link BaseModel#fingerprint} of the base that it fits, 32 bytes
 * @param layers 1 to {@link #MAX_LAYERS}; RELU but for the last, which is LINEAR with one output
 * @param calibration from logit to posterior
 * @param decision from posteriors to alerts
 * @param curve what each sensitivity costs with this calibration and decision; null when that was
 *     not measured
 */
public record HeadModel(
    String event,
    int version,
    byte[] baseFingerprint,
    List<DenseLayer> layers,
    Calibration calibration,
    DecisionParameters decision,
    OperatingCurve curve) {
  /** Bound of the number of layers. */
  public static final int MAX_LAYERS = 4;

  /** Checks that the layers fit one another; throws IllegalArgumentException otherwise. */
  public HeadModel {
    if (!EventLabels.isLabel(event)) {
      throw new IllegalArgumentException(
          "the event label is not lower case letters, digits and underscores");
    }
    Checks.range("head version", version, 1, Integer.MAX_VALUE);
    Checks.length("baseFingerprint", baseFingerprint.length, Sha256.BYTES);
    baseFingerprint = baseFingerprint.clone();
    layers = List.copyOf(layers);
    Checks.range("layers", layers.size(), 1, MAX_LAYERS);
    for (int i = 0; i < layers.size(); i++) {
      boolean last = i == layers.size() - 1;
      DenseLayer layer = layers.get(i);
      if (layer.activation() != (last ? Activation.LINEAR : Activation.RELU)) {
        throw new IllegalArgumentException(
            "layer " + i + " of " + layers.size() + " is " + layer.activation());
      }
      int outputs = last ? 1 : layers.get(i + 1).inputs();
      Checks.range("outputs of layer " + i, layer.outputs(), outputs, outputs);
    }
    if (calibration == null || decision == null) {
      throw new IllegalArgumentException("calibration or decision is missing");
    }
  }

  /** Makes a head without a curve. */
  public HeadModel(
      String event,
      int version,
      byte[] baseFingerprint,
      List<DenseLayer> layers,
      Calibration calibration,
      DecisionParameters decision) {
    this(event, version, baseFingerprint, layers, calibration, decision, null);
  }

  /** Returns a copy, 32 bytes. */
  @Override
  public byte[] baseFingerprint() {
    return baseFingerprint.clone();
  }

  /** Returns the number of inputs. */
  public int inputs() {
    return layers.get(0).inputs();
  }

  /**
   * Returns the same head with other thresholds and times: what a later calibration writes. A curve
   * does not outlive the thresholds that it was measured for.
   */
  public HeadModel with(Calibration newCalibration, DecisionParameters newDecision) {
    return new HeadModel(event, version, baseFingerprint, layers, newCalibration, newDecision);
  }

  /** Returns the same head with another curve, or none when null. */
  public HeadModel with(OperatingCurve newCurve) {
    return new HeadModel(event, version, baseFingerprint, layers, calibration, decision, newCurve);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeadModel head
        && event.equals(head.event)
        && version == head.version
        && Arrays.equals(baseFingerprint, head.baseFingerprint)
        && layers.equals(head.layers)
        && calibration.equals(head.calibration)
        && decision.equals(head.decision)
        && Objects.equals(curve, head.curve);
  }

  @Override
  public int hashCode() {
    return 31 * event.hashCode() + layers.hashCode();
  }
}
