package org.earshot.detect;

/** Rhythms of beeps that are told apart, by what they mean. */
enum Cadence {
  /** Nothing that can be told yet. */
  UNKNOWN(Meaning.NOTHING),
  /** Three beeps of half a second, a pause of a second and a half (ISO 8201, NFPA 72). */
  TEMPORAL_THREE(Meaning.SMOKE),
  /** Quick regular beeps of European smoke alarms (EN 14604 sets no cadence; measured). */
  RAPID(Meaning.SMOKE),
  /** 0.35 s on, 0.67 s off, as measured on European smoke alarms. */
  SLOW(Meaning.SMOKE),
  /** 0.5 s on, 0.5 s off for longer than an appliance counts (Mircom FX-3500). */
  MARCH(Meaning.SMOKE),
  /** One tone for seconds: older smoke alarms, and the five seconds of the California code. */
  STEADY(Meaning.SMOKE),
  /** Four beeps of 0.1 s every 5 s, later every 60 s (UL 2034, NFPA 720). */
  TEMPORAL_FOUR(Meaning.CO),
  /** Four beeps and a pause of one second (Deltronic CN-1231). */
  EUROPEAN_CO(Meaning.CO),
  /** A rhythm that no alarm has: counted, pulsing or chirping things. */
  OTHER(Meaning.OTHER);

  /** What a cadence speaks for. */
  enum Meaning {
    NOTHING,
    SMOKE,
    CO,
    OTHER
  }

  private final Meaning meaning;

  Cadence(Meaning meaning) {
    this.meaning = meaning;
  }

  Meaning meaning() {
    return meaning;
  }
}
