package org.earshot.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The repository's own recordings: alarms, imitated events and near misses, all synthetic.
 *
 * <p>Each holds one sound in a small room over faint noise. The same calls give the same samples.
 */
public final class DemoRecordings {
  private static final double LEAD_SECONDS = 1;
  private static final double BACKGROUND_RMS = 0.0015;

  private DemoRecordings() {}

  /** Positives and near misses, about 90 s in all. */
  public static List<Soundscape> all() {
    List<Soundscape> scenes = new ArrayList<>();
    Cadence three = Cadence.regular(3, 0.5, 0.5, 1.5, 0);
    Cadence four = Cadence.regular(4, 0.1, 0.1, 4.3, 0);
    Cadence quick = Cadence.regular(1, 0.2, 0.08, 0.08, 0);
    scenes.add(alarm("smoke-alarm-t3", AlarmKind.SMOKE_T3, three, 3, 12));
    scenes.add(alarm("smoke-alarm-t3-520hz", AlarmKind.SMOKE_T3_LOW, three, 2, 8));
    scenes.add(alarm("smoke-alarm-european", AlarmKind.SMOKE_EUROPEAN, quick, 15, 6));
    scenes.add(alarm("co-alarm-t4", AlarmKind.CO_T4, four, 3, 12.5));
    DrySound wail = SirenSynthesizer.render(SirenSynthesizer.Kind.WAIL, 6, new SceneRandom(5));
    scenes.add(sound("siren-wail", wail, 8));
    scenes.add(sound("glass-break", SyntheticSounds.glass(new SceneRandom(6)), 4));
    scenes.add(sound("door-knock", SyntheticSounds.knock(new SceneRandom(7)), 4));
    scenes.add(sound("dog-bark", SyntheticSounds.bark(new SceneRandom(8)), 4));
    scenes.add(sound("baby-cry", SyntheticSounds.cry(new SceneRandom(9)), 7));
    Cadence microwave = Cadence.regular(5, 0.5, 0.7, 10, 0);
    Cadence washer = Cadence.regular(5, 0.57, 0.46, 10, 0);
    Cadence clock = Cadence.regular(4, 0.08, 0.08, 0.55, 0);
    Cadence chirp = Cadence.regular(1, 0.05, 30, 30, 0);
    scenes.add(alarm("not-microwave", AlarmKind.MICROWAVE_FIVE, microwave, 1, 7.5));
    scenes.add(alarm("not-washer", AlarmKind.WASHER, washer, 1, 7.5));
    scenes.add(alarm("not-alarm-clock", AlarmKind.ALARM_CLOCK_FOUR, clock, 4, 6));
    scenes.add(alarm("not-low-battery", AlarmKind.LOW_BATTERY, chirp, 1, 4));
    return scenes;
  }

  /** Negatives for tests: silence, white and pink noise, mains hum and speech-like sound. */
  public static List<Soundscape> negatives(double seconds) {
    SceneRandom random = new SceneRandom(0xBAD_5EEDL);
    float[] hum = SyntheticSounds.noise(Noise.Colour.WHITE, 0.0005, seconds, random);
    Noise.addHum(hum, 0.1, random);
    return List.of(
        negative("silence", new float[Signal.samples(seconds)]),
        negative("white", SyntheticSounds.noise(Noise.Colour.WHITE, 0.05, seconds, random)),
        negative("pink", SyntheticSounds.noise(Noise.Colour.PINK, 0.05, seconds, random)),
        negative("hum", hum),
        negative("speech-like", SyntheticSounds.speechLike(seconds, random)));
  }

  private static Soundscape negative(String name, float[] samples) {
    SceneInfo info = new SceneInfo(name, "none", "none", "none", "none", "clean");
    return new Soundscape(name, samples, List.of(), List.of(), List.of(), List.of(), info);
  }

  private static Soundscape alarm(
      String name, AlarmKind kind, Cadence cadence, int cycles, double seconds) {
    SceneRandom random = new SceneRandom(SceneRandom.hash(name));
    AlarmSynthesizer synthesizer = new AlarmSynthesizer(List.of(), List.of());
    BeepTone tone = new SyntheticTone(kind.tone(random));
    double atMost = seconds - LEAD_SECONDS;
    return sound(name, synthesizer.render(kind, cadence, tone, cycles, atMost, random), seconds);
  }

  private static Soundscape sound(String name, DrySound dry, double seconds) {
    SceneRandom random = new SceneRandom(SceneRandom.hash(name));
    RoomResponse room = new RoomSimulator(new Convolver()).draw(random, 1, 2);
    float[] out = SyntheticSounds.noise(Noise.Colour.PINK, BACKGROUND_RMS, seconds, random);
    float[] wet = new Convolver().convolve(dry.samples(), room.spectra(), out.length);
    Signal.add(out, Signal.samples(LEAD_SECONDS), wet, 0.4f / Math.max(1e-6f, Signal.peak(wet)));
    Codec.quantise(out, 16);
    ActiveRegionFinder.Region episode = dry.episodes().get(0);
    double onset = LEAD_SECONDS + Signal.seconds(episode.fromSample());
    double offset = Math.min(seconds, LEAD_SECONDS + Signal.seconds(episode.toSample()));
    TruthEvent event = new TruthEvent(dry.label(), onset, offset, Double.NaN, dry.source());
    boolean target = SoundCatalogue.isTarget(dry.label());
    SceneInfo info =
        new SceneInfo(
            "synthetic", "none", room.distanceClass(), room.description(), dry.kind(), "clean");
    return new Soundscape(
        name,
        out,
        target ? List.of(event) : List.of(),
        List.of(),
        target ? List.of() : List.of(event),
        List.of(),
        info);
  }
}
