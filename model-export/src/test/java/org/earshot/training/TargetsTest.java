package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.earshot.dataset.ClipTags;
import org.earshot.model.EventLabels;
import org.earshot.simulation.SceneInfo;
import org.earshot.simulation.Soundscape;
import org.earshot.simulation.TruthEvent;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final int STEPS = 333;
  private static final int BARK = 0;
  private static final int MUSIC = 1;
  private final byte[] targets = new byte[STEPS * Targets.COUNT];
  private final float[] weights = new float[STEPS * Targets.COUNT];
  private byte[] tagged;
  private float[] taggedWeights;

  @Test
  void anEventIsOnFromOnsetToOffsetWithNoWeightAroundBoth() {
    encode(List.of(event("dog_bark", 3, 5)), List.of(), List.of());
    int dog = EventLabels.STANDARD.indexOf("dog_bark");
    assertThat(target(dog, 2.7)).isZero();
    assertThat(weight(dog, 2.7)).isEqualTo(1);
    assertThat(weight(dog, 2.97)).isZero();
    assertThat(weight(dog, 3.06)).isZero();
    assertThat(target(dog, 4)).isEqualTo(1);
    assertThat(weight(dog, 4)).isEqualTo(3);
    assertThat(weight(dog, 5.2)).isZero();
    assertThat(weight(dog, 6)).isEqualTo(1);
    int siren = EventLabels.STANDARD.indexOf("siren");
    assertThat(target(siren, 4)).isZero();
    assertThat(weight(siren, 4)).isEqualTo(1);
  }

  @Test
  void aShortSoundStaysOnLongEnoughToBeHeardWhole() {
    encode(List.of(event("glass_break", 2, 2.1)), List.of(), List.of());
    int glass = EventLabels.STANDARD.indexOf("glass_break");
    assertThat(target(glass, 2.5)).isEqualTo(1);
    assertThat(target(glass, 2.7)).isZero();
  }

  @Test
  void anAmbiguousSoundHasNoWeightForItsLabelOnly() {
    encode(List.of(), List.of(), List.of(event("door_close", 1, 2)));
    assertThat(weight(EventLabels.STANDARD.indexOf("door_close"), 1.5)).isZero();
    assertThat(weight(EventLabels.STANDARD.indexOf("door_knock"), 1.5)).isEqualTo(1);
  }

  @Test
  void anEventOutweighsTheTailOfAnEarlierOne() {
    encode(List.of(event("dog_bark", 1, 2), event("dog_bark", 2.2, 4)), List.of(), List.of());
    int dog = EventLabels.STANDARD.indexOf("dog_bark");
    assertThat(target(dog, 2.4)).isEqualTo(1);
    assertThat(weight(dog, 2.4)).isEqualTo(3);
  }

  @Test
  void alarmsAndBeepingAppliancesTurnTheAuxiliaryHeadOn() {
    encode(
        List.of(event("co_alarm", 1, 4)),
        List.of(event("microwave", 6, 8), event("speech", 8.2, 9)),
        List.of());
    int beep = EventLabels.STANDARD.size();
    assertThat(target(beep, 2)).isEqualTo(1);
    assertThat(target(beep, 7)).isEqualTo(1);
    assertThat(target(beep, 9.5)).isZero();
    assertThat(target(EventLabels.STANDARD.indexOf("smoke_alarm"), 7)).isZero();
  }

  @Test
  void aDistractorTurnsItsKindOnAndNoEvent() {
    encode(List.of(), List.of(event("speech", 2, 5), event("other_rain", 6, 8)), List.of());
    int at = step(4) * Targets.COUNT;
    int active = 0;
    for (int output = 0; output < Targets.COUNT; output++) {
      active += targets[at + output];
    }
    assertThat(active).isEqualTo(1);
    int speech = at;
    while (targets[speech] == 0) {
      speech++;
    }
    assertThat(speech - at).isGreaterThan(EventLabels.STANDARD.size());
    assertThat(weights[speech]).isEqualTo(1.5f);
    assertThat(weight(EventLabels.STANDARD.size() + 1, 9)).isEqualTo(0.5f);
    for (int output = 0; output < Targets.COUNT; output++) {
      assertThat(target(output, 7)).as("output %d during rain", output).isZero();
    }
  }

  @Test
  void stepsOfShortRareEventsWeighMore() {
    encode(List.of(event("door_close", 2, 3)), List.of(), List.of());
    int door = EventLabels.STANDARD.indexOf("door_close");
    assertThat(weight(door, 2.5)).isGreaterThan(3);
    assertThat(weight(door, 5)).isEqualTo(1);
  }

  @Test
  void tagsFollowTheOtherOutputsAndChangeNoneOfThem() {
    List<TruthEvent> events = List.of(event("dog_bark", 3, 5));
    List<TruthEvent> distractors = List.of(event("speech", 6, 7));
    encode(events, distractors, List.of());
    TagStates tags = tags(Map.of("made", Map.of("Bark", 1f)));
    encodeTagged(tags, events, distractors, List.of(), List.of());
    int outputs = Targets.COUNT + 2;
    for (int step = 0; step < STEPS; step++) {
      for (int output = 0; output < Targets.COUNT; output++) {
        assertThat(tagged[step * outputs + output])
            .isEqualTo(targets[step * Targets.COUNT + output]);
        assertThat(taggedWeights[step * outputs + output])
            .isEqualTo(weights[step * Targets.COUNT + output]);
      }
    }
  }

  @Test
  void aTagIsOnWhileItsSoundIsThereAtALowWeight() {
    TagStates tags = tags(Map.of("made", Map.of("Bark", 0.9f, "Music", 0.2f)));
    encodeTagged(tags, List.of(event("dog_bark", 3, 5)), List.of(), List.of(), List.of());
    assertThat(tag(BARK, 4)).isEqualTo(1);
    assertThat(tagWeight(BARK, 4)).isEqualTo(1.5f); // 3 times that of an auxiliary head at most
    assertThat(tag(BARK, 2)).isZero();
    assertThat(tagWeight(BARK, 2)).isEqualTo(0.5f);
    assertThat(tagWeight(BARK, 5.5)).isZero(); // reverberation
    assertThat(tag(MUSIC, 4)).isZero();
    assertThat(tagWeight(MUSIC, 4)).isZero(); // the teacher was not sure
    assertThat(tagWeight(MUSIC, 8)).isEqualTo(0.5f);
  }

  @Test
  void manyTagsWeighAsMuchTogetherAsFew() {
    List<String> classes = IntStream.range(0, 80).mapToObj(Integer::toString).toList();
    encodeTagged(new TagStates(classes, ClipTags.NONE), List.of(), List.of(), List.of(), List.of());
    float sum = 0;
    for (int tag = 0; tag < classes.size(); tag++) {
      sum += taggedWeights[Targets.COUNT + tag];
    }
    assertThat(sum).isCloseTo(10, within(1e-4f));
  }

  @Test
  void aSoundThatTheTeacherDidNotHearHasNoWeightForAnyTag() {
    TagStates tags = tags(Map.of());
    encodeTagged(tags, List.of(), List.of(event("microwave", 3, 5)), List.of(), List.of());
    for (int tag : List.of(BARK, MUSIC)) {
      assertThat(tagWeight(tag, 4)).isZero();
      assertThat(tagWeight(tag, 8)).isPositive();
    }
  }

  @Test
  void aKnownSoundOutweighsAnUnknownOneAtTheSameTime() {
    TagStates tags = tags(Map.of("made", Map.of("Bark", 0.9f)));
    List<TruthEvent> unheard = List.of(new TruthEvent("microwave", 2, 6, 6, "synthetic"));
    encodeTagged(tags, List.of(event("dog_bark", 3, 5)), unheard, List.of(), List.of());
    assertThat(tag(BARK, 4)).isEqualTo(1);
    assertThat(tagWeight(BARK, 4)).isPositive();
    assertThat(tagWeight(MUSIC, 4)).isZero();
  }

  @Test
  void aSliverOfASoundIsNotHeldAgainstItsTags() {
    TagStates tags = tags(Map.of("made", Map.of("Bark", 0.9f)));
    encodeTagged(tags, List.of(), List.of(), List.of(event("dog_bark", 0, 0.2)), List.of());
    assertThat(tag(BARK, 0.1)).isZero();
    assertThat(tagWeight(BARK, 0.1)).isZero();
    assertThat(tagWeight(MUSIC, 0.1)).isPositive();
  }

  @Test
  void whatTheBackgroundMayHoldHasNoWeightUnlessASoundHasIt() {
    TagStates tags = tags(Map.of("made", Map.of("Bark", 0.9f), "bed", Map.of("Bark", 0.5f)));
    List<TruthEvent> dog = List.of(event("dog_bark", 3, 5));
    encodeTagged(tags, dog, List.of(), List.of(), List.of("bed"));
    assertThat(tagWeight(BARK, 8)).isZero();
    assertThat(tagWeight(BARK, 4)).isPositive();
    assertThat(tagWeight(MUSIC, 8)).isPositive();
    encodeTagged(tags, dog, List.of(), List.of(), List.of("never heard"));
    assertThat(tagWeight(MUSIC, 8)).isZero();
  }

  private static TagStates tags(Map<String, Map<String, Float>> tags) {
    return new TagStates(List.of("Bark", "Music"), ClipTags.of(tags));
  }

  private int tag(int tag, double seconds) {
    return tagged[step(seconds) * (Targets.COUNT + 2) + Targets.COUNT + tag];
  }

  private float tagWeight(int tag, double seconds) {
    return taggedWeights[step(seconds) * (Targets.COUNT + 2) + Targets.COUNT + tag];
  }

  private void encode(List<TruthEvent> events, List<TruthEvent> distractors, List<TruthEvent> any) {
    new Targets(0.03, 3, TagStates.NONE)
        .encode(scene(events, distractors, any, List.of()), targets, weights);
  }

  private void encodeTagged(
      TagStates tags,
      List<TruthEvent> events,
      List<TruthEvent> distractors,
      List<TruthEvent> any,
      List<String> background) {
    Targets all = new Targets(0.03, 3, tags);
    tagged = new byte[STEPS * all.outputs()];
    taggedWeights = new float[tagged.length];
    all.encode(scene(events, distractors, any, background), tagged, taggedWeights);
  }

  private static Soundscape scene(
      List<TruthEvent> events,
      List<TruthEvent> distractors,
      List<TruthEvent> any,
      List<String> background) {
    SceneInfo info = new SceneInfo("", "", "", "", "", "");
    return new Soundscape("s", new float[160_000], events, any, distractors, background, info);
  }

  private static int step(double seconds) {
    return (int) (seconds / 0.03);
  }

  private int target(int output, double seconds) {
    return targets[step(seconds) * Targets.COUNT + output];
  }

  private float weight(int output, double seconds) {
    return weights[step(seconds) * Targets.COUNT + output];
  }

  private static TruthEvent event(String label, double onset, double offset) {
    return new TruthEvent(label, onset, offset, 6, "made");
  }
}
