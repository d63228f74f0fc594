package org.earshot.teaching;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.earshot.agent.ModelOption;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.evaluation.AlertScore;
import org.earshot.evaluation.CalibrationStream;
import org.earshot.model.BaseModel;
import org.earshot.model.HeadModel;
import org.earshot.simulation.SceneSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scripts/earshot evaluate-teaching}. */
@Command(
    name = "evaluate-teaching",
    description = {
      "Teaches one sound after another from a few recordings of a data folder, and measures each head",
      "on streams of other recordings of the sound that nothing was taught or tuned on."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class EvaluateTeachingCommand implements Callable<Integer> {
  /** Sounds that are no event of the model, with recordings enough on either side. */
  static final List<String> SOUNDS =
      List.of(
          "alarm_clock",
          "door_creak",
          "medical_beep",
          "microwave",
          "other_brushing_teeth",
          "other_can_opening",
          "other_car_horn",
          "other_cat",
          "other_clapping",
          "other_coughing",
          "other_drinking_sipping",
          "other_kitchen_cutlery",
          "other_kitchen_plates",
          "other_laughing",
          "other_mouse_click",
          "other_pouring_water",
          "other_sneezing",
          "other_snoring",
          "other_toilet_flush",
          "phone_ring");

  private static final long TEST_SEED = 40_000_000L;

  @Mixin private ModelOption modelOption;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A data folder (docs/training.md).")
  private List<Path> data;

  @Option(
      names = "--examples",
      defaultValue = "5",
      description = "Recordings that a sound is taught from (default: ${DEFAULT-VALUE}).")
  private int examples;

  @Option(
      names = "--streams",
      defaultValue = "48",
      description =
          "Streams of 30 s with the sound, and as many without (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--sounds",
      split = ",",
      paramLabel = "LABEL",
      description = "Labels of the data folder (default: 20 that are no event).")
  private List<String> sounds = SOUNDS;

  @Override
  public Integer call() throws IOException {
    BaseModel base = modelOption.load().base();
    int threads = Runtime.getRuntime().availableProcessors();
    data.forEach(folder -> System.err.println("reading " + folder));
    ClipLibrary library = ClipLibrary.load(data, true);
    TeachingScenes all = new TeachingScenes(base, "", threads);
    List<Clip> training = new ArrayList<>(library.clips(Part.TRAIN));
    training.addAll(library.clips(Part.RIR));
    TeachingPlan plan = new TeachingPlan(base, training, threads);
    List<TaughtStream> quiet =
        all.without(
            library.clips(), Part.VALIDATION, SceneSpec.validationStream(), 2 * streams, TEST_SEED);
    PrintStream out = System.out;
    out.println(
        "sound                  taught  test  F1 said    F1   rec  prec  FA/h   0 dB   6 dB  12 dB");
    List<Double> f1s = new ArrayList<>();
    for (String sound : sounds) {
      double f1 = one(sound, base, library, plan, quiet, threads, out);
      if (!Double.isNaN(f1)) {
        f1s.add(f1);
      }
    }
    Collections.sort(f1s);
    int middle = f1s.size() / 2;
    double median =
        f1s.size() % 2 == 1 ? f1s.get(middle) : (f1s.get(middle - 1) + f1s.get(middle)) / 2;
    out.printf(
        Locale.ROOT,
        "median F1 %.3f, mean %.3f over %d sounds (seed %d)%n",
        median,
        f1s.stream().mapToDouble(f -> f).average().orElse(0),
        f1s.size(),
        seed);
    return 0;
  }

  private double one(
      String sound,
      BaseModel base,
      ClipLibrary library,
      TeachingPlan plan,
      List<TaughtStream> quiet,
      int threads,
      PrintStream out)
      throws IOException {
    List<Clip> taught = chosen(library, sound);
    List<Clip> test = TeachingScenes.taught(library.clips(Part.VALIDATION), sound);
    if (taught.size() < 2 || test.isEmpty()) {
      out.printf("%-22s too few recordings%n", sound);
      return Double.NaN;
    }
    TeachingScenes scenes = new TeachingScenes(base, sound, threads);
    HeadTeacher.Lesson lesson = plan.teach(sound, 1, sound, taught, seed);
    List<TaughtStream> heard =
        new ArrayList<>(
            scenes.with(
                test,
                others(library, sound, Part.VALIDATION),
                Part.VALIDATION,
                SceneSpec.taughtStream(TeachingPlan.RATIOS_DB).withEmptyShare(0),
                streams,
                TEST_SEED + 1_000_000));
    List<TaughtStream> silent = TeachingPlan.without(quiet, sound);
    heard.addAll(silent.subList(0, Math.min(streams, silent.size())));
    return report(sound, taught.size(), test.size(), lesson, judged(lesson.head(), heard), out);
  }

  private static List<CalibrationStream> judged(HeadModel head, List<TaughtStream> streams) {
    return streams.stream().map(s -> s.judged(s.track().logits(head))).toList();
  }

  /** Prints a line; returns the F1. */
  private static double report(
      String sound,
      int taught,
      int test,
      HeadTeacher.Lesson lesson,
      List<CalibrationStream> judged,
      PrintStream out) {
    AlertScore score = AlertScore.of(judged, 0, lesson.head());
    Map<Integer, AlertScore> byRatio = HeadTeacher.byRatio(lesson.head(), judged);
    StringBuilder recalls = new StringBuilder();
    for (double ratio : TeachingPlan.RATIOS_DB) {
      AlertScore group = byRatio.get((int) ratio);
      recalls.append(
          String.format(Locale.ROOT, "  %5.2f", group == null ? Double.NaN : group.recall()));
    }
    out.printf(
        Locale.ROOT,
        "%-22s %6d %5d  %7.3f %5.3f  %4.2f  %4.2f  %4.1f%s%n",
        sound,
        taught,
        test,
        lesson.score().f1(),
        score.f1(),
        score.recall(),
        score.precision(),
        score.falseAlertsPerHour(),
        recalls);
    out.flush();
    return score.f1();
  }

  /** The recordings to teach from: one a source, drawn by the seed. */
  private List<Clip> chosen(ClipLibrary library, String sound) {
    Map<String, Clip> bySource = new TreeMap<>();
    TeachingScenes.taught(library.clips(Part.TRAIN), sound)
        .forEach(c -> bySource.putIfAbsent(c.sourceId(), c));
    List<Clip> all = new ArrayList<>(bySource.values());
    Collections.shuffle(all, new Random(seed * 31 + sound.hashCode()));
    return all.subList(0, Math.min(examples, all.size()));
  }

  /** What may be heard besides: nothing of the sound itself. */
  private static List<Clip> others(ClipLibrary library, String sound, Part part) {
    List<Clip> clips = new ArrayList<>(library.clips(part));
    clips.addAll(library.clips(Part.RIR));
    clips.removeIf(clip -> clip.label().equals(sound));
    return clips;
  }
}
