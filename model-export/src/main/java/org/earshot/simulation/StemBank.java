package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.earshot.dataset.Clip;
import org.earshot.simulation.ActiveRegionFinder.Region;

/**
 * Trimmed, coloured and reverberated variants of recorded sounds.
 *
 * <p>Variant v of a clip is the same whenever and by whomever it is first asked for. At most
 * {@value #MOST_BYTES} bytes are kept; stems beyond that are made again each time. Thread-safe.
 */
final class StemBank {
  static final long MOST_BYTES = 2_000_000_000L;
  private static final double LEAD_SECONDS = 0.05;
  private static final double TAIL_SECONDS = 0.15;
  private static final double LONGEST_SECONDS = 9;
  private static final Pattern TAKE = Pattern.compile("[._-]?\\d+\\.[a-z]+$");

  private final RoomBank rooms;
  private final Convolver convolver;
  private final int eventVariants;
  private final int otherVariants;
  private final double walkShare;
  private final double recolourShare;
  private final long seed;
  private final Map<String, List<List<Clip>>> sources = new TreeMap<>(); // label -> source -> clips
  private final Map<String, double[]> weights = new TreeMap<>(); // label -> [sources]
  private final Map<String, List<Clip>> takes = new TreeMap<>(); // footsteps of one walk
  private final ConcurrentHashMap<String, WetSound> stems = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Prepares a bank; nothing is rendered yet.
   *
   * @param eventVariants variants of each recording of an event
   * @param otherVariants variants of each other recording
   * @param walkShare how often a recording of a single step is made a walk
   * @param recolourShare how often a recording of an event gets two more random resonances or dips
   */
  StemBank(
      List<Clip> clips,
      RoomBank rooms,
      Convolver convolver,
      int eventVariants,
      int otherVariants,
      double walkShare,
      double recolourShare,
      long seed) {
    this.rooms = rooms;
    this.convolver = convolver;
    this.eventVariants = eventVariants;
    this.otherVariants = otherVariants;
    this.walkShare = walkShare;
    this.recolourShare = recolourShare;
    this.seed = seed;
    Map<String, Map<String, List<Clip>>> bySource = new TreeMap<>();
    List<Clip> ordered = new ArrayList<>(clips);
    ordered.sort(Comparator.comparing(Clip::path));
    for (Clip clip : ordered) {
      if (SoundCatalogue.isExcluded(clip.label())
          || Signal.peak(clip.samples()) < 1e-4f
          || EmptyClips.lacksItsSound(clip)) {
        continue;
      }
      bySource
          .computeIfAbsent(clip.label(), label -> new TreeMap<>())
          .computeIfAbsent(clip.sourceId(), source -> new ArrayList<>())
          .add(clip);
      if (clip.label().equals("footsteps")) {
        takes.computeIfAbsent(take(clip), key -> new ArrayList<>()).add(clip);
      }
    }
    bySource.forEach((label, map) -> sources.put(label, new ArrayList<>(map.values())));
    sources.forEach((label, list) -> weights.put(label, sourceWeights(label, list)));
  }

  /** Labels that have at least one recording, in alphabetical order. */
  List<String> labels() {
    return List.copyOf(sources.keySet());
  }

  boolean has(String label) {
    return sources.containsKey(label);
  }

  /** A stem of the label: the source first, then the clip, then the variant. */
  WetSound draw(String label, SceneRandom random) {
    Clip clip = random.pick(sources.get(label).get(random.weighted(weights.get(label))));
    int variants = SoundCatalogue.isTarget(label) ? eventVariants : otherVariants;
    if (label.equals(SceneSpec.TAGGED)) {
      variants = 1; // there are thousands of them
    }
    int variant = random.below(variants);
    String key = variant + " " + clip.path();
    WetSound stem = stems.get(key);
    if (stem == null) {
      stem = make(clip, variant);
      if (bytes.addAndGet(stem.bytes()) <= MOST_BYTES) {
        stems.put(key, stem);
      }
    }
    return stem;
  }

  /** Sources weigh alike, but a real walk weighs as much as four files of single steps. */
  private static double[] sourceWeights(String label, List<List<Clip>> list) {
    double[] weights = new double[list.size()];
    for (int i = 0; i < weights.length; i++) {
      boolean walk = list.get(i).get(0).samples().length > Signal.samples(2.5);
      weights[i] = label.equals("footsteps") && walk ? 4 : 1;
    }
    return weights;
  }

