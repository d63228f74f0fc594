package org.earshot.training;

import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.dataset.ClipTags;
import org.earshot.kernel.Quantizer;
import org.earshot.simulation.Soundscape;

/** Turns scenes into examples with the device's own feature extractor. Thread-safe. */
public final class ExampleEncoder {
  private final FeatureSpec spec;
  private final int stackFrames;
  private final float inputScale;
  private final Targets targets;

  /**
   * @param tags what a teacher heard in the clips; without effect where the options name no class
   */
  public ExampleEncoder(TrainingOptions options, ClipTags tags) {
    spec = options.features();
    stackFrames = options.stackFrames();
    inputScale = options.inputScale();
    TagStates states = new TagStates(options.tags().classes(), tags);
    targets = new Targets(options.stepSeconds(), options.positiveWeight(), states);
  }

  /** Encodes the first {@code steps} network steps of a scene. */
  public Example encode(Soundscape scene, int steps) {
    return encode(new float[0], scene, steps);
  }

  /**
   * As {@link #encode(Soundscape, int)}, with features as they are when other sound went before.
   *
   * @param before 16 kHz mono; not encoded itself
   */
  Example encode(float[] before, Soundscape scene, int steps) {
    byte[] inputs = inputs(before, scene.samples(), steps);
    byte[] encoded = new byte[steps * targets.outputs()];
    float[] weights = new float[steps * targets.outputs()];
    targets.encode(scene, encoded, weights);
    return new Example(inputs, encoded, weights);
  }

  /**
   * Features of the first {@code steps} network steps, as the device rounds them.
   *
   * @param samples 16 kHz mono
   * @return [steps][inputs of a step]
   */
  public byte[] inputs(float[] samples, int steps) {
    return inputs(new float[0], samples, steps);
  }

  private byte[] inputs(float[] before, float[] samples, int steps) {
    int bands = spec.melBands();
    int frames = steps * stackFrames;
    byte[] inputs = new byte[frames * bands];
    LogMelExtractor extractor = new LogMelExtractor(spec);
    int warmUpFrames =
        before.length / spec.hopSamples(); // the frame after them is the scene's first
    int dropped = before.length - warmUpFrames * spec.hopSamples();
    extractor.push(before, dropped, before.length - dropped, (frame, features) -> {});
    extractor.push(
        samples,
        0,
        samples.length,
        (index, features) -> {
          int frame = (int) index - warmUpFrames;
          if (frame >= 0 && frame < frames) {
            Quantizer.quantize(features, bands, 1 / inputScale, inputs, frame * bands);
          }
        });
    return inputs;
  }
}
