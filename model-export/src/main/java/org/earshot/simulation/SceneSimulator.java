package org.earshot.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.simulation.SoundCatalogue.Distractor;

/**
 * Draws soundscapes of a home: events, near misses and ambience in rooms, with exact truth.
 *
 * <p>A scene depends on the seed, the specification and the recordings only, whichever thread
 * renders it and in whatever order. Thread-safe. The first scenes are slow, since stems, rooms and
 * background beds are made when first drawn and kept (up to about 2 GB for a full library).
 *
 * <p>Draws are hierarchical, so that many recordings of one thing do not crowd out another: class,
 * then source recording, then clip, then variant.
 */
public final class SceneSimulator {
  private static final int ROOMS = 160;
  private static final int BEDS_PER_CLASS = 40;

  private final SceneSpec spec;
  private final StemBank stems;
  private final BackgroundBank backgrounds;
  private final RoomBank rooms;
  private final Convolver convolver = new Convolver();
  private final Noise noise;
  private final AlarmSynthesizer alarms;
  private final Degradation degradation;
  private final Map<Distractor, List<String>> distractors;
  private final double[] targetWeights; // [targets]
  private final double[] backgroundWeights; // [classes]

  /**
   * @param library recordings with their samples
   * @param part which recordings may be heard; room responses are shared by all parts
   */
  public SceneSimulator(ClipLibrary library, Part part, SceneSpec spec) {
    this(library.clips(part), library.clips(Part.RIR), spec);
  }

  SceneSimulator(List<Clip> clips, List<Clip> roomResponses, SceneSpec spec) {
    this.spec = spec;
    this.noise = new Noise(spec.bankSeed());
    List<RoomBank.Recording> responses = new ArrayList<>();
    for (Clip response : roomResponses) {
      responses.add(new RoomBank.Recording(response.path(), response.samples()));
    }
    this.rooms =
        new RoomBank(
            convolver,
            responses,
            ROOMS,
            spec.nearestMetres(),
            spec.farthestMetres(),
            spec.bankSeed() + 1);
    int others = spec.wholeEvents() ? 1 : Math.max(1, spec.variants() / 3);
    this.stems =
        new StemBank(
            clips,
            rooms,
            convolver,
            spec.variants(),
            others,
            spec.walkShare(),
            spec.recolourShare(),
            spec.bankSeed() + 2);
    this.backgrounds =
        new BackgroundBank(
            clips,
            rooms,
            convolver,
            noise,
            spec.durationSeconds(),
            BEDS_PER_CLASS,
            spec.bankSeed() + 3);
    this.alarms = new AlarmSynthesizer(TonePool.alarmTones(clips), TonePool.otherTones(clips));
    this.degradation = new Degradation(spec);
    this.distractors = distractorLabels(stems);
    this.targetWeights = targetWeights();
    this.backgroundWeights = backgroundWeights();
  }

  private SceneSimulator(SceneSimulator other, SceneSpec spec) {
    this.spec = spec;
    this.noise = other.noise;
    this.rooms = other.rooms;
    this.stems = other.stems;
    this.backgrounds = other.backgrounds;
    this.alarms = other.alarms;
    this.degradation = new Degradation(spec);
    this.distractors = other.distractors;
    this.targetWeights = targetWeights();
    this.backgroundWeights = backgroundWeights();
  }

  /**
   * A simulator of other scenes over the same stems, rooms and beds, which are made once for both.
   *
   * @throws IllegalArgumentException if the specification asks for other ones
   */
  public SceneSimulator with(SceneSpec other) {
    boolean same =
        other.durationSeconds() == spec.durationSeconds()
            && other.variants() == spec.variants()
            && other.wholeEvents() == spec.wholeEvents()
            && other.walkShare() == spec.walkShare()
            && other.recolourShare() == spec.recolourShare()
            && other.nearestMetres() == spec.nearestMetres()
            && other.farthestMetres() == spec.farthestMetres()
            && other.bankSeed() == spec.bankSeed();
    if (!same) {
      throw new IllegalArgumentException("scenes of " + other.name() + " need banks of their own");
    }
    return new SceneSimulator(this, other);
  }

