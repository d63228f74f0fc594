package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earshot.dataset.Clip;

/**
 * Long beds of background sound, made on first use from clips of one recording joined by
 * cross-fades, or synthesized; thread-safe.
 */
final class BackgroundBank {
  private static final double SHORTEST_SECONDS = 1;

  /** Every class that a scene may have, in a fixed order. */
  static final List<String> CLASSES =
      List.of("kitchen", "appliance", "weather", "outdoor", "room", "music", "speech", "synthetic");

  /** Names of the MS-SNSD noises within the names of one-second background clips. */
  private static final Pattern NOISE_NAME =
      Pattern.compile("orig_(?:train|test)\\.([A-Za-z]+_?\\d*)");

  /**
   * @param clips paths of the recordings that it is made of; none where it is synthetic
   * @param pcm samples at a root mean square of {@value #BED_RMS} of full scale, more where the
   *     peak allowed no more
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Bed(String className, String source, List<String> clips, short[] pcm) {}

  private static final double BED_RMS = 0.05;

  private final Map<String, List<List<Clip>>> groups =
      new TreeMap<>(); // class -> recording -> clips
  private final RoomBank rooms;
  private final Convolver convolver;
  private final Noise noise;
  private final double bedSeconds;
  private final int bedsPerClass;
  private final long seed;
  private final ConcurrentHashMap<String, Bed> beds = new ConcurrentHashMap<>();

  BackgroundBank(
      List<Clip> clips,
      RoomBank rooms,
      Convolver convolver,
      Noise noise,
      double sceneSeconds,
      int bedsPerClass,
      long seed) {
    this.rooms = rooms;
    this.convolver = convolver;
    this.noise = noise;
    this.bedSeconds = Math.min(1.5 * sceneSeconds, sceneSeconds + 15);
    this.bedsPerClass = bedsPerClass;
    this.seed = seed;
    Map<String, Map<String, List<Clip>>> found = new TreeMap<>();
    List<Clip> ordered = new ArrayList<>(clips);
    ordered.sort(Comparator.comparing(Clip::path));
    for (Clip clip : ordered) {
      Matcher name = NOISE_NAME.matcher(clip.path());
      boolean named = clip.label().equals("background") && name.find();
      String className =
          named ? noiseClass(name.group(1)) : SoundCatalogue.backgroundClass(clip.label());
      // A word or a dial tone again and again is nobody's background.
      if (className == null
          || clip.samples().length < Signal.samples(SHORTEST_SECONDS)
          || Signal.rms(clip.samples()) < 1e-5) {
        continue;
      }
      String recording = named ? name.group(1) : clip.label() + "/" + clip.sourceId();
      if (clip.label().equals("speech")) {
        recording = "speech/" + clip.dataset();
      }
      found
          .computeIfAbsent(className, c -> new TreeMap<>())
          .computeIfAbsent(recording, r -> new ArrayList<>())
          .add(clip);
    }
    found.forEach((className, map) -> groups.put(className, new ArrayList<>(map.values())));
  }

  boolean has(String className) {
    return className.equals("synthetic") || groups.containsKey(className);
  }

  /** A bed of the class. */
  Bed draw(String className, SceneRandom random) {
    int index = random.below(bedsPerClass);
    return beds.computeIfAbsent(className + " " + index, key -> make(className, index));
  }

  /** Adds a random stretch of a bed to {@code out}, scaled to the given root mean square. */
  static void add(float[] out, Bed bed, double rms, SceneRandom random) {
    short[] pcm = bed.pcm();
    int from = random.below(Math.max(1, pcm.length - out.length));
    double sum = 0;
    int length = Math.min(out.length, pcm.length - from);
    for (int i = 0; i < length; i++) {
      double x = pcm[from + i] * (1.0 / 32768);
      sum += x * x;
    }
    float gain = (float) (rms / Math.max(1e-4, Math.sqrt(sum / length)) / 32768);
    for (int i = 0; i < length; i++) {
      out[i] += gain * pcm[from + i];
    }
  }

