package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earshot.model.HeadModel;
import org.earshot.model.ModelFile;
import org.earshot.model.OperatingCurve;
import org.earshot.model.OperatingCurve.Point;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsCommandTest {
  @TempDir Path folder;

  /** Two days of negatives, 40 events. */
  private static OperatingCurve curve() {
    return new OperatingCurve(
        48,
        40,
        List.of(
            new Point(0, 4, 0, 40),
            new Point(25, 1, 0, 10),
            new Point(50, 0, 8, 5),
            new Point(75, -1, 83, 2),
            new Point(100, -2, 790, 0)));
  }

  /** A smoke alarm with a curve, a siren without, a dog with a curve without events. */
  private void model() throws IOException {
    SoundModel plain = TestModels.random(1, 4, "smoke_alarm", "siren", "dog_bark");
    List<HeadModel> heads = new ArrayList<>(plain.heads());
    assertThat(plain.events()).containsExactly("smoke_alarm", "dog_bark", "siren");
    heads.set(0, heads.get(0).with(curve()));
    List<Point> points =
        List.of(new Point(0, 1, 0, 0), new Point(50, 0, 1, 0), new Point(100, -1, 2, 0));
    heads.set(1, heads.get(1).with(new OperatingCurve(24, 0, points)));
    ModelFile.write(new SoundModel(plain.base(), heads), folder);
  }

  private Run list(String... options) {
    List<String> arguments = new ArrayList<>(List.of("heads", "list", "--models", folder + ""));
    arguments.addAll(List.of(options));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void listsFalseAlertsADayMissesAndHoursOfEveryEvent() throws IOException {
    model();
    Run run = list();
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).isEmpty();
    assertThat(run.outLines())
        .containsExactly(
            "                      false alerts a day at        missed, % at           hours of",
            "event        version         25       50       75       25     50     75  negatives",
            "smoke_alarm        1     < 1.50     4.00     41.5     25.0   12.5    5.0       48.0",
            "dog_bark           1       1.00     1.00     2.00        -      -      -       24.0",
            "siren              1  no operating curve: a point of sensitivity is 0.08 logits");
  }

  @Test
  void theTableForScriptsHasALineForEveryEventAndSensitivity() throws IOException {
    model();
    Run run = list("--format", "tsv");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines())
        .containsExactly(
            "event_label\tversion\tsensitivity\tfalse_alerts_per_day\tmissed_percent"
                + "\tnegative_hours\tevents",
            "smoke_alarm\t1\t25\t<1.50\t25.0\t48.0\t40",
            "smoke_alarm\t1\t50\t4.00\t12.5\t48.0\t40",
            "smoke_alarm\t1\t75\t41.5\t5.0\t48.0\t40",
            "dog_bark\t1\t25\t1.00\t\t24.0\t0",
            "dog_bark\t1\t50\t1.00\t\t24.0\t0",
            "dog_bark\t1\t75\t2.00\t\t24.0\t0",
            "siren\t1\t25\t\t\t\t",
            "siren\t1\t50\t\t\t\t",
            "siren\t1\t75\t\t\t\t");
  }

  @Test
  void explainsItselfAndItsGroup() {
    assertThat(Run.of("heads", "--help").out()).contains("Usage: earshot heads", "list");
    assertThat(Run.of("heads", "list", "--help").out()).contains("--models=DIR", "--format");
    assertThat(Run.of("--help").out()).contains("heads");
  }

  @Test
  void wrongUsageIsCode2AndSaysWhatThereIs() {
    assertThat(Run.of("heads").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Run.of("heads").errLines()).singleElement().asString().contains("list");
    assertThat(Run.of("heads", "lisst").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(list("--format", "xml").code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(list("siren").code()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void aMissingModelIsOneLineAndCode1() {
    Run run = list();
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).singleElement().asString().contains("--models");
    assertThat(run.out()).isEmpty();
  }
}