  private static Map<Distractor, List<String>> distractorLabels(StemBank stems) {
    Map<Distractor, List<String>> distractors = new EnumMap<>(Distractor.class);
    for (Distractor kind : Distractor.values()) {
      List<String> labels = new ArrayList<>();
      for (String label : stems.labels()) {
        if (SoundCatalogue.distractor(label) == kind) {
          labels.add(label);
        }
      }
      distractors.put(kind, labels);
    }
    return distractors;
  }

  private double[] backgroundWeights() {
    double[] weights = new double[BackgroundBank.CLASSES.size()];
    for (int i = 0; i < weights.length; i++) {
      String name = BackgroundBank.CLASSES.get(i);
      weights[i] = backgrounds.has(name) ? spec.backgroundWeights().getOrDefault(name, 1.0) : 0;
    }
    return weights;
  }

  /** The scene of this seed. */
  public Soundscape render(long seed) {
    SceneRandom random = new SceneRandom(SceneRandom.mix(seed, SceneRandom.hash(spec.name())));
    String backgroundClass = BackgroundBank.CLASSES.get(random.weighted(backgroundWeights));
    List<String> backgroundSources = new ArrayList<>();
    float[] background = background(backgroundClass, backgroundSources, random);
    SceneMix mix = new SceneMix(spec, background);
    boolean empty = random.chance(spec.emptyShare());
    int events = empty ? 0 : random.between(1, spec.mostEvents());
    for (int i = 0; i < events; i++) {
      mix.addEvent(event(random), random);
    }
    int count = poisson(spec.wholeEvents() && !empty ? 0.5 : spec.distractorsPerScene(), random);
    for (int i = 0; i < count; i++) {
      mix.addDistractor(distractor(random), random);
    }
    if (spec.taggedPerScene() > 0 && stems.has(SceneSpec.TAGGED)) {
      int tagged = poisson(spec.taggedPerScene(), random);
      for (int i = 0; i < tagged; i++) {
        mix.addDistractor(stems.draw(SceneSpec.TAGGED, random), random);
      }
    }
    float[] scene = mix.samples();
    String degraded = degradation.apply(scene, random);
    String name = String.format(Locale.ROOT, "%s-%08d", spec.name(), seed);
    return mix.soundscape(name, scene, backgroundClass, backgroundSources, degraded);
  }

  private float[] background(String className, List<String> sources, SceneRandom random) {
    float[] out = new float[Signal.samples(spec.durationSeconds())];
    BackgroundBank.Bed bed = backgrounds.draw(className, random);
    sources.addAll(bed.clips());
    BackgroundBank.add(out, bed, 0.05, random);
    if (random.chance(0.25)) { // a second, quieter layer
      String other = BackgroundBank.CLASSES.get(random.weighted(backgroundWeights));
      double rms = 0.05 * Signal.gain(random.uniform(-20, -3));
      BackgroundBank.Bed quieter = backgrounds.draw(other, random);
      sources.addAll(quieter.clips());
      BackgroundBank.add(out, quieter, rms, random);
    }
    double microphoneDb = random.uniform(-45, -15);
    Noise.Colour colour = random.chance(0.6) ? Noise.Colour.WHITE : Noise.Colour.PINK;
    noise.add(out, colour, 0.05 * Signal.gain(microphoneDb), random);
    if (random.chance(0.1)) {
      Noise.addHum(out, 0.05 * Signal.gain(random.uniform(-25, 0)), random);
    }
    return out;
  }

  private WetSound event(SceneRandom random) {
    String label = SoundCatalogue.TARGETS.get(random.weighted(targetWeights));
    double seconds =
        spec.wholeEvents()
            ? random.uniform(Math.max(10, spec.leastAlarmSeconds()), 25)
            : spec.durationSeconds() + random.uniform(0, 5);
    seconds = Math.min(seconds, spec.wholeEvents() ? spec.durationSeconds() - 3 : 60);
    return switch (label) {
      case "co_alarm" -> reverberate(alarm(carbonMonoxide(random), seconds, random), random);
      case "smoke_alarm" -> {
        if (stems.has(label) && !random.chance(spec.synthesizedAlarmShare())) {
          yield stems.draw(label, random);
        }
        yield reverberate(alarm(smoke(random), seconds, random), random);
      }
      case "siren" -> {
        if (stems.has(label) && !random.chance(spec.synthesizedSirenShare())) {
          yield recorded(label, random);
        }
        double length = Math.min(seconds, random.logUniform(3, 20));
        yield reverberate(SirenSynthesizer.render(length, random), random);
      }
      case "glass_break" -> {
        boolean synthesized = spec.synthesizedGlassShare() > 0;
        if (stems.has(label) && !(synthesized && random.chance(spec.synthesizedGlassShare()))) {
          yield recorded(label, random);
        }
        yield reverberate(GlassSynthesizer.render(random), random);
      }
      default -> recorded(label, random);
    };
  }

