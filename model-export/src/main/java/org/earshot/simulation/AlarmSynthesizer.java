package org.earshot.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earshot.simulation.ActiveRegionFinder.Region;

/**
 * Renders beep patterns: synthetic sounders, or tones cut from recordings, gated by a cadence.
 *
 * <p>A device keeps its own timing within a scene: deviations are drawn once a device, and each
 * beep then varies by a few milliseconds only. Immutable and thread-safe.
 */
final class AlarmSynthesizer {
  private static final double BEEP_JITTER_SECONDS = 0.002;

  private final List<RecordedTone> alarmTones;
  private final List<RecordedTone> otherTones;

  /**
   * @param alarmTones tones cut from real smoke alarms; may be empty
   * @param otherTones tones cut from appliances and other beeping things; may be empty
   */
  AlarmSynthesizer(List<RecordedTone> alarmTones, List<RecordedTone> otherTones) {
    this.alarmTones = List.copyOf(alarmTones);
    this.otherTones = List.copyOf(otherTones);
  }

  /** A pattern of the kind with a sounder drawn for it. */
  DrySound render(AlarmKind kind, double atMostSeconds, SceneRandom random) {
    return render(kind, 0, atMostSeconds, random);
  }

  /**
   * As {@link #render(AlarmKind, double, SceneRandom)}.
   *
   * @param leastSeconds of an alarm; two cycles at least in any case
   */
  DrySound render(AlarmKind kind, double leastSeconds, double atMostSeconds, SceneRandom random) {
    BeepTone tone = tone(kind, random);
    Cadence cadence = kind.cadence(random);
    int cycles = cycles(kind, cadence, leastSeconds, atMostSeconds, random);
    DrySound sound = render(kind, cadence, tone, cycles, atMostSeconds, random);
    if (kind.isAlarm() && random.chance(0.06)) { // an interlinked second alarm, out of step
      BeepTone second = tone(kind, random);
      DrySound other = render(kind, cadence, second, cycles, atMostSeconds, random);
      Signal.add(
          sound.samples(),
          Signal.samples(random.uniform(0, 0.15)),
          other.samples(),
          (float) random.logUniform(0.1, 0.8));
    }
    return sound;
  }

  /** A pattern of exactly the given cadence and sounder; cut at {@code atMostSeconds}. */
  DrySound render(
      AlarmKind kind,
      Cadence cadence,
      BeepTone tone,
      int cycles,
      double atMostSeconds,
      SceneRandom random) {
    double wanted = cycles * cadence.cycleSeconds() + 0.6;
    int limit = Signal.samples(Math.min(atMostSeconds, wanted));
    float[] out = new float[limit];
    double at = 0;
    int end = 0;
    for (int cycle = 0; cycle < cycles && Signal.samples(at) < limit; cycle++) {
      for (int i = 0; i < cadence.onSeconds().length && Signal.samples(at) < limit; i++) {
        double jitter = cycle + i == 0 ? 0 : random.uniform(-1, 1) * BEEP_JITTER_SECONDS;
        int from = Math.max(end, Signal.samples(at + jitter));
        int length = Math.min(Signal.samples(cadence.onSeconds()[i]), limit - from);
        if (length > 0) {
          end = from + tone.addBeep(out, from, length, cadence.pitchRatios()[i], random);
        }
        at += cadence.onSeconds()[i] + cadence.offSeconds()[i];
      }
    }
    List<Region> episodes = new ArrayList<>();
    episodes.add(new Region(0, Math.min(end, limit)));
    String source = kind.name().toLowerCase(Locale.ROOT);
    return new DrySound(
        kind.label(),
        tone.source() + ":" + source,
        source,
        out,
        episodes,
        cadence.undecidedSeconds(),
        cadence.cycleSeconds(),
        kind.isAlarm() ? Math.min(6, cadence.longestRestSeconds() + 0.3) : 0);
  }

  private BeepTone tone(AlarmKind kind, SceneRandom random) {
    boolean low = kind == AlarmKind.SMOKE_T3_LOW || kind == AlarmKind.CO_T4_LOW;
    if (!low && random.chance(0.3)) {
      boolean fromAlarm = kind.isAlarm() ? random.chance(0.8) : random.chance(0.4);
      List<RecordedTone> tones = fromAlarm ? alarmTones : otherTones;
      if (!tones.isEmpty()) {
        RecordedTone tone = random.pick(tones);
        double speed = random.uniform(0.82, 1.2);
        return new RecordedTone(Signal.changeSpeed(tone.tone(), speed), tone.source());
      }
    }
    return new SyntheticTone(kind.tone(random));
  }

  private static int cycles(
      AlarmKind kind,
      Cadence cadence,
      double leastSeconds,
      double atMostSeconds,
      SceneRandom random) {
    if (!kind.repeats()) {
      return random.chance(0.85) ? 1 : 2;
    }
    int fitting = (int) Math.ceil(atMostSeconds / cadence.cycleSeconds());
    if (kind.isAlarm()) { // long enough to be one: at least two cycles, or 3 s of quick beeps
      double shortest = Math.max(3, leastSeconds);
      int least = Math.max(2, (int) Math.ceil(shortest / cadence.cycleSeconds()));
      return Math.max(least, random.between(Math.min(least, fitting), Math.max(least, fitting)));
    }
    return random.between(1, Math.max(1, fitting));
  }
}
