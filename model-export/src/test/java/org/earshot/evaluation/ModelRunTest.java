package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earshot.detect.Alert;
import org.junit.jupiter.api.Test;

class ModelRunTest {

  @Test
  void alertsBelongToTheStreamInWhichTheyBegin() {
    long[] starts = {0, 16_000, 48_000};
    List<Alert> alerts =
        List.of(
            new Alert("siren", 8_000, 24_000, 9_600, 0.9f), // ends in the next
            new Alert("siren", 16_000, 17_600, 17_600, 0.8f),
            new Alert("siren", 64_000, 80_000, 65_600, 0.7f));

    List<List<Detection>> divided = ModelRun.divided(alerts, starts);

    assertThat(divided).hasSize(3);
    assertThat(divided.get(0)).containsExactly(new Detection("siren", 0.5, 1.5, 0.9f, 0.6));
    assertThat(divided.get(1)).containsExactly(new Detection("siren", 0, 0.1, 0.8f, 0.1));
    assertThat(divided.get(2)).containsExactly(new Detection("siren", 1, 2, 0.7f, 1.1));
  }
}
