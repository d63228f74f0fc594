package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.earshot.simulation.SceneInfo;
import org.junit.jupiter.api.Test;

class ConditionRowTest {
  private final Bootstrap bootstrap = new Bootstrap(50, 1);

  @Test
  void countsStreamsOfEachValueForEachDetector() {
    List<EvaluationStream> streams =
        List.of(
            stream(Map.of("background", "kitchen", "ratio", "6 dB")),
            stream(Map.of("background", "kitchen")),
            stream(Map.of("background", "music", "ratio", "12 dB")));
    List<AlertScore> ours =
        List.of(
            new AlertScore(1, 0, 0, 30), new AlertScore(0, 0, 2, 30), new AlertScore(0, 1, 0, 30));
    List<AlertScore> theirs =
        List.of(
            new AlertScore(0, 1, 0, 30), new AlertScore(0, 0, 0, 30), new AlertScore(1, 0, 0, 30));

    List<ConditionRow> rows =
        ConditionRow.of(streams, Map.of("ours", ours, "theirs", theirs), bootstrap);

    assertThat(rows)
        .extracting(row -> row.condition() + "=" + row.value() + " " + row.streams())
        .containsExactly(
            "ratio=6 dB 1", "ratio=12 dB 1", "background=kitchen 2", "background=music 1");
    ConditionRow kitchen = rows.get(2);
    assertThat(kitchen.results().get("ours").score()).isEqualTo(new AlertScore(1, 0, 2, 60));
    assertThat(kitchen.results().get("theirs").score()).isEqualTo(new AlertScore(0, 1, 0, 60));
  }

  @Test
  void addsEventsWithoutHearingTheSoundTwice() {
    List<StreamResult> results =
        List.of(
            new StreamResult(
                "a",
                30,
                List.of(AlertMatchTest.event("siren", 5, 9)),
                List.of(),
                List.of(
                    new Detection("siren", 5.1, 8, 0.9, 5.5),
                    new Detection("dog_bark", 5.1, 8, 0.9, 5.5))));

    assertThat(ConditionRow.totals(List.of("siren", "dog_bark"), event -> results))
        .containsExactly(new AlertScore(1, 0, 1, 30));
  }

  @Test
  void leavesOutWhatDoesNotApply() {
    assertThat(Conditions.of(new SceneInfo("kitchen", "6", "near", "small", "none", "")))
        .containsOnly(
            Map.entry("ratio", "6 dB"),
            Map.entry("distance", "near"),
            Map.entry("background", "kitchen"));
    assertThat(Conditions.of(new SceneInfo("room", "none", "none", "none", "washer", "")))
        .containsOnly(Map.entry("background", "room"), Map.entry("sound", "washer"));
  }

  private static EvaluationStream stream(Map<String, String> conditions) {
    return new EvaluationStream(
        "s", Path.of("/s.wav"), 30, List.of(), List.of(), List.of(), conditions);
  }
}
