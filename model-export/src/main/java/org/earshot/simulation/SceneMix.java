package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.earshot.simulation.ActiveRegionFinder.Region;

/** One scene while it is put together: background, sounds on top, and their truth. One thread. */
final class SceneMix {
  private static final int FRAME_SAMPLES = 160;
  private static final double ACTIVE_RANGE = 1e-2; // frames within 20 dB of the loudest are active
  private static final double LONGEST_GAP_SECONDS = 1.5;
  private static final double SHORTEST_PART_SECONDS = 0.1;

  private final SceneSpec spec;
  private final float[] background;
  private final float[] scene;
  private final double[] backgroundSums;
  private final List<TruthEvent> events = new ArrayList<>();
  private final List<TruthEvent> dontCare = new ArrayList<>();
  private final List<TruthEvent> distractors = new ArrayList<>();
  private String ratio = "none";
  private String distance = "none";
  private String room = "none";
  private String alarmKind = "none";

  SceneMix(SceneSpec spec, float[] background) {
    this.spec = spec;
    this.background = background;
    this.scene = background.clone();
    this.backgroundSums = Signal.powerSums(background);
  }

  float[] samples() {
    return scene;
  }

  Soundscape soundscape(
      String name,
      float[] samples,
      String backgroundClass,
      List<String> backgroundSources,
      String degraded) {
    events.sort(Comparator.comparingDouble(TruthEvent::onsetSeconds));
    SceneInfo info = new SceneInfo(backgroundClass, ratio, distance, room, alarmKind, degraded);
    return new Soundscape(name, samples, events, dontCare, distractors, backgroundSources, info);
  }

  /** Adds a target at a random time that keeps clear of events of the same label. */
  void addEvent(WetSound sound, SceneRandom random) {
    Placed placed = prepare(sound, spec.wholeEvents(), random);
    double ratioDb =
        spec.ratiosDb().isEmpty()
            ? random.uniform(spec.lowestRatioDb(), spec.highestRatioDb())
            : random.pick(spec.ratiosDb());
    int at = 0;
    for (int attempt = 0; attempt < 8; attempt++) {
      at = spec.wholeEvents() ? wholePlace(placed, random) : freePlace(placed, random);
      if (!overlapsSameLabel(sound.dry().label(), placed, at)) {
        break;
      }
      if (attempt == 7) {
        return;
      }
    }
    add(placed, at, ratioDb);
    String label = sound.dry().label();
    for (Region episode : placed.episodes) {
      truth(sound, label, episode, at, ratioDb);
    }
    if (ratio.equals("none")) {
      ratio = String.format(Locale.ROOT, "%.0f", ratioDb);
      distance = sound.distance();
      room = sound.room();
    }
    noteKind(sound);
  }

  /** Adds a sound that is no target. */
  void addDistractor(WetSound sound, SceneRandom random) {
    Placed placed = prepare(sound, false, random);
    double ratioDb =
        spec.wholeEvents() ? random.uniform(0, 18) : random.uniform(-3, spec.highestRatioDb());
    int at = freePlace(placed, random);
    add(placed, at, ratioDb);
    Region first = placed.episodes.get(0);
    Region last = placed.episodes.get(placed.episodes.size() - 1);
    double onset = seconds(at + first.fromSample());
    double offset = seconds(at + last.toSample());
    if (offset <= onset) {
      return;
    }
    String source = sound.dry().source();
    distractors.add(new TruthEvent(sound.dry().label(), onset, offset, ratioDb, source));
    for (String label : SoundCatalogue.dontCare(sound.dry().label(), source)) {
      dontCare.add(new TruthEvent(label, onset, offset, ratioDb, source));
    }
    noteKind(sound);
  }

  private void noteKind(WetSound sound) {
    boolean cadence = !sound.dry().kind().equals("recording") && !sound.dry().kind().equals("walk");
    if (alarmKind.equals("none") && cadence) {
      alarmKind = sound.dry().kind();
    }
  }

  private void truth(WetSound sound, String label, Region episode, int at, double ratioDb) {
    int from = at + episode.fromSample();
    int to = at + episode.toSample();
    double onset = seconds(from);
    double offset = seconds(to);
    String source = sound.dry().source();
    TruthEvent event = new TruthEvent(label, onset, offset, ratioDb, source);
    double visible = offset - onset;
    if (visible <= 0) {
      return;
    }
    if (visible < Math.min(SHORTEST_PART_SECONDS, 0.5 * Signal.seconds(to - from))) {
      dontCare.add(event); // only a sliver of it is inside
      return;
    }
    double undecided = undecidedSeconds(sound.dry(), from);
    double linger = sound.dry().lingerSeconds();
    if (linger > 0 && to < scene.length) {
      double until = Math.min(spec.durationSeconds(), offset + linger);
      dontCare.add(new TruthEvent(label, offset, until, ratioDb, source));
    }
    if (undecided >= visible) {
      dontCare.add(event); // too little of the pattern to know it
      if (!spec.wholeEvents()) {
        return;
      }
    } else if (undecided > 0) {
      dontCare.add(new TruthEvent(label, onset, onset + undecided, ratioDb, source));
    }
    events.add(event);
  }

  /** How much of the scene from the event's onset on is too early to know the cadence. */
  private static double undecidedSeconds(DrySound dry, int from) {
    if (from >= 0 || dry.undecidedSeconds() == 0) {
      return dry.undecidedSeconds();
    }
    double cycle = dry.cycleSeconds();
    double missed = -Signal.seconds(from);
    double toNextCycle =
        cycle == 0 || cycle > 8 ? 0 : cycle - missed % cycle; // > 8: mostly sounding
    return toNextCycle + dry.undecidedSeconds();
  }

