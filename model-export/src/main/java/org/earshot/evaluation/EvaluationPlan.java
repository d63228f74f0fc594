package org.earshot.evaluation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.dataset.ClipLibrary;
import org.earshot.detect.Memory;
import org.earshot.model.HeadModel;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;

/**
 * One evaluation from its inputs to its report. Paths may be null where an input is left out.
 *
 * @param models the model's folder or file
 * @param data recordings to simulate streams from
 * @param suite kind of simulated streams
 * @param streamCount simulated streams
 * @param seed of streams, clips and intervals
 * @param withClips whether to hear whole clips of {@code data}
 * @param continuous whether the detector hears all streams as one, without a reset
 * @param forget what it forgets then where one stream ends and the next begins
 * @param audio recordings instead of simulated streams
 * @param truth of {@code audio}
 * @param negatives recordings without events
 * @param peers by name: {@code yamnet} is a model, any other a table of alerts
 * @param benchmarks build folder of the benchmarks module
 * @param floats makes the float network
 * @param cache where streams and peers' scores are kept
 * @param rounds of the bootstrap
 * @param examples worst misses and false alerts, of each
 * @param threads streams heard at a time
 */
record EvaluationPlan(
    Path models,
    Path data,
    Suite suite,
    int streamCount,
    long seed,
    boolean withClips,
    boolean continuous,
    Set<Memory> forget,
    Path audio,
    Path truth,
    Path negatives,
    Map<String, Path> peers,
    Path benchmarks,
    Supplier<PosteriorSource> floats,
    Path cache,
    int rounds,
    int examples,
    int threads) {

  private static final String YAMNET = "yamnet";
  private static final float USUAL_THRESHOLD = 0.8f; // Frigate's default

  EvaluationReport run(PrintWriter log) throws IOException {
    SoundModel model = ModelFile.read(models);
    FeatureSpec features = FeatureSpec.standard();
    Path work = cache == null ? Files.createTempDirectory("earshot-evaluate") : cache;
    try {
      Files.createDirectories(work);
      return run(model, features, work, log);
    } finally {
      if (cache == null) {
        delete(work);
      }
    }
  }

  private EvaluationReport run(SoundModel model, FeatureSpec features, Path work, PrintWriter log)
      throws IOException {
    ClipLibrary library = data == null ? null : ClipLibrary.load(data, true);
    List<EvaluationStream> streams = streams(library, work, log);
    say(log, "hearing %d streams", streams.size());
    ModelRun run =
        continuous
            ? ModelRun.continuous(model, features, streams, forget, threads)
            : ModelRun.of(model, features, streams, threads);
    Bootstrap bootstrap = new Bootstrap(rounds, seed);
    List<EventEvaluation> events = new ArrayList<>();
    for (int h = 0; h < model.heads().size(); h++) {
      events.add(EventEvaluation.of(model.heads().get(h), h, streams, run, bootstrap));
    }
    List<PeerResult> peerResults = peers(model.events(), streams, work, bootstrap, log);
    Supplier<PosteriorSource> int8 = () -> new RuntimeSource(model, features);
    ClipSet clips = library != null && withClips ? ClipSet.of(library, seed) : null;
    List<ClipScores> clipScores = new ArrayList<>();
    if (clips != null) {
      say(log, "hearing %d clips", clips.clips().size());
      clipScores.add(ClipScores.of("earshot", clips, model.heads(), int8, threads));
      Path yamnet = peers.get(YAMNET);
      if (yamnet != null) {
        clipScores.add(
            ClipScores.ofYamnet(YAMNET, clips, model.events(), yamnet, benchmarks, work, threads));
      }
    }
    List<FloatComparison> comparison = List.of();
    if (floats != null) {
      say(log, "comparing with the float network");
      comparison =
          FloatComparison.of(
              model.heads(),
              floats,
              streams,
              run.tracks(),
              clips,
              clips == null ? null : clipScores.get(0),
              threads);
    }
    List<StreamResult> results = ModelRun.results(streams, run.detections());
    double seconds = streams.stream().mapToDouble(EvaluationStream::seconds).sum();
    return new EvaluationReport(
        "Earshot on " + setName(),
        conditions(model, streams, clips),
        notes(streams, clips),
        seconds / 3600,
        events,
        clipScores,
        peerResults,
        byCondition(model.events(), streams, results, peerResults, bootstrap),
        Confusion.of(model.events(), results),
        comparison,
        negatives(model, features),
        examples == 0 ? List.of() : Examples.of(model.heads(), streams, run, examples));
  }

  private static List<ConditionRow> byCondition(
      List<String> events,
      List<EvaluationStream> streams,
      List<StreamResult> results,
      List<PeerResult> peers,
      Bootstrap bootstrap) {
    Map<String, List<AlertScore>> detectors = new LinkedHashMap<>();
    detectors.put("earshot", ConditionRow.totals(events, event -> results));
    peers.forEach(peer -> detectors.put(peer.name(), peer.totals()));
    return ConditionRow.of(streams, detectors, bootstrap);
  }

  private List<EvaluationStream> streams(ClipLibrary library, Path work, PrintWriter log)
      throws IOException {
    if (library != null) {
      say(log, "rendering %d streams", streamCount);
      return ValidationStreams.render(library, suite.spec(), streamCount, seed, work, threads);
    }
    return audio == null ? List.of() : StreamFolder.read(audio, truth);
  }

  private List<PeerResult> peers(
      List<String> events,
      List<EvaluationStream> streams,
      Path work,
      Bootstrap bootstrap,
      PrintWriter log)
      throws IOException {
    List<PeerResult> results = new ArrayList<>();
    for (Map.Entry<String, Path> peer : peers.entrySet()) {
      say(log, "peer %s", peer.getKey());
      if (peer.getKey().equals(YAMNET)) {
        PeerScores scores = YamnetProcess.run(peer.getValue(), benchmarks, streams, work);
        results.add(PeerResult.tuned(YAMNET, scores, events, streams, bootstrap));
        String usual = String.format(Locale.ROOT, "%s@%.1f", YAMNET, USUAL_THRESHOLD);
        results.add(PeerResult.at(USUAL_THRESHOLD, usual, scores, events, streams, bootstrap));
      } else {
        results.add(
            PeerResult.fromTable(peer.getKey(), peer.getValue(), events, streams, bootstrap));
      }
    }
    return results;
  }

  private List<EvaluationReport.NegativeResult> negatives(SoundModel model, FeatureSpec features)
      throws IOException {
    if (negatives == null) {
      return List.of();
    }
    List<EvaluationStream> streams = StreamFolder.read(negatives, null);
    ModelRun run = ModelRun.of(model, features, streams, threads);
    List<EvaluationReport.NegativeResult> results = new ArrayList<>();
    for (int s = 0; s < streams.size(); s++) {
      results.add(
          new EvaluationReport.NegativeResult(
              streams.get(s).name(), streams.get(s).seconds(), run.detections().get(s)));
    }
    return results;
  }

  private String setName() {
    if (data != null) {
      return streamCount + " simulated " + suite.title();
    }
    return audio == null ? "recordings without events" : audio.getFileName().toString();
  }

  private Map<String, String> conditions(
      SoundModel model, List<EvaluationStream> streams, ClipSet clips) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("model", models.toString());
    conditions.put(
        "heads",
        String.join(
            ", ", model.heads().stream().map(h -> h.event() + " v" + h.version()).toList()));
    conditions.put("thresholds", String.join(", ", model.heads().stream().map(this::on).toList()));
    conditions.put("seed", Long.toString(seed));
    long empty = streams.stream().filter(s -> s.truth().isEmpty()).count();
    conditions.put(
        "streams", streams.size() + ", of which " + empty + " without an event of the model");
    if (continuous) {
      conditions.put(
          "heard as one",
          forget.isEmpty() ? "nothing forgotten" : "forgotten between them: " + forget);
    }
    if (clips != null) {
      conditions.put(
          "clips",
          clips.clips().size() + ", of which " + clips.rendered() + " are rendered alarms");
    }
    conditions.put("intervals", "95 %, percentile bootstrap over streams, " + rounds + " rounds");
    return conditions;
  }

  private String on(HeadModel head) {
    return String.format(Locale.ROOT, "%s %.3f", head.event(), head.decision().onThreshold());
  }

  private List<String> notes(List<EvaluationStream> streams, ClipSet clips) {
    List<String> notes = new ArrayList<>();
    if (!streams.isEmpty()) {
      notes.add(
          "An alert is right when its class matches and its onset lies between 0.5 s before the true onset and 2 s"
              + " after the true offset; further alerts on the same event are not counted.");
    }
    if (data != null) {
      notes.add(
          "Streams are simulated from recordings held apart from training. No recording of a carbon-monoxide alarm"
              + " exists here: its cadence is synthetic, played with synthetic tones and tones cut from real alarms.");
    }
    if (clips != null) {
      notes.add(
          "Over clips, smoke_alarm and co_alarm are judged mostly on "
              + clips.rendered()
              + " rendered T3 and T4 cadences, since the held-apart clips hold one real smoke alarm at most and no"
              + " CO alarm.");
    }
    if (peers.containsKey(YAMNET)) {
      notes.add(
          "YAMNet is given, for each event, the mapping of classes, the threshold and the onset convention with its"
              + " best F1 on these very streams, which favours it. It has no class for CO alarms and is given those"
              + " for smoke and fire alarms.");
    }
    return notes;
  }

  void write(EvaluationReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    new ReportJson().write(report, folder.resolve("report.json"));
    HtmlReport.write(report, folder.resolve("report.html"));
  }

  private static void say(PrintWriter log, String format, Object... arguments) {
    log.printf(Locale.ROOT, format + "%n", arguments);
    log.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
