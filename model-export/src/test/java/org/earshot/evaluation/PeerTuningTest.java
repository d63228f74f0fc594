package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTuningTest {

  private static final double[] TIMES = {0, 0.48, 0.96, 1.44, 1.92, 2.40, 2.88};

  @TempDir Path folder;

  @Test
  void joinsWindowsWithAtMostASecondBetweenThem() {
    // 0 ends at 0.975, the next begins 0.945 s later: joined. 2.88 begins before that one ends.
    List<Detection> joined =
        PeerTuning.joined("siren", TIMES, new float[] {.9f, 0, 0, 0, .5f, 0, .6f}, 0.5f, 0);

    assertThat(joined).hasSize(1);
    assertThat(joined.get(0).onsetSeconds()).isZero();
    assertThat(joined.get(0).offsetSeconds()).isCloseTo(2.88 + 0.975, within(1e-9));
    assertThat(joined.get(0).posterior()).isEqualTo(0.9f);
    assertThat(joined.get(0).raisedSeconds()).isEqualTo(0.975);
  }

  @Test
  void beginsAnotherAlertAfterALongerGap() {
    List<Detection> joined =
        PeerTuning.joined("siren", TIMES, new float[] {.9f, 0, 0, 0, 0, .5f, 0}, 0.5f, 0);

    assertThat(joined).extracting(Detection::onsetSeconds).containsExactly(0.0, 2.40);
  }

  @Test
  void takesTheMappingAndThresholdThatSuitThePeerBest() throws IOException {
    // "Dog" is fooled by the empty stream, "Bark" is not; 0.3 finds both events, 0.2 adds a false
    // alert.
    PeerScores scores =
        scores(
            "filename\ttime\tDog\tBark",
            "/a.wav\t4.80\t0.9\t0.6",
            "/b.wav\t9.60\t0.9\t0.3",
            "/c.wav\t9.60\t0.9\t0.2");
    List<EvaluationStream> streams =
        List.of(
            stream("a", event("dog_bark", 5, 6)),
            stream("b", event("dog_bark", 10, 11)),
            stream("c"));

    PeerTuning.Choice choice = new PeerTuning(scores, streams).best("dog_bark");

    assertThat(choice.classes()).containsExactly("Bark");
    assertThat(choice.threshold()).isEqualTo(0.3f);
    assertThat(choice.score()).isEqualTo(new AlertScore(2, 0, 0, 90));
    assertThat(new PeerTuning(scores, streams).peaks(choice)).containsExactly(0.6f, 0.3f, 0.2f);
  }

  @Test
  void keepsToAThresholdThatItIsGiven() throws IOException {
    PeerScores scores =
        scores("filename\ttime\tDog\tBark", "/a.wav\t4.80\t0.9\t0.6", "/b.wav\t9.60\t0.1\t0.1");
    List<EvaluationStream> streams = List.of(stream("a", event("dog_bark", 5, 6)), stream("b"));

    PeerTuning.Choice choice = new PeerTuning(scores, streams).at("dog_bark", 0.8f);

    assertThat(choice.threshold()).isEqualTo(0.8f);
    assertThat(choice.classes()).containsExactly("Dog");
    assertThat(choice.score()).isEqualTo(new AlertScore(1, 0, 0, 60));
  }

  @Test
  void placesTheOnsetInTheMiddleOfTheWindowWhenThatHelps() throws IOException {
    // The window starts 0.6 s before the event, which is too early; its middle is not.
    PeerScores scores = scores("filename\ttime\tSiren", "/a.wav\t4.80\t0.9");

    PeerTuning.Choice choice =
        new PeerTuning(scores, List.of(stream("a", event("siren", 5.4, 9)))).best("siren");

    assertThat(choice.onsetLagSeconds()).isEqualTo(0.4875);
    assertThat(choice.score().f1()).isEqualTo(1);
  }

  @Test
  void whereThereIsNothingToFindThePeerIsSilent() throws IOException {
    PeerScores scores = scores("filename\ttime\tSiren", "/a.wav\t4.80\t0.9");

    PeerTuning tuning = new PeerTuning(scores, List.of(stream("a")));

    assertThat(tuning.best("siren").score()).isEqualTo(new AlertScore(0, 0, 0, 30));
    assertThat(tuning.at("siren", 0.8f).score()).isEqualTo(new AlertScore(0, 0, 1, 30));
  }

  @Test
  void anEventThatThePeerCannotKnowIsMissedEverywhere() throws IOException {
    PeerScores scores = scores("filename\ttime\tSiren", "/a.wav\t4.80\t0.9");

    PeerTuning.Choice choice =
        new PeerTuning(scores, List.of(stream("a", event("teapot", 5, 9)))).best("teapot");

    assertThat(choice.score()).isEqualTo(new AlertScore(0, 1, 0, 30));
  }

  @Test
  void refusesATableOfAnotherKind() {
    assertThatThrownBy(() -> scores("filename\tonset\toffset\tevent_label"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected the columns");
  }

  private PeerScores scores(String... lines) throws IOException {
    return PeerScores.read(
        Files.writeString(folder.resolve("scores.tsv"), String.join("\n", lines) + "\n"));
  }

  private static EvaluationStream stream(String name, Occurrence... truth) {
    return new EvaluationStream(
        name, Path.of("/" + name + ".wav"), 30, List.of(truth), List.of(), List.of(), Map.of());
  }
}