  private Bed make(String className, int index) {
    SceneRandom random =
        new SceneRandom(SceneRandom.mix(seed ^ SceneRandom.hash(className), index));
    float[] out = new float[Signal.samples(bedSeconds)];
    String source;
    Set<String> used = new TreeSet<>();
    if (className.equals("synthetic")) {
      source = synthesize(out, random);
    } else {
      List<Clip> clips = random.pick(groups.get(className));
      source = clips.get(0).label();
      int voices = className.equals("speech") ? random.between(1, 3) : 1;
      for (int voice = 0; voice < voices; voice++) {
        join(out, clips, className.equals("speech"), used, random);
      }
      boolean dry = className.equals("music") || className.equals("speech");
      if (dry && random.chance(0.7)) {
        RoomResponse room = rooms.draw(random);
        out = convolver.convolve(out, room.spectra(), out.length);
      }
    }
    if (random.chance(0.5)) {
      Biquad.highShelf(random.logUniform(1000, 4000), random.uniform(-6, 6)).apply(out);
    }
    double gain = BED_RMS / Math.max(1e-9, Signal.rms(out));
    gain = Math.min(gain, 0.99 / Math.max(1e-9, Signal.peak(out)));
    short[] pcm = new short[out.length];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) Math.round(32767 * gain * out[i]);
    }
    return new Bed(className, source, List.copyOf(used), pcm);
  }

  /** Fills {@code out} with clips of one recording in random order, cross-faded. */
  private static void join(
      float[] out, List<Clip> clips, boolean pauses, Set<String> used, SceneRandom random) {
    int at = 0;
    int cross = Signal.samples(random.uniform(0.1, 0.5));
    while (at < out.length) {
      Clip clip = random.pick(clips);
      used.add(clip.path());
      float[] piece = trimSilence(clip.samples());
      if (piece.length > Signal.samples(3) && random.chance(0.5)) {
        int from = random.below(piece.length / 2);
        piece = Arrays.copyOfRange(piece, from, piece.length);
      }
      float[] part = piece.clone();
      Signal.scale(part, (float) (0.1 / Math.max(1e-5, Signal.rms(part))));
      if (pauses) {
        Signal.fade(part, 80, 160);
        Signal.add(out, at, part, 1);
        at += part.length + Signal.samples(random.uniform(0.05, 1.2));
      } else {
        int overlap = Math.min(cross, part.length / 3);
        fadeEqualPower(part, at == 0 ? 0 : overlap, overlap);
        Signal.add(out, at, part, 1);
        at += part.length - overlap;
      }
    }
  }

  /** Quarter-sine fades: the sum of two unrelated sounds keeps its power. */
  private static void fadeEqualPower(float[] part, int inSamples, int outSamples) {
    for (int i = 0; i < inSamples; i++) {
      part[i] *= (float) Math.sin(0.5 * Math.PI * (i + 0.5) / inSamples);
    }
    for (int i = 0; i < outSamples; i++) {
      part[part.length - 1 - i] *= (float) Math.sin(0.5 * Math.PI * (i + 0.5) / outSamples);
    }
  }

  /** Without the zeros that pad a clip at its ends. */
  private static float[] trimSilence(float[] samples) {
    int from = 0;
    int to = samples.length;
    while (from < to && Math.abs(samples[from]) < 1e-4f) {
      from++;
    }
    while (to > from && Math.abs(samples[to - 1]) < 1e-4f) {
      to--;
    }
    return to - from < 800 ? samples : Arrays.copyOfRange(samples, from, to);
  }

  private String synthesize(float[] out, SceneRandom r) {
    switch (r.below(4)) {
      case 0 -> {
        noise.add(out, Noise.Colour.PINK, 1, r);
        return "pink noise";
      }
      case 1 -> {
        noise.add(out, Noise.Colour.WHITE, 1, r);
        Biquad.lowPass(r.logUniform(800, 7500), 0.7).apply(out);
        return "low-passed white noise";
      }
      case 2 -> {
        noise.add(out, Noise.Colour.BROWN, 1, r);
        noise.add(out, Noise.Colour.WHITE, r.logUniform(0.005, 0.1), r);
        Noise.addHum(out, r.uniform(0, 1), r);
        return "brown noise and hum";
      }
      default -> {
        fan(out, r);
        return "fan";
      }
    }
  }

  /** A fan: shaped noise, the blades' tone and a motor hum, swaying a little. */
  private void fan(float[] out, SceneRandom r) {
    noise.add(out, Noise.Colour.PINK, 1, r);
    Biquad.lowPass(r.logUniform(600, 4000), 0.6).apply(out);
    Biquad.peaking(r.logUniform(150, 1500), r.uniform(1, 4), r.uniform(2, 10)).apply(out);
    double swayHz = r.uniform(0.05, 0.8);
    double sway = r.uniform(0, 0.3);
    double phase = r.uniform(0, 6);
    for (int i = 0; i < out.length; i++) {
      out[i] *= (float) (1 + sway * Math.sin(phase + 2 * Math.PI * swayHz * Signal.seconds(i)));
    }
    double blades = r.logUniform(60, 400);
    double rms = Signal.rms(out);
    for (int h = 1; h <= 4; h++) {
      Noise.addSine(out, blades * h, rms * r.uniform(0, 0.8) / h, r.uniform(0, 6));
    }
    Noise.addHum(out, rms * r.uniform(0, 0.5), r);
  }

  private static String noiseClass(String name) {
    String noise = name.replaceAll("[_0-9]", "");
    return switch (noise) {
      case "AirConditioner", "CopyMachine", "VacuumCleaner", "WasherDryer", "Washing" ->
          "appliance";
      case "Bus", "Car", "Metro", "Park", "Square", "Station", "Traffic" -> "outdoor";
      case "AirportAnnouncements", "Babble", "Neighbor", "NeighborSpeaking" -> "speech";
      case "Cafe", "CafeTeria", "Kitchen", "Restaurant" -> "kitchen";
      case "SqueakyChair" -> null; // creaks are distractors, not a bed
      default -> "room";
    };
  }
}
