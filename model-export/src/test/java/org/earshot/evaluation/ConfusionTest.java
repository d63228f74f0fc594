package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.evaluation.AlertMatchTest.alert;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {

  private static final List<String> LABELS = List.of("siren", "dog_bark");

  @Test
  void countsEveryClassThatAlertedOnAnEventOnce() {
    int[][] counts =
        counts(
            List.of(event("siren", 5, 8)),
            List.of(alert("siren", 5), alert("siren", 6), alert("dog_bark", 6)));

    assertThat(counts).isDeepEqualTo(new int[][] {{1, 1, 0}, {0, 0, 0}, {0, 0, 0}});
  }

  @Test
  void anEventWithoutAlertIsNoneAndAnAlertWithoutEventTheRowNone() {
    int[][] counts = counts(List.of(event("siren", 5, 8)), List.of(alert("dog_bark", 20)));

    assertThat(counts).isDeepEqualTo(new int[][] {{0, 0, 1}, {0, 0, 0}, {0, 1, 0}});
  }

  @Test
  void aRightAlertSaysNothingAboutAnotherEventThatOverlaps() {
    int[][] counts =
        counts(
            List.of(event("siren", 5, 8), event("dog_bark", 6, 7)), List.of(alert("dog_bark", 6)));

    assertThat(counts).isDeepEqualTo(new int[][] {{0, 0, 1}, {0, 1, 0}, {0, 0, 0}});
  }

  private static int[][] counts(List<Occurrence> truth, List<Detection> detections) {
    return Confusion.of(LABELS, List.of(new StreamResult("a", 30, truth, List.of(), detections)))
        .counts();
  }
}
