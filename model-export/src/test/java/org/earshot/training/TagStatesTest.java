package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.training.TagStates.ABSENT;
import static org.earshot.training.TagStates.PRESENT;
import static org.earshot.training.TagStates.UNKNOWN;

import java.util.List;
import java.util.Map;
import org.earshot.dataset.ClipTags;
import org.earshot.simulation.TruthEvent;
import org.junit.jupiter.api.Test;

class TagStatesTest {
  private final TagStates states =
      new TagStates(
          List.of("Bark", "Music", "Knock"),
          ClipTags.of(
              Map.of(
                  "dog", Map.of("Bark", 0.4f, "Music", 0.39f),
                  "band", Map.of("Music", 0.8f, "Knock", 0.09f),
                  "faint", Map.of("Bark", 0.1f),
                  "nothing", Map.of())));

  @Test
  void aScoreMakesAClassPresentAbsentOrNeither() {
    assertThat(states.of(List.of("dog"))).containsExactly(PRESENT, UNKNOWN, ABSENT);
    assertThat(states.of(List.of("band"))).containsExactly(ABSENT, PRESENT, ABSENT);
    assertThat(states.of(List.of("faint"))).containsExactly(UNKNOWN, ABSENT, ABSENT);
    assertThat(states.of(List.of("nothing"))).containsExactly(ABSENT, ABSENT, ABSENT);
  }

  @Test
  void ofWhatTheTeacherDidNotHearNothingIsKnown() {
    assertThat(states.of(List.of("synthetic:wail"))).containsExactly(UNKNOWN, UNKNOWN, UNKNOWN);
  }

  @Test
  void soundsTogetherHaveWhatOneOfThemHas() {
    assertThat(states.of(List.of("dog", "band"))).containsExactly(PRESENT, PRESENT, ABSENT);
    assertThat(states.of(List.of("dog", "synthetic"))).containsExactly(PRESENT, UNKNOWN, UNKNOWN);
    assertThat(states.of(event("siren", "dog + band"))).containsExactly(PRESENT, PRESENT, ABSENT);
    assertThat(states.of(List.of())).containsExactly(ABSENT, ABSENT, ABSENT);
  }

  @Test
  void aRecordingOfAnEventNeverLacksTheEventsOwnClass() {
    assertThat(states.of(event("door_knock", "nothing"))).containsExactly(ABSENT, ABSENT, UNKNOWN);
    assertThat(states.of(event("dog_bark", "dog"))).containsExactly(PRESENT, UNKNOWN, ABSENT);
    assertThat(states.of(event("speech", "nothing"))).containsExactly(ABSENT, ABSENT, ABSENT);
  }

  private static TruthEvent event(String label, String source) {
    return new TruthEvent(label, 1, 2, 6, source);
  }
}
