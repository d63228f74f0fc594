package org.earshot.simulation;

import java.util.Arrays;
import java.util.List;
import org.earshot.simulation.ToneSpec.Voice;

/**
 * Beep patterns of a home: the alarms, and the near misses that must not be taken for them.
 *
 * <p>Timings: ISO 8201 / NFPA 72 (T3), UL 2034 / NFPA 720 (T4), UL 985 (520 Hz), EN 14604 devices,
 * older patterns after Mircom FX-3500, appliances as measured on recordings.
 */
enum AlarmKind {
  SMOKE_T3("smoke_alarm"),
  SMOKE_T3_LOW("smoke_alarm"),
  SMOKE_EUROPEAN("smoke_alarm"),
  SMOKE_EUROPEAN_SLOW("smoke_alarm"),
  SMOKE_MARCH("smoke_alarm"),
  SMOKE_STEADY("smoke_alarm"),
  SMOKE_CALIFORNIA("smoke_alarm"),
  CO_T4("co_alarm"),
  CO_T4_LOW("co_alarm"),
  CO_EUROPEAN("co_alarm"),
  WASHER("appliance_beep"),
  MICROWAVE_FIVE("microwave"),
  MICROWAVE_TWO("microwave"),
  TIMER("appliance_beep"),
  ALARM_CLOCK_FOUR("alarm_clock"),
  ALARM_CLOCK("alarm_clock"),
  LOW_BATTERY("low_battery"),
  FAULT_CHIRP("low_battery"),
  PHONE_TRILL("phone_ring"),
  REVERSING("reversing_beep"),
  DOORBELL("doorbell"),
  SINGLE_BEEP("beep"),
  MEDICAL("medical_beep"),
  RANDOM_BEEPS("beep");

  /** Every kind that must raise no alarm. */
  static final List<AlarmKind> NEAR_MISSES =
      Arrays.stream(values()).filter(kind -> !kind.isAlarm()).toList();

  private final String label;

  AlarmKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  boolean isAlarm() {
    return compareTo(CO_EUROPEAN) <= 0;
  }

  /** Whether the pattern repeats until someone stops it; the others play once or a few times. */
  boolean repeats() {
    return switch (this) {
      case WASHER, MICROWAVE_FIVE, MICROWAVE_TWO, DOORBELL, SINGLE_BEEP, RANDOM_BEEPS -> false;
      default -> true;
    };
  }

  Cadence cadence(SceneRandom r) {
    return switch (this) {
      case SMOKE_T3, SMOKE_T3_LOW -> temporalThree(r);
      case SMOKE_EUROPEAN -> {
        double gap = r.uniform(0.05, 0.10);
        yield Cadence.regular(1, r.uniform(0.15, 0.27), gap, gap, 1.5);
      }
      case SMOKE_EUROPEAN_SLOW -> {
        double gap = r.uniform(0.6, 0.74);
        yield Cadence.regular(1, r.uniform(0.31, 0.39), gap, gap, 3.2);
      }
      case SMOKE_MARCH -> Cadence.regular(1, near(r, 0.5, 0.06), 0.5, near(r, 0.5, 0.06), 7);
      case SMOKE_STEADY -> Cadence.regular(1, 60, 0.01, 0.01, 3);
      case SMOKE_CALIFORNIA -> Cadence.regular(1, near(r, 5, 0.1), 10, near(r, 10, 0.1), 3);
      case CO_T4, CO_T4_LOW -> {
        double on = near(r, 0.1, 0.1);
        double off = near(r, 0.1, 0.1);
        double pause = near(r, 5, 0.1) - 4 * on - 3 * off;
        yield Cadence.regular(4, on, off, pause, 4 * on + 3 * off + 0.8);
      }
      case CO_EUROPEAN -> {
        double on = r.uniform(0.08, 0.2);
        yield Cadence.regular(4, on, r.uniform(0.08, 0.2), near(r, 1.0, 0.08), 2.2);
      }
      case WASHER -> {
        double on = r.chance(0.5) ? near(r, 0.57, 0.03) : r.uniform(0.4, 0.9);
        double off = r.chance(0.5) ? near(r, 0.46, 0.03) : r.uniform(0.3, 0.7);
        yield Cadence.regular(r.chance(0.5) ? 5 : r.between(4, 8), on, off, 10, 0);
      }
      case MICROWAVE_FIVE -> {
        double on = r.uniform(0.3, 1.1);
        yield Cadence.regular(
            r.chance(0.6) ? 5 : r.between(3, 6), on, r.uniform(0.65, 1.3), r.uniform(8, 20), 0);
      }
      case MICROWAVE_TWO -> Cadence.regular(2, near(r, 0.5, 0.2), r.uniform(0.3, 0.8), 10, 0);
      case TIMER -> timer(r);
      case ALARM_CLOCK_FOUR ->
          Cadence.regular(4, near(r, 0.08, 0.2), near(r, 0.08, 0.3), r.uniform(0.4, 0.7), 0);
      case ALARM_CLOCK -> alarmClock(r);
      case LOW_BATTERY -> Cadence.regular(1, r.logUniform(0.015, 0.12), 30, r.uniform(20, 60), 0);
      case FAULT_CHIRP ->
          Cadence.regular(2, r.logUniform(0.02, 0.12), r.uniform(0.1, 0.5), near(r, 7.5, 0.1), 0);
      case PHONE_TRILL -> trill(r);
      case REVERSING -> {
        double on = r.uniform(0.3, 0.6);
        yield Cadence.regular(1, on, on, r.uniform(0.3, 0.7), 0);
      }
      case DOORBELL -> doorbell(r);
      case SINGLE_BEEP -> Cadence.regular(1, r.logUniform(0.04, 1.2), 10, 10, 0);
      case MEDICAL -> medical(r);
      case RANDOM_BEEPS -> random(r);
    };
  }

