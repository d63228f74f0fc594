package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.detect.CadenceCorrection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulator's alarms and near misses, in simulated rooms with noise of 12 dB below, told apart
 * by their rhythm alone: what the device adds to a network's logits. Sounders are synthetic.
 */
final class CadenceScenesTest {
  private static final int SCENES = 30;
  private static final float ONE_CYCLE = 3; // logits: between what one cycle and what two add
  private static final double SECONDS = 20;
  private static final double RATIO_DB = 12;

  private final AlarmSynthesizer synthesizer = new AlarmSynthesizer(List.of(), List.of());
  private final Convolver convolver = new Convolver();
  private final RoomBank rooms = new RoomBank(convolver, List.of(), 8, 0.5, 6, 77);
  private final Noise noise = new Noise(78);

  private float[] scene(AlarmKind kind, long seed) {
    SceneRandom random = new SceneRandom(seed);
    DrySound dry = synthesizer.render(kind, SECONDS - 2, random);
    RoomResponse room = rooms.draw(random);
    int length = dry.samples().length + room.taps().length;
    float[] wet = convolver.convolve(dry.samples(), room.spectra(), length);
    float[] scene = new float[Signal.samples(SECONDS)];
    noise.add(scene, Noise.Colour.PINK, 0.01, random);
    double loud = 0; // mean power of the frames that sound, as scenes are mixed
    int sounding = 0;
    double[] sums = Signal.powerSums(wet);
    double loudest = 0;
    for (int at = 0; at + 160 <= wet.length; at += 160) {
      loudest = Math.max(loudest, Signal.meanPower(sums, at, at + 160));
    }
    for (int at = 0; at + 160 <= wet.length; at += 160) {
      double power = Signal.meanPower(sums, at, at + 160);
      if (power >= 0.01 * loudest) {
        loud += power;
        sounding++;
      }
    }
    double gain = 0.01 * Signal.gain(RATIO_DB) / Math.sqrt(loud / sounding);
    Signal.add(scene, Signal.samples(1.5), wet, (float) gain);
    return scene;
  }

  /** The most that is ever added to the logits of smoke and of carbon monoxide. */
  private static float[] mostAdded(float[] samples) {
    FeatureSpec spec = FeatureSpec.standard();
    CadenceCorrection cadence = new CadenceCorrection(List.of("smoke_alarm", "co_alarm"), spec);
    float[] logMel = new float[spec.melBands()];
    float[] most = new float[2];
    LogMelExtractor extractor = new LogMelExtractor(spec);
    extractor.push(
        samples,
        0,
        samples.length,
        (index, features) -> {
          extractor.copyLogMel(logMel);
          cadence.accept(logMel);
          if (index % 6 == 5) {
            float[] logits = new float[2];
            cadence.correct(logits);
            most[0] = Math.max(most[0], logits[0]);
            most[1] = Math.max(most[1], logits[1]);
          }
        });
    return most;
  }

  @ParameterizedTest
  @EnumSource(
      value = AlarmKind.class,
      names = {"SMOKE_T3", "SMOKE_T3_LOW", "CO_T4", "CO_T4_LOW", "CO_EUROPEAN", "SMOKE_EUROPEAN"})
  void mostAlarmsAreKnownAndNotTakenForTheOther(AlarmKind kind) {
    int own = kind.label().equals("smoke_alarm") ? 0 : 1;
    int known = 0;
    int confused = 0;
    for (long seed = 0; seed < SCENES; seed++) {
      float[] most = mostAdded(scene(kind, 1000 + seed));
      known += most[own] > 0 ? 1 : 0;
      confused += most[1 - own] > 0 ? 1 : 0;
    }
    assertThat(known).as("%s known of %d", kind, SCENES).isGreaterThanOrEqualTo(SCENES * 3 / 4);
    assertThat(confused).as("%s confused of %d", kind, SCENES).isLessThanOrEqualTo(SCENES / 15);
  }

  @ParameterizedTest
  @EnumSource(
      value = AlarmKind.class,
      names = {
        "WASHER",
        "MICROWAVE_FIVE",
        "MICROWAVE_TWO",
        "TIMER",
        "ALARM_CLOCK_FOUR",
        "LOW_BATTERY",
        "FAULT_CHIRP",
        "PHONE_TRILL",
        "REVERSING",
        "DOORBELL",
        "SINGLE_BEEP",
        "MEDICAL",
        "RANDOM_BEEPS"
      })
  void nearMissesAreNoAlarm(AlarmKind kind) {
    int suspected = 0;
    int taken = 0;
    for (long seed = 0; seed < SCENES; seed++) {
      float[] most = mostAdded(scene(kind, 2000 + seed));
      float added = Math.max(most[0], most[1]);
      suspected += added > 0 ? 1 : 0;
      taken += added > ONE_CYCLE ? 1 : 0;
    }
    assertThat(taken).as("%s taken for an alarm", kind).isLessThanOrEqualTo(SCENES / 10);
    assertThat(suspected).as("%s suspected for a cycle", kind).isLessThanOrEqualTo(SCENES / 5);
  }
}
