package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.earshot.event.ProblemMessage;
import org.junit.jupiter.api.Test;

class DeviceProblemsTest {
  private final DeviceProblems problems =
      new DeviceProblems(Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC));

  @Test
  void eachIsToldWhenItBeginsAndWhenItEnds() {
    List<Integer> counts = new ArrayList<>();
    problems.whenChanged(message -> counts.add(message.problems().size()));
    problems.begin("device_lost", "hall", "unplugged");
    problems.begin("device_lost", "hall", "unplugged"); // nothing new
    problems.begin("disk", "outbox", "full\nof it");
    problems.end("device_lost", "hall");
    problems.end("device_lost", "hall");

    assertThat(counts).containsExactly(1, 2, 1);
    assertThat(problems.of("outbox")).containsExactly("disk: full of it");
    assertThat(problems.of("hall")).isEmpty();
  }

  /** Two microphones that are lost at once: neither message may hide the other's. */
  @Test
  void whatIsToldLastIsWhatIsSo() throws InterruptedException {
    AtomicReference<ProblemMessage> last = new AtomicReference<>();
    problems.whenChanged(last::set);
    for (int round = 0; round < 500; round++) {
      List<Thread> threads = new ArrayList<>();
      for (String microphone : List.of("hall", "kitchen", "yard")) {
        Thread thread = new Thread(() -> problems.begin("device_lost", microphone, "unplugged"));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(last.get().problems()).hasSize(3);
      List.of("hall", "kitchen", "yard").forEach(name -> problems.end("device_lost", name));
      assertThat(last.get().problems()).isEmpty();
    }
  }
}