  ToneSpec tone(SceneRandom r) {
    return switch (this) {
      case SMOKE_T3, CO_T4, CO_EUROPEAN, SMOKE_MARCH, SMOKE_STEADY, SMOKE_CALIFORNIA ->
          ToneSpec.draw(
              r,
              r.chance(0.6) ? r.uniform(2900, 3500) : r.uniform(2000, 4200),
              r.chance(0.2) ? Voice.PAIR : Voice.PIEZO);
      case SMOKE_T3_LOW, CO_T4_LOW -> ToneSpec.draw(r, near(r, 520, 0.1), Voice.SQUARE);
      case SMOKE_EUROPEAN, SMOKE_EUROPEAN_SLOW ->
          ToneSpec.draw(r, r.uniform(2400, 4000), r.chance(0.25) ? Voice.SWEEP : Voice.PIEZO);
      case WASHER ->
          ToneSpec.draw(r, r.chance(0.5) ? near(r, 3312, 0.03) : r.uniform(1200, 4200), beep(r));
      case MICROWAVE_FIVE, MICROWAVE_TWO ->
          ToneSpec.draw(r, r.chance(0.6) ? near(r, 2000, 0.04) : r.uniform(1000, 4200), beep(r));
      case ALARM_CLOCK_FOUR ->
          ToneSpec.draw(r, r.chance(0.6) ? near(r, 4100, 0.05) : r.uniform(1000, 4300), beep(r));
      case REVERSING -> ToneSpec.draw(r, r.uniform(900, 1700), Voice.SQUARE);
      case DOORBELL -> ToneSpec.draw(r, r.logUniform(350, 1800), Voice.BELL);
      case PHONE_TRILL -> ToneSpec.draw(r, r.logUniform(400, 2600), beep(r));
      case LOW_BATTERY, FAULT_CHIRP ->
          ToneSpec.draw(r, r.uniform(2200, 4200), r.chance(0.2) ? Voice.PAIR : Voice.PIEZO);
      case MEDICAL -> ToneSpec.draw(r, r.logUniform(400, 3000), beep(r));
      case TIMER, ALARM_CLOCK, SINGLE_BEEP, RANDOM_BEEPS ->
          ToneSpec.draw(r, r.logUniform(400, 4400), beep(r));
    };
  }

  private static Voice beep(SceneRandom r) {
    return switch (r.weighted(0.6, 0.2, 0.1, 0.1)) {
      case 0 -> Voice.PIEZO;
      case 1 -> Voice.SQUARE;
      case 2 -> Voice.PAIR;
      default -> Voice.BELL;
    };
  }

  private static Cadence temporalThree(SceneRandom r) {
    boolean nominal = r.chance(0.6);
    double on = nominal ? r.uniform(0.45, 0.55) : r.uniform(0.43, 0.53);
    double off = nominal ? r.uniform(0.45, 0.55) : r.uniform(0.35, 0.50);
    double pause = nominal ? r.uniform(1.35, 1.65) : r.uniform(1.17, 1.7);
    return Cadence.regular(3, on, off, pause, 3 * on + 2 * off + 0.75);
  }

  private static Cadence timer(SceneRandom r) {
    double on = r.uniform(0.04, 0.16);
    int beeps = r.pick(List.of(1, 2, 3, 3, 5));
    return Cadence.regular(beeps, on, r.uniform(0.05, 0.16), r.uniform(0.35, 0.8), 0);
  }