  private WetSound make(Clip clip, int variant) {
    SceneRandom random =
        new SceneRandom(SceneRandom.mix(SceneRandom.hash(clip.path()) ^ seed, variant));
    DrySound dry = dry(clip, random);
    float[] samples = dry.samples();
    if (random.chance(0.5)) {
      Biquad.highShelf(random.logUniform(1000, 4000), random.uniform(-6, 6)).apply(samples);
    }
    if (random.chance(0.3)) {
      Biquad.lowShelf(random.logUniform(150, 500), random.uniform(-6, 6)).apply(samples);
    }
    if (recolourShare > 0
        && SoundCatalogue.isTarget(clip.label())
        && random.chance(recolourShare)) {
      for (int i = 0; i < 2; i++) {
        double hz = random.logUniform(200, 6000);
        Biquad.peaking(hz, random.uniform(0.5, 1.5), random.uniform(-9, 9)).apply(samples);
      }
    }
    RoomResponse room = rooms.draw(random);
    int tail = Math.min(room.taps().length, Signal.samples(0.7));
    float[] wet = convolver.convolve(samples, room.spectra(), samples.length + tail);
    return WetSound.of(dry, wet, room);
  }

  /** The active part of a clip, or a walk of several single steps. */
  private DrySound dry(Clip clip, SceneRandom random) {
    List<Region> regions = SoundCatalogue.regionFinder(clip.label()).find(clip.samples());
    if (clip.label().equals("footsteps")
        && regions.size() == 1
        && regions.get(0).lengthSamples() < Signal.samples(0.9)
        && random.chance(walkShare)) {
      return walk(clip, random);
    }
    int first = regions.get(0).fromSample();
    int last = regions.get(regions.size() - 1).toSample();
    boolean lengthy = last - first > Signal.samples(LONGEST_SECONDS);
    if (!SoundCatalogue.isTarget(clip.label()) && last - first > Signal.samples(4)) {
      lengthy = true;
    }
    if (lengthy) {
      double seconds =
          SoundCatalogue.isTarget(clip.label()) ? random.uniform(9, 16) : random.uniform(1.5, 4);
      int length = Math.min(last - first, Signal.samples(seconds));
      first += random.below(Math.max(1, last - first - length));
      last = first + length;
    }
    int from = Math.max(0, first - Signal.samples(LEAD_SECONDS));
    int to = Math.min(clip.samples().length, last + Signal.samples(TAIL_SECONDS));
    float[] samples = Arrays.copyOfRange(clip.samples(), from, to);
    Signal.fade(samples, Math.max(32, first - from), Math.max(160, to - last));
    List<Region> episodes = new ArrayList<>();
    for (Region region : regions) {
      int start = Math.max(first, region.fromSample());
      int end = Math.min(last, region.toSample());
      if (end - start > 0) {
        episodes.add(new Region(start - from, end - from));
      }
    }
    if (episodes.isEmpty()) {
      episodes.add(new Region(first - from, last - from));
    }
    if (clip.label().equals("smoke_alarm")) {
      return new DrySound(clip.label(), clip.path(), "recording", samples, episodes, 3, 0, 2);
    }
    return DrySound.plain(clip.label(), clip.path(), "recording", samples, episodes);
  }

  /** Three to nine steps of one walk; files that hold a single step are useless alone. */
  private DrySound walk(Clip clip, SceneRandom random) {
    List<Clip> steps = takes.get(take(clip));
    int count = random.between(3, 9);
    double interval = random.uniform(0.36, 0.75);
    double trendDb = random.uniform(-9, 9); // comes or goes
    double speed = random.uniform(0.9, 1.12);
    float[] out = new float[Signal.samples(count * interval * 1.1 + 1.0)];
    int end = 0;
    double at = 0.02;
    for (int i = 0; i < count; i++) {
      Clip step = random.pick(steps);
      List<Region> regions = SoundCatalogue.regionFinder("footsteps").find(step.samples());
      int from = regions.get(0).fromSample();
      int to = Math.min(regions.get(regions.size() - 1).toSample(), from + Signal.samples(0.8));
      float[] samples = Arrays.copyOfRange(step.samples(), from, to);
      samples = Signal.changeSpeed(samples, speed * random.uniform(0.97, 1.03));
      Signal.fade(samples, 16, 160);
      double db = trendDb * (i / (count - 1.0) - 0.5) + random.uniform(-2.5, 2.5);
      float gain = Signal.gain(db) / Math.max(1e-4f, Signal.peak(samples));
      int start = Signal.samples(at);
      Signal.add(out, start, samples, gain);
      end = Math.min(out.length, start + samples.length);
      at += interval * random.uniform(0.9, 1.1);
    }
    List<Region> episodes = List.of(new Region(Signal.samples(0.02), end));
    return DrySound.plain("footsteps", clip.path(), "walk", out, episodes);
  }

  /** Name without its take number, e.g. walk_dirt for walk_dirt_2. */
  private static String take(Clip clip) {
    return TAKE.matcher(clip.path()).replaceAll("");
  }
}
