package org.earshot.simulation;

import java.util.List;
import java.util.Map;

/** The few components that change, so that the constructor's order is written down once more. */
final class SceneSpecChanges {
  private final SceneSpec from;
  private String name;
  private double duration;
  private double leastAlarm;
  private List<Double> ratios;
  private double lowest;
  private double highest;
  private double empty;
  private int events;
  private double distractors;
  private double beeps;
  private double impacts;
  private double voices;
  private double clipping;
  private double codec;
  private double paired;
  private Map<String, Double> classes;
  private Map<String, Double> backgrounds;
  private int variants;

  SceneSpecChanges(SceneSpec from) {
    this.from = from;
    name = from.name();
    duration = from.durationSeconds();
    leastAlarm = from.leastAlarmSeconds();
    ratios = from.ratiosDb();
    lowest = from.lowestRatioDb();
    highest = from.highestRatioDb();
    empty = from.emptyShare();
    events = from.mostEvents();
    distractors = from.distractorsPerScene();
    beeps = from.beepShare();
    impacts = from.impactShare();
    voices = from.voiceShare();
    clipping = from.clippingShare();
    codec = from.codecShare();
    paired = from.pairedShare();
    classes = from.classWeights();
    backgrounds = from.backgroundWeights();
    variants = from.variants();
  }

  SceneSpecChanges name(String value) {
    name = value;
    return this;
  }

  SceneSpecChanges kinds(double beepShare, double impactShare, double voiceShare) {
    beeps = beepShare;
    impacts = impactShare;
    voices = voiceShare;
    return this;
  }

  SceneSpecChanges duration(double value) {
    duration = value;
    return this;
  }

  SceneSpecChanges leastAlarm(double seconds) {
    leastAlarm = seconds;
    return this;
  }

  SceneSpecChanges ratios(List<Double> value) {
    ratios = value;
    return this;
  }

  SceneSpecChanges range(double low, double high) {
    ratios = List.of();
    lowest = low;
    highest = high;
    return this;
  }

  SceneSpecChanges empty(double value) {
    empty = value;
    return this;
  }

  SceneSpecChanges events(int value) {
    events = value;
    return this;
  }

  SceneSpecChanges distractors(double value) {
    distractors = value;
    return this;
  }

  SceneSpecChanges clipping(double value) {
    clipping = value;
    return this;
  }

  SceneSpecChanges codec(double value) {
    codec = value;
    return this;
  }

  SceneSpecChanges paired(double value) {
    paired = value;
    return this;
  }

  SceneSpecChanges classes(Map<String, Double> value) {
    classes = value;
    return this;
  }

  SceneSpecChanges backgrounds(Map<String, Double> value) {
    backgrounds = value;
    return this;
  }

  SceneSpecChanges variants(int value) {
    variants = value;
    return this;
  }

  SceneSpec build() {
    return new SceneSpec(
        name,
        duration,
        ratios,
        lowest,
        highest,
        empty,
        events,
        from.wholeEvents(),
        distractors,
        beeps,
        impacts,
        voices,
        from.synthesizedAlarmShare(),
        from.synthesizedSirenShare(),
        from.synthesizedGlassShare(),
        leastAlarm,
        from.taggedPerScene(),
        from.quietestPeakDb(),
        from.loudestPeakDb(),
        from.nearestMetres(),
        from.farthestMetres(),
        clipping,
        codec,
        from.walkShare(),
        from.recolourShare(),
        paired,
        from.slowest(),
        from.fastest(),
        classes,
        backgrounds,
        variants,
        from.bankSeed());
  }
}
