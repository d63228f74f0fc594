package org.earshot.training;

import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.Normalization;

/**
 * Everything that decides the weights that a training run makes, besides the data.
 *
 * @param seed of weights, scenes and augmentation
 * @param normalization of the features
 * @param convolutions over the bands, lowest first, a step's frames being the first one's channels
 * @param denseUnits of each rectified dense layer between the convolutions, or a step's frames
 *     where there are none, and the first LSTM layer
 * @param hiddenUnits of each LSTM layer
 * @param layers LSTM layers
 * @param stackFrames feature frames that make one network step
 * @param batch scenes a batch
 * @param sceneSeconds length of a scene
 * @param iterations weight updates in all
 * @param epochIterations weight updates between two validations
 * @param learningRate highest rate; reached after a short warm-up, then a cosine to 1 %
 * @param positiveWeight weight of a step in which an event sounds, against 1 where it does not
 * @param dropout share of inputs dropped at each LSTM layer and at the heads
 * @param averaging decay of the running average of weights, which is what is validated and shipped
 * @param carryShare share of scenes that start in the state in which the last batch's scene ended
 * @param warmShare share of scenes whose features begin as after another scene, not as after a
 *     reset
 * @param reuse how often a scene is used, with fresh masks each time
 * @param patience epochs without improvement before it stops
 * @param validationStreams streams of 30 s that are scored after each epoch
 * @param tags classes of a teacher that the shared layers learn beside the events
 * @param from folder of the run whose best weights are the first ones; null: random ones
 */
public record TrainingOptions(
    long seed,
    Normalization normalization,
    List<ConvolutionShape> convolutions,
    List<Integer> denseUnits,
    int hiddenUnits,
    int layers,
    int stackFrames,
    int batch,
    double sceneSeconds,
    int iterations,
    int epochIterations,
    double learningRate,
    double positiveWeight,
    double dropout,
    double averaging,
    double carryShare,
    double warmShare,
    int reuse,
    int patience,
    int validationStreams,
    TagSet tags,
    String from) {

  public TrainingOptions {
    convolutions = List.copyOf(convolutions);
    denseUnits = List.copyOf(denseUnits);
    tags = tags == null ? TagSet.NONE : tags; // a run of before there were any
  }

  /** What {@code train} does unless told otherwise. */
  public static TrainingOptions standard() {
    return new TrainingOptions(
        1,
        FeatureSpec.standard().normalization(),
        List.of(
            new ConvolutionShape(32, 8, 2, 2),
            new ConvolutionShape(48, 5, 2, 1),
            new ConvolutionShape(64, 3, 2, 2)),
        List.of(128),
        128,
        2,
        6,
        16,
        10.23,
        15_000,
        1_000,
        1.5e-3,
        3,
        0.2,
        0.999,
        0,
        0,
        4,
        8,
        200,
        TagSet.NONE,
        null);
  }

  /** Updates on dense, clear scenes before those that are like a home's. */
  int firstStageIterations() {
    return (int) (0.55 * iterations);
  }

  /** Outputs of the network in training. */
  public int outputs() {
    return Targets.COUNT + tags.classes().size();
  }

  public FeatureSpec features() {
    return FeatureSpec.standard(normalization);
  }

  public int inputs() {
    return stackFrames * features().melBands();
  }

  /** Network steps in a training scene. */
  public int steps() {
    return steps((int) (sceneSeconds * features().sampleRateHz()));
  }

  /** Whole network steps in so many samples. */
  public int steps(int samples) {
    FeatureSpec spec = features();
    return ((samples - spec.frameSamples()) / spec.hopSamples() + 1) / stackFrames;
  }

  /** All layers below the first LSTM layer, lowest first. */
  public List<BandConvolution> front() {
    List<BandConvolution> front = new ArrayList<>();
    int channels = stackFrames;
    int bands = features().melBands();
    for (ConvolutionShape shape : convolutions) {
      BandConvolution layer =
          new BandConvolution(
              channels, bands, shape.channels(), shape.kernel(), shape.stride(), shape.taps());
      front.add(layer);
      channels = layer.channels();
      bands = layer.outputBands();
    }
    for (int units : denseUnits) {
      front.add(BandConvolution.dense(channels, bands, units));
      channels = units;
      bands = 1;
    }
    return front;
  }

  public double stepSeconds() {
    return stackFrames * features().hopSeconds();
  }

  /** Value of one int8 step of the network's input. */
  public float inputScale() {
    return normalization == Normalization.PCEN ? 1 / 32f : 1 / 16f;
  }

  int epochs() {
    return (iterations + epochIterations - 1) / epochIterations;
  }

  /** Rate of an update: linear warm-up over the first 100, then half a cosine down to 1 %. */
  public double learningRateAt(int iteration) {
    double warmUp = Math.min(1, (iteration + 1) / 100.0);
    double progress = Math.min(1, iteration / (double) iterations);
    return learningRate * warmUp * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * progress)));
  }
}
