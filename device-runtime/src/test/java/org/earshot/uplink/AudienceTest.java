package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.earshot.event.EventId;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.OutboxEntry;
import org.earshot.outbox.Priority;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final EventId ID = new EventId("01KG8NM3F00123456789ABCDEF");

  private final Audience audience =
      new Audience(
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new Random(1)),
          Duration.ofSeconds(60),
          Duration.ofSeconds(600));
  private final OutboxEntry first = entry(1, Priority.NORMAL);
  private final OutboxEntry second = entry(2, Priority.NORMAL);
  private final OutboxEntry smoke = entry(3, Priority.LIFE_SAFETY);

  private static OutboxEntry entry(long sequence, Priority priority) {
    return new OutboxEntry(sequence, ID, ItemKind.EVENT, priority, "t", 10);
  }

  @Test
  void isTakenToBeThereUntilNobodyHears() {
    assertThat(audience.isMissing()).isFalse();
    assertThat(audience.mayOffer(first, true, 0)).isTrue();
    assertThat(audience.nextNanos(0)).isEmpty();
    assertThat(audience.unheard(first, 0)).isFalse();
    assertThat(audience.isMissing()).isTrue();
    assertThat(audience.mayOffer(first, false, SECOND / 2)).isFalse();
    assertThat(audience.nextNanos(0).orElseThrow()).isPositive();
  }

  @Test
  void offersOneAtATimeAfterAPauseThatGrows() {
    audience.unheard(first, 0);
    audience.unheard(second, 0); // it flew beside the first: the same miss
    assertThat(audience.mayOffer(first, false, 2 * SECOND)).isTrue();
    assertThat(audience.mayOffer(second, true, 2 * SECOND)).as("the first flies").isFalse();
    for (int miss = 1; miss < 8; miss++) {
      audience.unheard(first, 20L * miss * SECOND);
    }
    assertThat(audience.nextNanos(140 * SECOND).orElseThrow()).isGreaterThan(7 * SECOND);
    audience.heard(first);
    assertThat(audience.mayOffer(second, true, 140 * SECOND)).as("somebody listens").isTrue();
  }

  @Test
  void offersAtOnceWhatIsNewAndEverythingOnANewConnection() {
    audience.unheard(first, 0);
    assertThat(audience.mayOffer(smoke, true, 0)).as("never offered yet").isTrue();
    assertThat(audience.mayOffer(first, false, 0)).isFalse();
    audience.connected(0);
    assertThat(audience.mayOffer(first, false, 0)).isTrue();
  }

  @Test
  void patienceRunsFromTheFirstMissAcrossConnectionsAndLongerForLifeSafety() {
    audience.unheard(first, 0);
    audience.unheard(smoke, 0);
    audience.connected(30 * SECOND);
    assertThat(audience.unheard(first, 59 * SECOND)).isFalse();
    assertThat(audience.unheard(smoke, 61 * SECOND)).isFalse();
    assertThat(audience.unheard(first, 61 * SECOND)).isTrue();
    assertThat(audience.unheard(smoke, 601 * SECOND)).isTrue();
    assertThat(audience.unheard(first, 602 * SECOND)).as("forgotten, so new again").isFalse();
  }

  @Test
  void forgetsWhatWaitsNoMore() {
    audience.unheard(first, 0);
    audience.retain(entry -> false);
    assertThat(audience.unheard(first, 61 * SECOND)).isFalse();
  }
}
