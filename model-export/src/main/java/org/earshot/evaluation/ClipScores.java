package org.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.wav.WavWriter;
import org.earshot.model.HeadModel;

/**
 * How well one detector tells whole clips apart.
 *
 * @param detector its name
 * @param curves by event, then by pooling
 */
record ClipScores(String detector, Map<String, Map<ClipPooling, ScoreCurve>> curves) {

  /** A source of logits, through the calibration of the model's heads, in their order. */
  static ClipScores of(
      String detector,
      ClipSet clips,
      List<HeadModel> heads,
      Supplier<? extends PosteriorSource> sources,
      int threads)
      throws IOException {
    List<Map<ClipPooling, float[]>> pooled = // one a clip, of arrays [heads]
        Parallel.map(
            clips.clips(),
            threads,
            () -> {
              PosteriorSource source = sources.get();
              return clip -> pooled(source.track(clip.samples()), heads);
            });
    Map<String, Map<ClipPooling, ScoreCurve>> curves = new LinkedHashMap<>();
    for (int h = 0; h < heads.size(); h++) {
      String event = heads.get(h).event();
      Map<ClipPooling, ScoreCurve> each = new EnumMap<>(ClipPooling.class);
      for (ClipPooling pooling : ClipPooling.values()) {
        float[] scores = new float[pooled.size()];
        for (int clip = 0; clip < scores.length; clip++) {
          scores[clip] = pooled.get(clip).get(pooling)[h];
        }
        each.put(pooling, clips.curve(event, scores));
      }
      curves.put(event, each);
    }
    return new ClipScores(detector, curves);
  }

  private static Map<ClipPooling, float[]> pooled(LogitTrack track, List<HeadModel> heads) {
    Map<ClipPooling, float[]> pooled = new EnumMap<>(ClipPooling.class);
    for (int h = 0; h < heads.size(); h++) {
      float[] posteriors = AlertReplay.posteriors(track, h, heads.get(h).calibration());
      for (ClipPooling pooling : ClipPooling.values()) {
        pooled.computeIfAbsent(pooling, key -> new float[heads.size()])[h] = pooling.of(posteriors);
      }
    }
    return pooled;
  }

  /**
   * YAMNet on the same clips; for each event and pooling the mapping of classes that serves it
   * best.
   *
   * @param model {@code yamnet.tflite}
   * @param benchmarks as for {@link YamnetProcess}
   * @param work where clips and scores go
   */
  static ClipScores ofYamnet(
      String detector,
      ClipSet clips,
      List<String> events,
      Path model,
      Path benchmarks,
      Path work,
      int threads)
      throws IOException {
    Path folder = work.resolve("clips");
    Files.createDirectories(folder);
    List<EvaluationStream> files = new ArrayList<>();
    for (int clip = 0; clip < clips.clips().size(); clip++) {
      float[] samples = clips.clips().get(clip).samples();
      Path file = folder.resolve(clip + ".wav");
      WavWriter.write(file, samples, AudioFiles.SAMPLE_RATE_HZ);
      double seconds = samples.length / (double) AudioFiles.SAMPLE_RATE_HZ;
      files.add(
          new EvaluationStream(
              file.getFileName().toString(),
              file,
              seconds,
              List.of(),
              List.of(),
              List.of(),
              Map.of()));
    }
    PeerScores scores = YamnetProcess.run(model, benchmarks, files, work);
    Map<String, Map<ClipPooling, ScoreCurve>> curves = new LinkedHashMap<>();
    for (String event : events) {
      Map<ClipPooling, ScoreCurve> best = new EnumMap<>(ClipPooling.class);
      for (List<String> classes : PeerMapping.yamnet(event)) {
        for (ClipPooling pooling : ClipPooling.values()) {
          float[] pooled = new float[files.size()];
          for (int clip = 0; clip < pooled.length; clip++) {
            pooled[clip] = pooling.of(scores.highest(files.get(clip).peerName(), classes));
          }
          ScoreCurve curve = clips.curve(event, pooled);
          best.merge(pooling, curve, (a, b) -> b.area() > a.area() ? b : a);
        }
      }
      curves.put(event, best);
    }
    return new ClipScores(detector, curves);
  }

  /** Area under an event's curve; NaN for an event that the detector does not know. */
  double area(String event, ClipPooling pooling) {
    ScoreCurve curve = curves.getOrDefault(event, Map.of()).get(pooling);
    return curve == null ? Double.NaN : curve.area();
  }

  /** Mean area over the events that have one. */
  double meanArea(ClipPooling pooling) {
    return curves.keySet().stream()
        .mapToDouble(event -> area(event, pooling))
        .filter(area -> !Double.isNaN(area))
        .average()
        .orElse(Double.NaN);
  }
}
