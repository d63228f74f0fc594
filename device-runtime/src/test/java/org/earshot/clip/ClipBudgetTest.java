package org.earshot.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClipBudgetTest {
  private static final long MINUTE = 60_000;

  private final ClipBudget budget = new ClipBudget(Duration.ofSeconds(30), 3);

  @Test
  void cooldownRefusesTheNextClipOfTheSameEventOnly() {
    assertThat(budget.admit("dog_bark", 0)).isTrue();
    assertThat(budget.admit("dog_bark", 29_999)).isFalse();
    assertThat(budget.admit("door_knock", 29_999)).isTrue();
    assertThat(budget.admit("dog_bark", 30_000)).isTrue();
  }

  @Test
  void noHourHasMoreThanItsShare() {
    assertThat(budget.admit("dog_bark", 0)).isTrue();
    assertThat(budget.admit("dog_bark", 10 * MINUTE)).isTrue();
    assertThat(budget.admit("dog_bark", 20 * MINUTE)).isTrue();
    assertThat(budget.admit("dog_bark", 60 * MINUTE - 1)).isFalse();
    assertThat(budget.admit("dog_bark", 60 * MINUTE)).isTrue();
    assertThat(budget.admit("dog_bark", 61 * MINUTE)).isFalse();
  }

  @Test
  void theCountOfTheRefusedIsHandedOutOnce() {
    for (int i = 0; i < 5; i++) {
      budget.admit("dog_bark", i);
    }
    assertThat(budget.takeSuppressed("door_knock")).isZero();
    assertThat(budget.takeSuppressed("dog_bark")).isEqualTo(4);
    assertThat(budget.takeSuppressed("dog_bark")).isZero();
  }

  @Test
  void aClockThatStepsBackSilencesNoEventForLongerThanTheBudget() {
    long late = 1_000_000 * MINUTE;
    assertThat(budget.admit("dog_bark", late)).isTrue();
    assertThat(budget.admit("dog_bark", 0)).isFalse(); // counts as admitted at 0
    assertThat(budget.admit("dog_bark", 30_000)).isTrue();
  }

  @Test
  void noWindowOfAnHourEverHoldsMore() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ClipBudget tight = new ClipBudget(Duration.ofSeconds(20), 7);
    Deque<Long> admitted = new ArrayDeque<>();
    long now = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(90_000);
      if (tight.admit("siren", now)) {
        long before = admitted.isEmpty() ? Long.MIN_VALUE / 2 : admitted.getLast();
        assertThat(now - before).as("seed %d", seed).isGreaterThanOrEqualTo(20_000);
        admitted.addLast(now);
        if (admitted.size() > 7) {
          assertThat(now - admitted.removeFirst())
              .as("seed %d", seed)
              .isGreaterThanOrEqualTo(60 * MINUTE);
        }
      } else {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThat(tight.takeSuppressed("siren")).isEqualTo(refused);
  }

  @Test
  void refusesABudgetThatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipBudget(Duration.ofSeconds(-1), 3))
        .withMessage("a cooldown of PT-1S, wanted 0 to 1 h");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipBudget(Duration.ofMinutes(61), 3))
        .withMessage("a cooldown of PT1H1M, wanted 0 to 1 h");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipBudget(Duration.ZERO, 0))
        .withMessage("0 clips an hour, wanted 1 to 1000");
  }
}
