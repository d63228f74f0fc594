package org.earshot.export;

import java.util.ArrayList;
import java.util.List;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.evaluation.DecisionGrid;
import org.earshot.evaluation.Occurrence;
import org.earshot.evaluation.RuntimeSource;
import org.earshot.evaluation.ThresholdCalibration;
import org.earshot.evaluation.ThresholdCalibration.Choice;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.SoundModel;
import org.earshot.quantize.ActivationCalibration;
import org.earshot.quantize.FloatModel;
import org.earshot.quantize.WeightQuantizer;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;

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
   * Tunes every head on the posteriors of its own int8 runtime.
   *
   * @param mostFalseAlertsPerHour see {@link ThresholdCalibration}
   * @param alarmBeta weight of recall for smoke and CO; 1, thus F1, for the others
   */
  static List<Choice> tune(
      SoundModel model,
      FloatModel source,
      List<Soundscape> streams,
      double mostFalseAlertsPerHour,
      double alarmBeta) {
    RuntimeSource runtime = new RuntimeSource(model, source.features());
    List<CalibrationStream> tracks = new ArrayList<>();
    for (Soundscape stream : streams) {
      tracks.add(
          new CalibrationStream(
              runtime.track(stream.samples()),
              stream.durationSeconds(),
              occurrences(stream.events()),
              occurrences(stream.dontCare())));
    }
    List<Choice> choices = new ArrayList<>();
    for (int head = 0; head < model.heads().size(); head++) {
      String event = model.heads().get(head).event();
      choices.add(
          new ThresholdCalibration(
                  tracks, grid(event), mostFalseAlertsPerHour, isAlarm(event) ? alarmBeta : 1)
              .choose(head, event));
    }
    return choices;
  }

  static SoundModel with(SoundModel model, List<Choice> choices) {
    List<HeadModel> heads = new ArrayList<>();
    for (int head = 0; head < choices.size(); head++) {
      Choice choice = choices.get(head);
      heads.add(model.heads().get(head).with(choice.calibration(), choice.decision()));
    }
    return new SoundModel(model.base(), heads);
  }

  private static boolean isAlarm(String event) {
    return event.endsWith("_alarm");
  }

  /** Alarms are judged over up to two seconds and held over the pause of a slow cadence. */
  private static DecisionGrid grid(String event) {
    DecisionGrid standard = DecisionGrid.standard();
    if (!isAlarm(event)) {
      return standard;
    }
    return new DecisionGrid(
        List.of(2, 7, 17, 33),
        List.of(1, 4),
        List.of(6f),
        standard.hysteresisLogits(),
        standard.lowestLogit(),
        standard.highestLogit(),
        standard.stepLogits(),
        standard.refractorySeconds(),
        standard.minOpenSeconds());
  }

  private static List<Occurrence> occurrences(List<TruthEvent> events) {
    return events.stream()
        .map(
            event ->
                new Occurrence(
                    event.label(),
                    event.onsetSeconds(),
                    event.offsetSeconds(),
                    event.eventToBackgroundDb()))
        .toList();
  }
}
