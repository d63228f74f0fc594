package org.earshot.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Alert;
import org.earshot.detect.Memory;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.SoundModel;

/**
 * What a model says about streams: the alerts that a device would raise, and the logits behind
 * them.
 *
 * @param tracks one for each stream
 * @param detections one list for each stream
 */
record ModelRun(List<LogitTrack> tracks, List<List<Detection>> detections) {

  /** Longest recording that is read whole: two hours. */
  static final int LONGEST_SAMPLES = 2 * 3600 * AudioFiles.SAMPLE_RATE_HZ;

  private record Heard(LogitTrack track, List<Detection> detections) {}

  /** Runs the device's own code over every stream, several streams at a time. */
  static ModelRun of(
      SoundModel model, FeatureSpec spec, List<EvaluationStream> streams, int threads)
      throws IOException {
    List<Heard> heard =
        Parallel.map(
            streams,
            threads,
            () -> {
              RuntimeSource source = new RuntimeSource(model, spec);
              StreamingDetector detector = new StreamingDetector(model, spec);
              return stream -> {
                float[] samples = samples(stream);
                return new Heard(source.track(samples), alerts(detector, samples));
              };
            });
    return new ModelRun(
        heard.stream().map(Heard::track).toList(), heard.stream().map(Heard::detections).toList());
  }

  private static List<Detection> alerts(StreamingDetector detector, float[] samples) {
    List<Alert> alerts = new ArrayList<>();
    detector.reset();
    detector.push(samples, 0, samples.length, alerts::add);
    detector.finish(alerts::add);
    return alerts.stream().map(AlertReplay::detection).toList();
  }

  /**
   * As {@link #of}, but with the alerts of a device that is never reset: all streams are heard as
   * one, in their order, on one thread. An alert belongs to the stream in which its onset lies.
   *
   * @param forget what the detector forgets where one stream ends and the next begins
   */
  static ModelRun continuous(
      SoundModel model,
      FeatureSpec spec,
      List<EvaluationStream> streams,
      Set<Memory> forget,
      int threads)
      throws IOException {
    List<LogitTrack> tracks = tracks(() -> new RuntimeSource(model, spec), streams, threads);
    StreamingDetector detector = new StreamingDetector(model, spec);
    List<Alert> alerts = new ArrayList<>();
    long[] starts = new long[streams.size()]; // samples
    long end = 0;
    for (int s = 0; s < starts.length; s++) {
      float[] samples = samples(streams.get(s));
      starts[s] = end;
      detector.forget(forget);
      detector.push(samples, 0, samples.length, alerts::add);
      end += samples.length;
    }
    detector.finish(alerts::add);
    return new ModelRun(tracks, divided(alerts, starts));
  }

  /** Alerts by the stream in which they begin, in its own time. */
  static List<List<Detection>> divided(List<Alert> alerts, long[] starts) {
    List<List<Detection>> divided = new ArrayList<>();
    for (int s = 0; s < starts.length; s++) {
      divided.add(new ArrayList<>());
    }
    for (Alert alert : alerts) {
      int found = Arrays.binarySearch(starts, alert.onsetSample());
      int s = found >= 0 ? found : -found - 2;
      divided
          .get(s)
          .add(
              AlertReplay.detection(
                  new Alert(
                      alert.event(),
                      alert.onsetSample() - starts[s],
                      alert.offsetSample() - starts[s],
                      alert.openedSample() - starts[s],
                      alert.peakPosterior())));
    }
    return divided;
  }

  /** The tracks of any source of logits, one for each stream. */
  static List<LogitTrack> tracks(
      Supplier<? extends PosteriorSource> sources, List<EvaluationStream> streams, int threads)
      throws IOException {
    return Parallel.map(
        streams,
        threads,
        () -> {
          PosteriorSource source = sources.get();
          return stream -> source.track(samples(stream));
        });
  }

  static float[] samples(EvaluationStream stream) throws IOException {
    try {
      return AudioFiles.readAll16k(stream.file(), LONGEST_SAMPLES);
    } catch (IOException e) {
      throw new IOException(stream.file() + ": " + e.getMessage(), e);
    }
  }

  /** The results of all streams, for scoring. */
  static List<StreamResult> results(
      List<EvaluationStream> streams, List<List<Detection>> detections) {
    List<StreamResult> results = new ArrayList<>();
    for (int s = 0; s < streams.size(); s++) {
      results.add(streams.get(s).result(detections.get(s)));
    }
    return results;
  }
}
