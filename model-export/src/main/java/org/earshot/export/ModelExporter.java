package org.earshot.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earshot.detect.StepTiming;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.evaluation.CurveMeasurement;
import org.earshot.evaluation.DecisionGrid;
import org.earshot.evaluation.LogitTrack;
import org.earshot.evaluation.NegativeAudio;
import org.earshot.evaluation.RuntimeSource;
import org.earshot.evaluation.ThresholdCalibration;
import org.earshot.evaluation.ThresholdCalibration.Choice;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;
import org.earshot.model.SoundModel;
import org.earshot.quantize.ActivationCalibration;
import org.earshot.quantize.FloatModel;
import org.earshot.quantize.WeightQuantizer;
import org.earshot.simulation.Soundscape;

/** Quantises a float network and gives every head its calibration and its decision. */
final class ModelExporter {
  private static final DecisionParameters UNTUNED =
      new DecisionParameters(1, 0.5f, 0.4f, 1, 1, 0, 0);

  private ModelExporter() {}

  /**
   * The int8 model with decisions that are still to be tuned.
   *
   * @param streams that the scales of activations are found on
   */
  static SoundModel quantize(FloatModel model, int version, List<Soundscape> streams) {
    List<float[]> samples = streams.stream().map(Soundscape::samples).toList();
    BaseModel base =
        WeightQuantizer.base(model, ActivationCalibration.outputScales(model, samples));
    byte[] fingerprint = base.fingerprint();
    List<HeadModel> heads = new ArrayList<>();
    for (int event = 0; event < model.events().size(); event++) {
      heads.add(
          new HeadModel(
              model.events().get(event),
              version,
              fingerprint,
              List.of(WeightQuantizer.head(model, event)),
              Calibration.IDENTITY,
              UNTUNED));
    }
    return new SoundModel(base, heads);
  }

  /**
   * What every head says about scenes, in its own int8 runtime, beside what is true.
   *
   * @param source gives the features
   * @param on whether a scene is heard after the one before it, without a reset
   */
  static List<CalibrationStream> listen(
      SoundModel model, FloatModel source, Stream<Soundscape> scenes, boolean on) {
    RuntimeSource runtime = new RuntimeSource(model, source.features());
    return scenes
        .map(
            scene -> {
              float[] samples = scene.samples();
              LogitTrack track = on ? runtime.trackOn(samples) : runtime.track(samples);
              return CalibrationStream.of(scene, track);
            })
        .toList();
  }

  /**
   * Tunes every head.
   *
   * @param tracks of streams that no weight has seen: {@link #listen}
   * @param mostFalseAlertsPerHour see {@link ThresholdCalibration}
   * @param alarmBeta weight of recall for smoke and CO; 1, thus F1, for the others
   */
  static List<Choice> tune(
      SoundModel model,
      List<CalibrationStream> tracks,
      double mostFalseAlertsPerHour,
      double alarmBeta) {
    return IntStream.range(0, model.heads().size())
        .parallel()
        .mapToObj(
            head -> {
              String event = model.heads().get(head).event();
              double beta = isAlarm(event) ? alarmBeta : 1;
              return new ThresholdCalibration(tracks, grid(event), mostFalseAlertsPerHour, beta)
                  .choose(head, event);
            })
        .toList();
  }

  static SoundModel with(SoundModel model, List<Choice> choices) {
    List<HeadModel> heads = new ArrayList<>();
    for (int head = 0; head < choices.size(); head++) {
      Choice choice = choices.get(head);
      heads.add(model.heads().get(head).with(choice.calibration(), choice.decision()));
    }
    return new SoundModel(model.base(), heads);
  }

  /**
   * The same model with the operating curve of every head.
   *
   * @param source gives the features
   * @param tracks of {@link #listen} in which missed events are counted
   * @param negatives in which false alerts are counted
   * @param negativeHours of simulated scenes; the clips come on top
   */
  static SoundModel withCurves(
      SoundModel model,
      FloatModel source,
      List<CalibrationStream> tracks,
      NegativeAudio negatives,
      double negativeHours)
      throws IOException {
    CurveMeasurement measurement =
        new CurveMeasurement(model.heads(), StepTiming.of(model.base(), source.features()));
    measurement.addEvents(tracks);
    negatives.hear(
        negativeHours,
        () -> new RuntimeSource(model, source.features()),
        measurement::addNegatives);
    List<OperatingCurve> curves = measurement.curves();
    List<HeadModel> heads = new ArrayList<>();
    for (int head = 0; head < curves.size(); head++) {
      heads.add(model.heads().get(head).with(curves.get(head)));
    }
    return new SoundModel(model.base(), heads);
  }

  private static boolean isAlarm(String event) {
    return event.endsWith("_alarm");
  }

  /** Alarms are judged over up to a second and held over the pause of a slow cadence. */
  private static DecisionGrid grid(String event) {
    DecisionGrid standard = DecisionGrid.standard();
    if (!isAlarm(event)) {
      return standard;
    }
    return new DecisionGrid(
        List.of(1, 2, 4, 7, 17),
        List.of(1, 4),
        List.of(6f),
        standard.hysteresisLogits(),
        standard.lowestLogit(),
        standard.highestLogit(),
        standard.stepLogits(),
        standard.refractorySeconds(),
        standard.minOpenSeconds());
  }
}
