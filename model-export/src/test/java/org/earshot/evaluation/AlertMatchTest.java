package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertMatchTest {

  static Occurrence event(String label, double onset, double offset) {
    return new Occurrence(label, onset, offset, 12);
  }

  static Detection alert(String label, double onset) {
    return new Detection(label, onset, onset + 1, 0.9, onset + 0.6);
  }

  @Test
  void acceptsAnOnsetHalfASecondEarlyAndTwoSecondsAfterTheEnd() {
    List<Occurrence> truth = List.of(event("siren", 10, 14));

    assertThat(AlertMatch.of(truth, List.of(), List.of(alert("siren", 9.5))).hits()).hasSize(1);
    assertThat(AlertMatch.of(truth, List.of(), List.of(alert("siren", 16.0))).hits()).hasSize(1);
    assertThat(AlertMatch.of(truth, List.of(), List.of(alert("siren", 9.49))).hits()).isEmpty();
    assertThat(AlertMatch.of(truth, List.of(), List.of(alert("siren", 16.01))).hits()).isEmpty();
  }

  @Test
  void anAlertOfAnotherClassIsFalseAndTheEventMissed() {
    AlertMatch match =
        AlertMatch.of(List.of(event("siren", 10, 14)), List.of(), List.of(alert("baby_cry", 11)));

    assertThat(match.hits()).isEmpty();
    assertThat(match.missed()).containsExactly(event("siren", 10, 14));
    assertThat(match.falseAlerts()).containsExactly(alert("baby_cry", 11));
  }

  @Test
  void moreAlertsOnTheSameEventAreNeitherRightNorFalse() {
    AlertMatch match =
        AlertMatch.of(
            List.of(event("dog_bark", 5, 8)),
            List.of(),
            List.of(alert("dog_bark", 7), alert("dog_bark", 5), alert("dog_bark", 9.5)));

    assertThat(match.hits()).hasSize(1);
    assertThat(match.hits().get(0).detection()).isEqualTo(alert("dog_bark", 5));
    assertThat(match.repeats()).containsExactly(alert("dog_bark", 7), alert("dog_bark", 9.5));
    assertThat(match.falseAlerts()).isEmpty();
  }

  @Test
  void oneAlertFindsOneOfTwoEventsWhoseWindowsOverlap() {
    AlertMatch match =
        AlertMatch.of(
            List.of(event("door_knock", 2, 3), event("door_knock", 4, 5)),
            List.of(),
            List.of(alert("door_knock", 4)));

    assertThat(match.hits()).hasSize(1);
    assertThat(match.missed()).containsExactly(event("door_knock", 4, 5));
  }

  @Test
  void twoAlertsInBothWindowsFindBothEvents() {
    AlertMatch match =
        AlertMatch.of(
            List.of(event("door_knock", 2, 3), event("door_knock", 4, 5)),
            List.of(),
            List.of(alert("door_knock", 4), alert("door_knock", 4.5)));

    assertThat(match.hits()).hasSize(2);
    assertThat(match.repeats()).isEmpty();
  }

  @Test
  void noAssignmentFindsMore() {
    long seed = 17L;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Occurrence> truth =
          random
              .doubles(1 + random.nextInt(4), 0, 12)
              .mapToObj(onset -> event("siren", onset, onset + random.nextInt(4)))
              .toList();
      List<Detection> alerts =
          random.doubles(random.nextInt(6), 0, 16).mapToObj(t -> alert("siren", t)).toList();
      assertThat(AlertMatch.of(truth, List.of(), alerts).hits())
          .as("seed %d, round %d: %s %s", seed, round, truth, alerts)
          .hasSize(mostHits(truth, alerts, 0, new boolean[alerts.size()]));
    }
  }

  private static int mostHits(
      List<Occurrence> truth, List<Detection> alerts, int at, boolean[] used) {
    if (at == truth.size()) {
      return 0;
    }
    int most = mostHits(truth, alerts, at + 1, used);
    for (int i = 0; i < used.length; i++) {
      if (!used[i] && AlertMatch.inWindow(truth.get(at), alerts.get(i).onsetSeconds())) {
        used[i] = true;
        most = Math.max(most, 1 + mostHits(truth, alerts, at + 1, used));
        used[i] = false;
      }
    }
    return most;
  }

  @Test
  void anAlertInASpanOfNoConcernIsNotFalse() {
    List<Occurrence> dontCare = List.of(event("door_close", 4, 5));

    AlertMatch match =
        AlertMatch.of(
            List.of(), dontCare, List.of(alert("door_close", 4.2), alert("door_knock", 4.2)));

    assertThat(match.falseAlerts()).containsExactly(alert("door_knock", 4.2));
    assertThat(match.hits()).isEmpty();
  }

  @Test
  void latencyRunsFromTheTrueOnsetToTheMomentOfRaising() {
    AlertMatch match =
        AlertMatch.of(
            List.of(event("siren", 10, 14)),
            List.of(),
            List.of(new Detection("siren", 10.1, 13, 0.8, 11.25)));

    assertThat(match.hits().get(0).latencySeconds()).isEqualTo(1.25);
  }

  @Test
  void refusesAnEventThatEndsBeforeItBegins() {
    assertThatThrownBy(() -> event("siren", 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("siren");
  }
}
