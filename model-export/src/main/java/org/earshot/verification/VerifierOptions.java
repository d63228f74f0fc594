package org.earshot.verification;

import java.util.List;
import org.earshot.training.BandConvolution;
import org.earshot.training.TagSet;
import org.earshot.training.TrainingOptions;

/**
 * Everything that decides the weights that a training run of the verifier makes, besides the data
 * and the device's models.
 *
 * @param seed of weights, scenes and augmentation
 * @param device options of the device model's run whose convolutions the verifier begins with
 * @param joinedSteps steps of the convolutions that make one of the LSTM layers'
 * @param hiddenUnits of the LSTM layer in each direction
 * @param batch clips a batch
 * @param hardClips of them, how many are false alerts of the device on scenes without events
 * @param reuse how often a scene is used, with fresh masks each time
 * @param sceneSeconds length of a scene, which a clip is cut from
 * @param clipSeconds length of a clip
 * @param sensitivity of the device's detector, whose alerts clips are cut around
 * @param negativeScenes scenes without events that the device listens to for false alerts
 * @param iterations weight updates in all
 * @param epochIterations weight updates between two validations
 * @param learningRate highest rate; reached after a short warm-up, then a cosine to 1 %
 * @param positiveWeight weight of a step in which an event sounds, against 1 where it does not
 * @param clipWeight weight of the whole clip's term, against 1 of all its steps together
 * @param dropout share of inputs dropped at the LSTM layers and at the heads
 * @param averaging decay of the running average of weights, which is what is validated and exported
 * @param validationScenes held-apart scenes, a clip of each of which is scored after each epoch
 * @param tags classes of a teacher that the shared layers learn beside the events
 */
public record VerifierOptions(
    long seed,
    TrainingOptions device,
    int joinedSteps,
    int hiddenUnits,
    int batch,
    int hardClips,
    int reuse,
    double sceneSeconds,
    double clipSeconds,
    int sensitivity,
    int negativeScenes,
    int iterations,
    int epochIterations,
    double learningRate,
    double positiveWeight,
    double clipWeight,
    double dropout,
    double averaging,
    int validationScenes,
    TagSet tags) {

  /** What {@code train-verifier} does unless told otherwise. */
  public static VerifierOptions standard(TrainingOptions device, TagSet tags) {
    return new VerifierOptions(
        1, device, 2, 256, 32, 12, 4, 16, 10.23, 90, 3_000, 1_200, 100, 1e-3, 3, 0.5, 0.25, 0.998,
        500, tags);
  }

  /** How clips become inputs and targets: as the device's scenes, in longer steps. */
  TrainingOptions encoding() {
    return new TrainingOptions(
        seed,
        device.normalization(),
        device.convolutions(),
        device.denseUnits(),
        device.hiddenUnits(),
        device.layers(),
        device.stackFrames() * joinedSteps,
        batch,
        clipSeconds,
        iterations,
        epochIterations,
        learningRate,
        positiveWeight,
        dropout,
        averaging,
        0,
        0,
        reuse,
        1,
        validationScenes,
        tags,
        null);
  }

  /** Convolutions and dense layers below the LSTM layers. */
  List<BandConvolution> front() {
    return device.front();
  }

  /** Outputs of the front in one of its steps. */
  int frontOutputs() {
    List<BandConvolution> front = front();
    return front.get(front.size() - 1).outputs();
  }

  /** Steps of the LSTM layers in a clip. */
  int steps() {
    return encoding().steps();
  }

  /** Outputs of the network in training. */
  int outputs() {
    return encoding().outputs();
  }

  /** Clips a batch that are cut from scenes with events. */
  int sceneClips() {
    return batch - hardClips;
  }

  /** Rate of an update: linear warm-up over the first 100, then half a cosine down to 1 %. */
  double learningRateAt(int iteration) {
    return encoding().learningRateAt(iteration);
  }
}
