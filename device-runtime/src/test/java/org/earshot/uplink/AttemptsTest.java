package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.earshot.event.EventId;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.OutboxEntry;
import org.earshot.outbox.Priority;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final EventId ID = new EventId("01KG8NM3F00123456789ABCDEF");

  private final Attempts attempts =
      new Attempts(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1)));
  private final OutboxEntry entry =
      new OutboxEntry(1, ID, ItemKind.EVENT, Priority.NORMAL, "t", 10);
  private final OutboxEntry other =
      new OutboxEntry(2, ID, ItemKind.EVENT, Priority.NORMAL, "t", 10);

  @Test
  void aRefusedEntryPausesLongerEachTime() {
    assertThat(attempts.refused(entry, 0)).isEqualTo(1);
    assertThat(attempts.isPaused(entry, SECOND / 2)).isTrue();
    assertThat(attempts.isPaused(entry, 2 * SECOND)).isFalse();
    assertThat(attempts.refused(entry, 0)).isEqualTo(2);
    assertThat(attempts.refused(entry, 0)).isEqualTo(3);
    assertThat(attempts.isPaused(entry, 2 * SECOND)).isTrue();
    assertThat(attempts.nextNanos(0).orElseThrow()).isBetween(3 * SECOND, 5 * SECOND);
    assertThat(attempts.isSuspect(entry)).isTrue();
    assertThat(attempts.isSuspect(other)).isFalse();
    assertThat(attempts.isPaused(other, 0)).isFalse();
  }

  @Test
  void brokenConnectionsAloneNeverGiveAnEntryUp() {
    for (int i = 0; i < 3; i++) {
      assertThat(attempts.isSuspect(entry)).isFalse();
      attempts.lost(entry, false, 0);
      attempts.lost(other, false, 0);
    }
    assertThat(attempts.isSuspect(entry)).isTrue();
    assertThat(attempts.isPaused(entry, 0)).as("not the only one").isFalse();
    attempts.lost(entry, true, 0);
    assertThat(attempts.isPaused(entry, 0)).isTrue();
    assertThat(attempts.isPaused(entry, 61 * SECOND)).isFalse();
    assertThat(attempts.hasRefused()).isFalse();
  }

  @Test
  void whatIsGoneIsForgotten() {
    attempts.refused(entry, 0);
    attempts.refused(other, 0);
    attempts.forget(entry);
    assertThat(attempts.isPaused(entry, 0)).isFalse();
    attempts.retain(waiting -> false);
    assertThat(attempts.nextNanos(0)).isEmpty();
    assertThat(attempts.hasRefused()).isFalse();
  }
}
