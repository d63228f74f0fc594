package org.earshot.teaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earshot.agent.ModelOption;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.evaluation.AlertScore;
import org.earshot.heads.HeadRequests;
import org.earshot.heads.HeadStore;
import org.earshot.heads.SigningKey;
import org.earshot.model.EventLabels;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command that makes a head is told, and what all of them do. */
final class LessonOptions {
  private static final int MOST_EXAMPLES = 50;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ModelOption modelOption;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A data folder of other sounds (docs/training.md); more are better.")
  private List<Path> data;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "What the data folder calls the sound, where it has it (default: NAME).")
  private String label;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Key that signs; made on first use (default: earshot/heads.pem in"
              + " $XDG_CONFIG_HOME or ~/.config).")
  private Path key;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the update goes (default: NAME.esh, unless --state is given).")
  private Path out;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "State folder of a device on this machine, which is to take the update.")
  private Path state;

  @Option(
      names = "--head-version",
      paramLabel = "N",
      description = "Version (default: one more than what the model and --state know).")
  private Integer version;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Where the examples come from. */
  @FunctionalInterface
  interface Examples {
    /**
     * Returns recordings of {@link TeachingScenes#taught}.
     *
     * @param label of the sound in the library
     */
    List<Clip> of(ClipLibrary library, String label) throws IOException;
  }

  /**
   * Teaches, reports and delivers.
   *
   * @param known whether the event must be there already, or must not
   */
  int teach(String event, boolean known, Examples examples) throws IOException {
    long began = System.nanoTime();
    SoundModel model = modelOption.load();
    int before = knownVersion(event, model);
    if (known != before > 0) {
      throw new ParameterException(
          spec.commandLine(),
          known
              ? "there is no head for '" + event + "' yet; use 'heads add'"
              : "there is a head for '" + event + "' already; use 'heads update'");
    }
    return teach(event, version == null ? before + 1 : version, examples, model, began);
  }

  /** As above, whether there is a head or not. */
  int teach(String event, Examples examples) throws IOException {
    long began = System.nanoTime();
    SoundModel model = modelOption.load();
    int next = version == null ? knownVersion(event, model) + 1 : version;
    return teach(event, next, examples, model, began);
  }

  /** Zero when there is none. */
  private int knownVersion(String event, SoundModel model) throws IOException {
    int taken = state == null ? 0 : HeadStore.highest(HeadRequests.headsFolder(state), event);
    return model.heads().stream()
        .filter(head -> head.event().equals(event))
        .mapToInt(HeadModel::version)
        .reduce(taken, Math::max);
  }

  private int teach(String event, int nextVersion, Examples examples, SoundModel model, long began)
      throws IOException {
    if (EventLabels.ALARMS.contains(event)) {
      throw new IOException(
          event + " is told by its rhythm as well as by its head; train the model again instead");
    }
    SigningKey signer = signer();
    data.forEach(folder -> System.err.println("reading " + folder));
    ClipLibrary library = ClipLibrary.load(data, true);
    String same = label == null ? event : label;
    List<Clip> taught = examples.of(library, same);
    if (taught.size() < 2 || taught.size() > MOST_EXAMPLES) {
      throw new IOException(
          taught.size() + " recordings of " + event + ", wanted 2 to " + MOST_EXAMPLES);
    }
    List<Clip> others = new ArrayList<>(library.clips(Part.TRAIN));
    others.addAll(library.clips(Part.RIR));
    System.err.println("listening to other sounds");
    int threads = Runtime.getRuntime().availableProcessors();
    TeachingPlan plan = new TeachingPlan(model.base(), others, threads);
    System.err.println("listening to " + taught.size() + " recordings of " + event);
    HeadTeacher.Lesson lesson;
    try {
      lesson = plan.teach(event, nextVersion, same, taught, seed);
    } catch (IllegalArgumentException e) {
      throw new IOException(event + ": " + e.getMessage(), e);
    }
    byte[] file = HeadUpdate.write(lesson.head(), lesson.golden(), signer);
    double seconds = (System.nanoTime() - began) / 1e9;
    print(lesson, taught.size(), model, seconds);
    deliver(event, file, nextVersion);
    return 0;
  }

  private SigningKey signer() throws IOException {
    Path file = key;
    if (file == null) {
      String home = System.getenv("XDG_CONFIG_HOME");
      Path base =
          home == null || home.isBlank()
              ? Path.of(System.getProperty("user.home"), ".config")
              : Path.of(home);
      file = base.resolve("earshot").resolve("heads.pem");
    }
    if (Files.exists(file)) {
      return SigningKey.read(file);
    }
    SigningKey made = SigningKey.create(file);
    System.err.println(
        "made the key "
            + file
            + "; name "
            + SigningKey.publicFile(file)
            + " in [heads] trusted_keys of the devices that are to take its heads");
    return made;
  }

  private void print(HeadTeacher.Lesson lesson, int taught, SoundModel model, double seconds) {
    AlertScore score = lesson.score();
    System.out.printf(
        Locale.ROOT,
        "%s, version %d: taught from %d recordings in %.0f s%n",
        lesson.head().event(),
        lesson.head().version(),
        taught,
        seconds);
    System.out.println(
        "Estimate, each recording heard by a head that was made without it, among other sounds:");
    lesson
        .byRatio()
        .forEach(
            (db, group) ->
                System.out.printf(
                    Locale.ROOT,
                    "  %2d dB above the background: %3.0f %% of %d heard%n",
                    db,
                    100 * group.recall(),
                    group.events()));
    System.out.printf(
        Locale.ROOT,
        "  false alerts: %.1f an hour of simulated homes full of other sounds; F1 %.2f%n",
        score.falseAlertsPerHour(),
        score.f1());
    List<Likeness> alike =
        new ArrayList<>(Likeness.ofHeads(model.heads(), lesson.head().event(), lesson.tried()));
    alike.addAll(Likeness.ofSounds(lesson.head(), lesson.others()));
    for (Likeness each : alike) {
      System.out.printf(
          Locale.ROOT,
          each.ofTaught()
              ? "warning: too like %s, whose head hears %.0f %% of %d of these sounds%n"
              : "warning: too like %s: the new head hears %.0f %% of %d of those sounds%n",
          each.label(),
          100 * each.share(),
          each.sounds());
    }
  }

  private void deliver(String event, byte[] file, int written) throws IOException {
    Path target = out == null && state == null ? Path.of(event + ModelFile.HEAD_SUFFIX) : out;
    if (target != null) {
      Files.write(target, file);
      System.out.printf("%s: %d bytes, version %d, signed%n", target, file.length, written);
    }
    if (state != null) {
      Path request = HeadRequests.leaveUpdate(HeadRequests.folder(state), event, file);
      System.out.println(request + ": the device takes it when it next looks, once a second");
    }
  }
}
