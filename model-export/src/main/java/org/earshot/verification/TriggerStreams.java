package org.earshot.verification;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.wav.WavWriter;
import org.earshot.clip.ClipSettings;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.evaluation.AlertMatch;
import org.earshot.evaluation.Detection;
import org.earshot.model.SoundModel;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.Soundscape;

/**
 * Streams of held-apart recordings, heard by the device at a high sensitivity, and a clip of each
 * alert as the device would send it.
 *
 * <p>The held-apart recordings are divided in two halves that share no source, so that what is
 * fitted to the triggers of one can be measured on the other's. Further alerts on an event that was
 * found, and alerts on what is of no concern, are left out.
 */
final class TriggerStreams {
  private static final int BLOCK = 32;
  private static final String LIST = "triggers.tsv";

  private final ClipLibrary library;
  private final SoundModel device;
  private final int sensitivity;
  private final int threads;
  private final PrintWriter log;

  TriggerStreams(
      ClipLibrary library, SoundModel device, int sensitivity, int threads, PrintWriter log) {
    this.library = library;
    this.device = device;
    this.sensitivity = sensitivity;
    this.threads = threads;
    this.log = log;
  }

  /** Which half each source is in: those of a label alternate, in the order of their names. */
  static Map<String, Integer> halves(List<Clip> clips) {
    Map<String, TreeSet<String>> byLabel = new TreeMap<>();
    for (Clip clip : clips) {
      byLabel.computeIfAbsent(clip.label(), key -> new TreeSet<>()).add(clip.sourceId());
    }
    Map<String, Integer> halves = new HashMap<>();
    byLabel.forEach(
        (label, sources) -> {
          int next = label.hashCode() & 1; // a label with one source goes to either half
          for (String source : sources) {
            if (halves.putIfAbsent(source, next) == null) {
              next ^= 1;
            }
          }
        });
    return halves;
  }

  /**
   * Makes the triggers, or reads those that were made before.
   *
   * @param streams of 30 s, in both halves together
   * @param mostFalse false triggers of an event and half that are kept
   * @param folder where clips and their list go
   */
  List<Trigger> triggers(int streams, long seed, int mostFalse, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path list = folder.resolve(LIST);
    if (!Files.exists(list)) {
      List<Clip> apart = library.clips(Part.VALIDATION);
      Map<String, Integer> halves = halves(apart);
      List<String> rows = new ArrayList<>();
      for (int half = 0; half < 2; half++) {
        int wanted = half;
        List<Clip> clips = new ArrayList<>(library.clips(Part.RIR));
        apart.stream().filter(clip -> halves.get(clip.sourceId()) == wanted).forEach(clips::add);
        SceneSimulator simulator =
            new SceneSimulator(
                ClipLibrary.of(clips), Part.VALIDATION, SceneSpec.validationStream());
        rows.addAll(rows(simulator, half, streams / 2, seed, mostFalse, folder));
      }
      Files.write(list, rows);
    }
    List<Trigger> triggers = new ArrayList<>();
    for (String row : Files.readAllLines(list)) {
      String[] cells = row.split("\t", -1);
      triggers.add(
          new Trigger(
              cells[0],
              Boolean.parseBoolean(cells[1]),
              Double.parseDouble(cells[2]),
              Integer.parseInt(cells[3]),
              folder.resolve(cells[4])));
    }
    return triggers;
  }

  private record Heard(Soundscape scene, List<Detection> alerts) {}

  private List<String> rows(
      SceneSimulator simulator, int half, int streams, long seed, int mostFalse, Path folder)
      throws IOException {
    ThreadLocal<SceneClips> ears =
        ThreadLocal.withInitial(
            () -> new SceneClips(device, FeatureSpec.standard(), sensitivity, 10));
    Map<String, Integer> falseSoFar = new LinkedHashMap<>();
    List<String> rows = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int first = 0; first < streams; first += BLOCK) {
        List<Future<Heard>> block = new ArrayList<>();
        for (int i = first; i < Math.min(streams, first + BLOCK); i++) {
          long number = (seed * 2 + half) * 1_000_000L + i;
          block.add(
              executor.submit(
                  () -> {
                    Soundscape scene = simulator.render(number);
                    return new Heard(scene, ears.get().detections(scene.samples()));
                  }));
        }
        for (Future<Heard> future : block) {
          write(HardNegatives.result(future), half, falseSoFar, mostFalse, folder, rows);
        }
        if (first % (8 * BLOCK) == 0) {
          log.printf("half %d: %d triggers in %d streams%n", half, rows.size(), first + BLOCK);
          log.flush();
        }
      }
    } finally {
      executor.shutdownNow();
    }
    return rows;
  }

  private void write(
      Heard heard,
      int half,
      Map<String, Integer> falseSoFar,
      int mostFalse,
      Path folder,
      List<String> rows)
      throws IOException {
    AlertMatch match =
        AlertMatch.of(
            ClipSource.occurrences(heard.scene().events()),
            ClipSource.occurrences(heard.scene().dontCare()),
            heard.alerts());
    for (AlertMatch.Hit hit : match.hits()) {
      rows.add(row(heard.scene(), hit.detection(), true, half, folder));
    }
    List<Detection> wrong = new ArrayList<>(match.falseAlerts());
    wrong.sort(Comparator.comparingDouble(Detection::onsetSeconds));
    for (Detection alert : wrong) {
      if (falseSoFar.merge(alert.label(), 1, Integer::sum) <= mostFalse) {
        rows.add(row(heard.scene(), alert, false, half, folder));
      }
    }
  }

  private static String row(Soundscape scene, Detection alert, boolean right, int half, Path folder)
      throws IOException {
    ClipSettings settings = ClipSettings.standard();
    int onset = (int) (alert.onsetSeconds() * AudioFiles.SAMPLE_RATE_HZ);
    int offset = (int) (alert.offsetSeconds() * AudioFiles.SAMPLE_RATE_HZ);
    int first = Math.max(0, onset - settings.preRollSamples());
    int last =
        Math.max(
            onset - settings.preRollSamples() + settings.lengthSamples(),
            offset + settings.postRollSamples());
    last = Math.min(Math.min(last, first + settings.limitSamples()), scene.samples().length);
    String name =
        String.format(
            Locale.ROOT,
            "%d-%s-%s-%05d.wav",
            half,
            scene.name(),
            alert.label(),
            Math.round(alert.onsetSeconds() * 100));
    float[] samples = Arrays.copyOfRange(scene.samples(), first, last);
    WavWriter.write(folder.resolve(name), samples, AudioFiles.SAMPLE_RATE_HZ);
    return String.format(
        Locale.ROOT, "%s\t%b\t%.6f\t%d\t%s", alert.label(), right, alert.posterior(), half, name);
  }
}
