package org.earshot.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.model.EventLabels;

/**
 * What kind of scenes a simulator draws. Immutable; change a preset with the {@code with} methods.
 *
 * @param name preset name, part of every scene's name
 * @param durationSeconds scene length
 * @param ratiosDb event-to-background ratios to choose from; empty for any in the range
 * @param lowestRatioDb lower end of the range
 * @param highestRatioDb upper end of the range
 * @param emptyShare share of scenes without a target event
 * @param mostEvents target events in a scene that has any: 1 to this many
 * @param wholeEvents exactly one episode, wholly inside the scene (evaluation)
 * @param distractorsPerScene mean number of distractors
 * @param beepShare share of distractors that are beeps of some kind
 * @param impactShare share of distractors that are impacts
 * @param voiceShare share of distractors that are voices
 * @param synthesizedAlarmShare share of smoke alarms that are synthesized where recordings exist
 * @param synthesizedSirenShare share of sirens that are synthesized where recordings exist
 * @param synthesizedGlassShare share of breaking glass that is synthesized where recordings exist;
 *     at 0 there is none without recordings either
 * @param leastAlarmSeconds shortest synthesized alarm; two cycles at least in any case
 * @param taggedPerScene mean number of further sounds whose label is {@value #TAGGED}, where there
 *     are such recordings
 * @param quietestPeakDb lower end of the scene's peak level, dBFS
 * @param loudestPeakDb upper end
 * @param nearestMetres closest source
 * @param farthestMetres farthest source
 * @param clippingShare share of scenes that the microphone clips
 * @param codecShare share of scenes that pass a coarse codec
 * @param walkShare how often a recording of a single step is made a walk
 * @param recolourShare how often a recorded event gets two more random resonances or dips
 * @param pairedShare how often a second recording of the same event joins a recorded event
 * @param slowest lowest speed at which a recorded sound is played, 1 being its own
 * @param fastest highest speed
 * @param classWeights weight of each target label; absent means 1
 * @param backgroundWeights weight of each background class; absent means 1
 * @param variants pre-convolved variants of each event recording
 * @param bankSeed seed of rooms, stems and background beds
 */