  private double seconds(int sample) {
    return Signal.seconds(Math.max(0, Math.min(scene.length, sample)));
  }

  /** A sound at its own speed, ready to be scaled. */
  private static final class Placed {
    private final float[] samples;
    private final List<Region> episodes;

    Placed(float[] samples, List<Region> episodes) {
      this.samples = samples;
      this.episodes = episodes;
    }

    int from() {
      return episodes.get(0).fromSample();
    }

    int to() {
      return episodes.get(episodes.size() - 1).toSample();
    }
  }

  private Placed prepare(WetSound sound, boolean single, SceneRandom random) {
    float[] samples = sound.samples();
    List<Region> episodes = sound.episodes();
    boolean recorded = sound.dry().kind().equals("recording");
    if (recorded && random.chance(0.5)) {
      double speed = random.uniform(spec.slowest(), spec.fastest());
      samples = Signal.changeSpeed(samples, speed);
      List<Region> scaled = new ArrayList<>();
      for (Region episode : episodes) {
        int from = (int) (episode.fromSample() / speed);
        int to = Math.min(samples.length, (int) (episode.toSample() / speed));
        scaled.add(new Region(from, Math.max(from + 1, to)));
      }
      episodes = scaled;
    }
    if (random.chance(0.5)) {
      Signal.scale(samples, -1);
    }
    return single ? oneEpisode(samples, episodes) : new Placed(samples, episodes);
  }

  /** Joins episodes over short gaps and keeps the longest of what remains, as one event. */
  private static Placed oneEpisode(float[] samples, List<Region> episodes) {
    Region best = episodes.get(0);
    Region run = best;
    for (Region next : episodes.subList(1, episodes.size())) {
      int gap = next.fromSample() - run.toSample();
      run =
          gap < Signal.samples(LONGEST_GAP_SECONDS)
              ? new Region(run.fromSample(), next.toSample())
              : next;
      best = run.lengthSamples() >= best.lengthSamples() ? run : best;
    }
    int from = Math.max(0, best.fromSample() - Signal.samples(0.03));
    int to = Math.min(samples.length, best.toSample() + Signal.samples(0.4));
    for (Region other : episodes) { // the tail must not reach into the next episode
      if (other.fromSample() >= best.toSample()) {
        to = Math.min(to, Math.max(best.toSample(), other.fromSample() - Signal.samples(0.02)));
      }
    }
    float[] cut = Arrays.copyOfRange(samples, from, to);
    Signal.fade(cut, Math.max(16, best.fromSample() - from), Math.max(80, to - best.toSample()));
    Region moved = new Region(best.fromSample() - from, best.toSample() - from);
    return new Placed(cut, List.of(moved));
  }

  /** Start such that at least half a second, or half of the sound, is inside the scene. */
  private int freePlace(Placed placed, SceneRandom random) {
    int active = placed.to() - placed.from();
    int inside = Math.min(active / 2, Signal.samples(active > Signal.samples(4) ? 4 : 0.5));
    boolean early = random.chance(active > Signal.samples(4) ? 0.4 : 0.06);
    int low = early ? inside - active : 0;
    int high = Math.max(low + 1, scene.length - inside);
    if (!early && active <= scene.length && random.chance(0.7)) {
      high = Math.max(1, scene.length - active); // mostly whole
    }
    return (int) random.uniform(low, high) - placed.from();
  }

  /** Start such that the event lies wholly inside, with a second of background before it. */
  private int wholePlace(Placed placed, SceneRandom random) {
    int active = placed.to() - placed.from();
    int low = Signal.samples(1);
    int high = Math.max(low + 1, scene.length - active - Signal.samples(0.5));
    return (int) random.uniform(low, high) - placed.from();
  }

  private boolean overlapsSameLabel(String label, Placed placed, int at) {
    double from = Signal.seconds(at + placed.from()) - 1;
    double to = Signal.seconds(at + placed.to()) + 1;
    for (List<TruthEvent> list : List.of(events, dontCare)) {
      for (TruthEvent event : list) {
        if (event.label().equals(label)
            && event.onsetSeconds() < to
            && event.offsetSeconds() > from) {
          return true;
        }
      }
    }
    return false;
  }

  /** Scales the sound to the ratio, measured over what is inside the scene, and adds it. */
  private void add(Placed placed, int at, double ratioDb) {
    double power = activePower(placed);
    int from = Math.max(0, at + placed.from());
    int to = Math.min(scene.length, at + placed.to());
    double whole = Signal.meanPower(backgroundSums, 0, background.length);
    double under = Signal.meanPower(backgroundSums, from, Math.max(to, from + 160));
    // A pause in the background must not turn the event into a whisper.
    double reference = Math.max(under, 0.03 * whole);
    double gain = Math.sqrt(reference * Math.pow(10, ratioDb / 10) / Math.max(power, 1e-14));
    Signal.add(scene, at, placed.samples, (float) gain);
  }

  /** Mean power of the frames of the episodes that are within 20 dB of the loudest frame. */
  private static double activePower(Placed placed) {
    double[] sums = Signal.powerSums(placed.samples);
    double loudest = 0;
    for (Region episode : placed.episodes) {
      for (int i = episode.fromSample(); i < episode.toSample(); i += FRAME_SAMPLES) {
        loudest = Math.max(loudest, Signal.meanPower(sums, i, i + FRAME_SAMPLES));
      }
    }
    double sum = 0;
    int count = 0;
    for (Region episode : placed.episodes) {
      for (int i = episode.fromSample(); i < episode.toSample(); i += FRAME_SAMPLES) {
        double power = Signal.meanPower(sums, i, i + FRAME_SAMPLES);
        if (power >= ACTIVE_RANGE * loudest) {
          sum += power;
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
