package org.earshot.cloud.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.verify.DeadlineRules;
import org.earshot.event.EventMessage;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final AtomicLong nanos = new AtomicLong(-5);

  @Test
  void aBucketIsUsedUpAndFillsAgainWithTime() {
    RateLimits limits = new RateLimits(3, 60, 10, nanos::get);
    assertThat(taken(limits, 4)).isEqualTo(3);
    assertThat(limits.take("b")).isTrue();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(limits.take("a")).isTrue();
    assertThat(limits.take("a")).isFalse();
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(taken(limits, 4)).isEqualTo(3);
  }

  private static int taken(RateLimits limits, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += limits.take("a") ? 1 : 0;
    }
    return taken;
  }

  @Test
  void remembersABoundedNumberOfNamesAndForgetsTheOldestUse() {
    RateLimits limits = new RateLimits(1, 1, 100, nanos::get);
    assertThat(limits.take("busy")).isTrue();
    for (int i = 0; i < 10_000; i++) {
      assertThat(limits.take("name" + i)).isTrue();
      assertThat(limits.take("busy")).isFalse();
    }
    assertThat(limits.names()).isEqualTo(100);
    assertThat(limits.take("name0")).isTrue();
  }

  @Test
  void deadlinesAreByClassOfEventAndAtOnceWithoutAClip() {
    DeadlineRules rules = DeadlineRules.usual();
    Instant now = Samples.NOW;
    EventMessage smoke = Samples.opened(Samples.id(), "smoke_alarm");
    EventMessage dog = Samples.opened(Samples.id(), "dog_bark");
    assertThat(rules.deadline(smoke, now)).isEqualTo(now.plusSeconds(10));
    assertThat(rules.deadline(dog, now)).isEqualTo(now.plusSeconds(30));
    assertThat(rules.deadline(Samples.withoutClip(dog), now)).isEqualTo(now);
  }

  @Test
  void settingsSayWhatIsWanted() {
    assertThatThrownBy(() -> new IngestLimits(1, Duration.ofSeconds(60), 1, 1, 1, 1, 100))
        .hasMessageContaining("clipBytes 1, wanted 1024 to");
    assertThat(IngestSettings.usual().retryAfter(1)).hasMillis(100);
    assertThat(IngestSettings.usual().retryAfter(4)).hasMillis(800);
    assertThat(IngestSettings.usual().retryAfter(99)).hasSeconds(10);
  }
}