public record SceneSpec(
    String name,
    double durationSeconds,
    List<Double> ratiosDb,
    double lowestRatioDb,
    double highestRatioDb,
    double emptyShare,
    int mostEvents,
    boolean wholeEvents,
    double distractorsPerScene,
    double beepShare,
    double impactShare,
    double voiceShare,
    double synthesizedAlarmShare,
    double synthesizedSirenShare,
    double synthesizedGlassShare,
    double leastAlarmSeconds,
    double taggedPerScene,
    double quietestPeakDb,
    double loudestPeakDb,
    double nearestMetres,
    double farthestMetres,
    double clippingShare,
    double codecShare,
    double walkShare,
    double recolourShare,
    double pairedShare,
    double slowest,
    double fastest,
    Map<String, Double> classWeights,
    Map<String, Double> backgroundWeights,
    int variants,
    long bankSeed) {

  /**
   * The label whose place a sound takes that is being taught: of those that the simulator has as
   * events, the one whose recordings it treats like any.
   */
  public static final String TAUGHT = "baby_cry";

  /** Label of sounds that are known by a teacher's tags only. */
  static final String TAGGED = "other_tagged";

  public SceneSpec {
    ratiosDb = List.copyOf(ratiosDb);
    classWeights = Map.copyOf(classWeights);
    backgroundWeights = Map.copyOf(backgroundWeights);
    if (!(durationSeconds >= 2 && durationSeconds <= 600)) {
      throw new IllegalArgumentException("durationSeconds must be 2 to 600: " + durationSeconds);
    }
    if (mostEvents < 1 || variants < 1) {
      throw new IllegalArgumentException(
          "mostEvents and variants must be at least 1: " + mostEvents + ", " + variants);
    }
  }

  /** Ten-second scenes, up to three overlapping events, -6 to 30 dB, everything varied widely. */
  public static SceneSpec training() {
    return new SceneSpec(
        "training",
        10,
        List.of(),
        -6,
        30,
        0.3,
        3,
        false,
        1.6,
        0.36,
        0.3,
        0.18,
        0.85,
        0.4,
        0.3,
        0,
        0.5,
        -40,
        -0.3,
        0.5,
        8,
        0.08,
        0.12,
        0.7,
        0.7,
        0.25,
        0.8,
        1.25,
        Map.of(),
        Map.of("speech", 1.4),
        14,
        0x5EED_0001L);
  }

  /** Thirty-second streams; half hold exactly one event at 0, 6, 12 or 24 dB. */
  public static SceneSpec validationStream() {
    return new SceneSpec(
        "validation",
        30,
        List.of(0.0, 6.0, 12.0, 24.0),
        0,
        24,
        0.5,
        1,
        true,
        1.0,
        0.4,
        0.3,
        0.15,
        0.7,
        0.0,
        0,
        0,
        0,
        -25,
        -1,
        0.5,
        6,
        0.03,
        0.05,
        0.9,
        0,
        0,
        0.93,
        1.075,
        Map.of(),
        Map.of(),
        2,
        0x5EED_0002L);
  }

  /** Class weights of scenes whose only events are alarms that save lives. */
  public static Map<String, Double> onlyAlarms() {
    Map<String, Double> weights = new HashMap<>();
    for (String label : SoundCatalogue.TARGETS) {
      weights.put(label, EventLabels.ALARMS.contains(label) ? 1.0 : 0.0);
    }
    return weights;
  }

  /**
   * Validation streams that hold exactly one smoke or carbon-monoxide alarm at 6, 12 or 24 dB, of
   * 12 s or more where it is synthesized: one that stops sooner is being tested.
   */
  public static SceneSpec alarmStream() {
    return new SceneSpecChanges(validationStream())
        .name("alarms")
        .leastAlarm(12)
        .classes(onlyAlarms())
        .ratios(List.of(6.0, 12.0, 24.0))
        .empty(0)
        .build();
  }

  /**
   * Validation streams without an event, full of what beeps: appliances, clocks, phones, chirps.
   */
  public static SceneSpec nearMissStream() {
    return new SceneSpecChanges(validationStream())
        .name("near-misses")
        .empty(1)
        .distractors(2)
        .kinds(1, 0, 0)
        .build();
  }

  /**
   * Training scenes with exactly one event, which is one recording of {@link #TAUGHT}: a sound that
   * is being taught, among all that a home has besides.
   */
  public static SceneSpec teaching() {
    return new SceneSpecChanges(training())
        .name("teaching")
        .classes(onlyTaught())
        .range(-3, 20)
        .empty(0)
        .events(1)
        .distractors(0.8)
        .paired(0)
        .build();
  }

  /** Validation streams whose only event, in half of them, is {@link #TAUGHT} at these ratios. */
  public static SceneSpec taughtStream(List<Double> ratiosDb) {
    return new SceneSpecChanges(validationStream())
        .name("taught")
        .classes(onlyTaught())
        .ratios(ratiosDb)
        .build();
  }

  private static Map<String, Double> onlyTaught() {
    Map<String, Double> weights = new HashMap<>();
    SoundCatalogue.TARGETS.forEach(label -> weights.put(label, label.equals(TAUGHT) ? 1.0 : 0.0));
    return weights;
  }

  /** The preset of this name: training or validation. */
  public static SceneSpec preset(String name) {
    return switch (name) {
      case "training" -> training();
      case "validation" -> validationStream();
      default ->
          throw new IllegalArgumentException(
              "no preset '" + name + "'; there are: training, validation, demo");
    };
  }

  public SceneSpec withDurationSeconds(double seconds) {
    return new SceneSpecChanges(this).duration(seconds).build();
  }

  public SceneSpec withRatiosDb(List<Double> ratios) {
    return new SceneSpecChanges(this).ratios(ratios).build();
  }

  public SceneSpec withRatioRangeDb(double lowest, double highest) {
    return new SceneSpecChanges(this).range(lowest, highest).build();
  }

  public SceneSpec withEmptyShare(double share) {
    return new SceneSpecChanges(this).empty(share).build();
  }

  public SceneSpec withMostEvents(int events) {
    return new SceneSpecChanges(this).events(events).build();
  }

  public SceneSpec withDistractorsPerScene(double mean) {
    return new SceneSpecChanges(this).distractors(mean).build();
  }

  public SceneSpec withClassWeights(Map<String, Double> weights) {
    return new SceneSpecChanges(this).classes(weights).build();
  }

  public SceneSpec withBackgroundWeights(Map<String, Double> weights) {
    return new SceneSpecChanges(this).backgrounds(weights).build();
  }

  public SceneSpec withVariants(int count) {
    return new SceneSpecChanges(this).variants(count).build();
  }

  public SceneSpec withClippingShare(double share) {
    return new SceneSpecChanges(this).clipping(share).build();
  }

  public SceneSpec withCodecShare(double share) {
    return new SceneSpecChanges(this).codec(share).build();
  }
}