  private DrySound alarm(AlarmKind kind, double seconds, SceneRandom random) {
    return alarms.render(kind, spec.leastAlarmSeconds(), seconds, random);
  }

  /** A recorded event, now and then two at once: two dogs are a new sound, and still dogs. */
  private WetSound recorded(String label, SceneRandom random) {
    WetSound sound = stems.draw(label, random);
    if (spec.pairedShare() > 0 && random.chance(spec.pairedShare())) {
      WetSound other = stems.draw(label, random);
      int at = random.below(sound.pcm().length);
      return sound.joinedBy(other, at, Signal.gain(random.uniform(-12, 0)));
    }
    return sound;
  }

  private WetSound distractor(SceneRandom random) {
    double rest = 1 - spec.beepShare() - spec.impactShare() - spec.voiceShare();
    int drawn = random.weighted(spec.beepShare(), spec.impactShare(), spec.voiceShare(), rest);
    Distractor kind = Distractor.values()[drawn];
    List<String> labels = distractors.get(kind);
    if (labels.isEmpty() || (kind == Distractor.BEEP && random.chance(0.55))) {
      AlarmKind miss = random.pick(AlarmKind.NEAR_MISSES);
      double seconds = Math.min(spec.durationSeconds(), random.logUniform(2, 12));
      return reverberate(alarms.render(miss, seconds, random), random);
    }
    double[] weights = labels.stream().mapToDouble(SoundCatalogue::distractorWeight).toArray();
    return stems.draw(labels.get(random.weighted(weights)), random);
  }

  private WetSound reverberate(DrySound dry, SceneRandom random) {
    RoomResponse room = rooms.draw(random);
    int tail = room.taps().length;
    float[] wet = convolver.convolve(dry.samples(), room.spectra(), dry.samples().length + tail);
    return WetSound.of(dry, wet, room);
  }

  private static AlarmKind smoke(SceneRandom random) {
    return switch (random.weighted(0.52, 0.15, 0.17, 0.06, 0.03, 0.05, 0.02)) {
      case 0 -> AlarmKind.SMOKE_T3;
      case 1 -> AlarmKind.SMOKE_T3_LOW;
      case 2 -> AlarmKind.SMOKE_EUROPEAN;
      case 3 -> AlarmKind.SMOKE_EUROPEAN_SLOW;
      case 4 -> AlarmKind.SMOKE_MARCH;
      case 5 -> AlarmKind.SMOKE_STEADY;
      default -> AlarmKind.SMOKE_CALIFORNIA;
    };
  }

  private static AlarmKind carbonMonoxide(SceneRandom random) {
    return switch (random.weighted(0.75, 0.08, 0.17)) {
      case 0 -> AlarmKind.CO_T4;
      case 1 -> AlarmKind.CO_T4_LOW;
      default -> AlarmKind.CO_EUROPEAN;
    };
  }

  private double[] targetWeights() {
    double[] weights = new double[SoundCatalogue.TARGETS.size()];
    boolean any = false;
    for (int i = 0; i < weights.length; i++) {
      String label = SoundCatalogue.TARGETS.get(i);
      boolean synthetic =
          label.equals("co_alarm")
              || label.equals("smoke_alarm")
              || (label.equals("siren") && spec.synthesizedSirenShare() > 0)
              || (label.equals("glass_break") && spec.synthesizedGlassShare() > 0);
      weights[i] = synthetic || stems.has(label) ? spec.classWeights().getOrDefault(label, 1.0) : 0;
      any |= weights[i] > 0;
    }
    if (!any) {
      throw new IllegalArgumentException("every target has weight 0 or no recording");
    }
    return weights;
  }

  private static int poisson(double mean, SceneRandom random) {
    double limit = Math.exp(-mean);
    double product = random.uniform(0, 1);
    int count = 0;
    while (product > limit && count < 12) {
      product *= random.uniform(0, 1);
      count++;
    }
    return count;
  }
}
