package org.earshot.model;

import java.util.ArrayList;
import java.util.List;

/** A head section's payload: docs/model-format.md, "HEAD". */
final class HeadCodec {
  private static final float MAX = Checks.MAX_MAGNITUDE;

  private HeadCodec() {}

  static byte[] encode(HeadModel head) {
    PayloadWriter out =
        new PayloadWriter()
            .ascii(head.event())
            .i32(head.version())
            .bytes(head.baseFingerprint())
            .f32(head.calibration().slope())
            .f32(head.calibration().offset());
    DecisionParameters decision = head.decision();
    out.u16(decision.smoothingSteps())
        .f32(decision.onThreshold())
        .f32(decision.offThreshold())
        .u16(decision.onSteps())
        .f32(decision.holdSeconds())
        .f32(decision.refractorySeconds())
        .f32(decision.minOpenSeconds());
    out.u16(head.layers().size());
    for (DenseLayer layer : head.layers()) {
      DenseCodec.encode(layer, out);
    }
    return out.toBytes();
  }

  static HeadModel decode(PayloadReader in) throws ModelFormatException {
    int start = in.position();
    String event = in.ascii("event label");
    int version = in.i32("head version");
    byte[] baseFingerprint = in.bytes("base fingerprint", Sha256.BYTES);
    float slope = in.scale("calibration slope");
    float offset = in.f32("calibration offset", -MAX, MAX);
    int decisionAt = in.position();
    int smoothingSteps = in.u16("smoothingSteps");
    float onThreshold = in.f32("onThreshold", 0, 1);
    float offThreshold = in.f32("offThreshold", 0, 1);
    int onSteps = in.u16("onSteps");
    float holdSeconds = in.f32("holdSeconds", 0, DecisionParameters.MAX_SECONDS);
    float refractorySeconds = in.f32("refractorySeconds", 0, DecisionParameters.MAX_SECONDS);
    float minOpenSeconds = in.f32("minOpenSeconds", 0, DecisionParameters.MAX_SECONDS);
    DecisionParameters decision;
    try {
      decision =
          new DecisionParameters(
              smoothingSteps,
              onThreshold,
              offThreshold,
              onSteps,
              holdSeconds,
              refractorySeconds,
              minOpenSeconds);
    } catch (IllegalArgumentException e) {
      throw in.error(decisionAt, e.getMessage());
    }
    int layerCount = in.u16("number of layers", 1, HeadModel.MAX_LAYERS);
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 0; i < layerCount; i++) {
      layers.add(DenseCodec.decode(in, "layer " + i));
    }
    in.finish("the head section");
    try {
      return new HeadModel(
          event, version, baseFingerprint, layers, new Calibration(slope, offset), decision);
    } catch (IllegalArgumentException e) {
      throw in.error(start, e.getMessage());
    }
  }
}
