package org.earshot.training;

import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.kernel.Quantizer;
import org.earshot.simulation.Soundscape;

/** Turns scenes into examples with the device's own feature extractor. Thread-safe. */
final class ExampleEncoder {
  private final FeatureSpec spec;
  private final int stackFrames;
  private final float inputScale;
  private final Targets targets;

  ExampleEncoder(TrainingOptions options) {
    spec = options.features();
    stackFrames = options.stackFrames();
    inputScale = options.inputScale();
    targets = new Targets(options.stepSeconds(), options.positiveWeight());
  }

  /** Encodes the first {@code steps} network steps of a scene. */
  Example encode(Soundscape scene, int steps) {
    byte[] inputs = inputs(scene.samples(), steps);
    byte[] encoded = new byte[steps * Targets.COUNT];
    float[] weights = new float[steps * Targets.COUNT];
    targets.encode(scene, encoded, weights);
    return new Example(inputs, encoded, weights);
  }

  /**
   * Features of the first {@code steps} network steps, as the device rounds them.
   *
   * @param samples 16 kHz mono
   * @return [steps][inputs of a step]
   */
  byte[] inputs(float[] samples, int steps) {
    int bands = spec.melBands();
    int frames = steps * stackFrames;
    byte[] inputs = new byte[frames * bands];
    LogMelExtractor extractor = new LogMelExtractor(spec);
    extractor.push(
        samples,
        0,
        samples.length,
        (frame, features) -> {
          if (frame < frames) {
            Quantizer.quantize(features, bands, 1 / inputScale, inputs, (int) frame * bands);
          }
        });
    return inputs;
  }
}