  private static Cadence alarmClock(SceneRandom r) {
    if (r.chance(0.35)) { // continuous fast beeps, faster than any European smoke alarm's
      double on = r.uniform(0.03, 0.09);
      double gap = r.uniform(0.03, 0.12);
      return Cadence.regular(1, on, gap, gap, 0);
    }
    if (r.chance(0.3)) { // one beep a second
      double on = r.uniform(0.05, 0.3);
      return Cadence.regular(1, on, 1, near(r, 1.0, 0.05) - on, 0);
    }
    int beeps = r.pick(List.of(2, 2, 3, 5, 6));
    return Cadence.regular(
        beeps, r.uniform(0.05, 0.25), r.uniform(0.05, 0.25), r.uniform(0.3, 1.0), 0);
  }

  private static Cadence trill(SceneRandom r) {
    int notes = 2 * r.between(6, 16);
    double note = r.uniform(0.025, 0.08);
    double[] on = new double[notes];
    double[] off = new double[notes];
    double[] pitch = new double[notes];
    double step = r.uniform(1.1, 1.5);
    for (int i = 0; i < notes; i++) {
      on[i] = note;
      off[i] = i == notes - 1 ? r.uniform(0.4, 3) : 0;
      pitch[i] = i % 2 == 0 ? 1 : step;
    }
    return new Cadence(on, off, pitch, 0);
  }

  private static Cadence doorbell(SceneRandom r) {
    int notes = r.between(2, r.chance(0.25) ? 8 : 3);
    double[] on = new double[notes];
    double[] off = new double[notes];
    double[] pitch = new double[notes];
    for (int i = 0; i < notes; i++) {
      on[i] = r.uniform(0.3, 0.9);
      off[i] = i == notes - 1 ? 8 : 0;
      pitch[i] = i == 0 ? 1 : Math.pow(2, -r.between(-3, 7) / 12.0);
    }
    return new Cadence(on, off, pitch, 0);
  }

  private static Cadence medical(SceneRandom r) {
    if (r.chance(0.5)) { // pulse tone
      double on = r.uniform(0.05, 0.2);
      return Cadence.regular(1, on, 1, r.uniform(0.4, 1.1), 0);
    }
    double on = r.uniform(0.1, 0.25); // IEC 60601-1-8: bursts of three and two
    double off = r.uniform(0.05, 0.25);
    double[] offs = {off, off, off + r.uniform(0.2, 0.4), off, r.uniform(1.5, 4)};
    double[] pitch = {1, r.uniform(1, 1.5), r.uniform(1, 1.5), 1, r.uniform(1, 1.5)};
    return new Cadence(new double[] {on, on, on, on, on}, offs, pitch, 0);
  }

  private static Cadence random(SceneRandom r) {
    for (int attempt = 0; ; attempt++) {
      int beeps = r.between(2, 9);
      double[] on = new double[beeps];
      double[] off = new double[beeps];
      double[] pitch = new double[beeps];
      double onBase = r.logUniform(0.04, 0.8);
      double offBase = r.logUniform(0.04, 1.0);
      boolean even = r.chance(0.6);
      boolean melody = r.chance(0.25);
      for (int i = 0; i < beeps; i++) {
        on[i] = even ? onBase : onBase * r.uniform(0.5, 1.8);
        off[i] = even ? offBase : offBase * r.uniform(0.4, 2);
        pitch[i] = melody ? Math.pow(2, r.between(-7, 7) / 12.0) : 1;
      }
      if (!even || attempt > 50 || !resemblesAlarm(beeps, onBase, offBase)) {
        return new Cadence(on, off, pitch, 0);
      }
    }
  }

  /** Whether an even row of beeps falls into an alarm's tolerances, with a margin. */
  static boolean resemblesAlarm(int beeps, double onSeconds, double offSeconds) {
    boolean three = within(onSeconds, 0.38, 0.62) && within(offSeconds, 0.3, 0.62) && beeps == 3;
    boolean four = within(onSeconds, 0.07, 0.23) && within(offSeconds, 0.07, 0.23) && beeps == 4;
    boolean fast = within(onSeconds, 0.12, 0.3) && within(offSeconds, 0.04, 0.13) && beeps > 3;
    boolean slow = within(onSeconds, 0.28, 0.42) && within(offSeconds, 0.55, 0.8) && beeps > 3;
    boolean march = within(onSeconds, 0.4, 0.6) && within(offSeconds, 0.4, 0.6) && beeps > 6;
    return three || four || fast || slow || march;
  }

  private static boolean within(double value, double low, double high) {
    return value >= low && value <= high;
  }

  private static double near(SceneRandom r, double value, double share) {
    return value * r.uniform(1 - share, 1 + share);
  }
}
