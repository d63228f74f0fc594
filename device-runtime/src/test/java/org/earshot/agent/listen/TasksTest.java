package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static final int MORE_THAN_FIT = 5000;

  @Test
  void whatFindsTheQueueFullIsLostAndCountedAndTheRestIsDoneInOrder() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch disk = new CountDownLatch(1);
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    Tasks tasks = Tasks.queued();
    tasks.run(
        () -> {
          begun.countDown();
          awaitQuietly(disk);
        });
    begun.await();
    for (int i = 0; i < MORE_THAN_FIT; i++) {
      int number = i;
      tasks.run(() -> done.add(number));
    }
    long lost = tasks.lost();
    disk.countDown();
    tasks.close();
    assertThat(lost).isBetween(1L, MORE_THAN_FIT - 1L);
    assertThat(done).isEqualTo(IntStream.range(0, (int) (MORE_THAN_FIT - lost)).boxed().toList());
  }

  @Test
  void aTaskThatFailsDoesNotEndTheOthers() {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    Tasks tasks = Tasks.queued();
    tasks.run(
        () -> {
          throw new IllegalStateException("a bug, for the test");
        });
    tasks.run(() -> threads.add(Thread.currentThread()));
    tasks.close();
    assertThat(threads).singleElement().extracting(Thread::getName).isEqualTo("desk");
  }

  @Test
  void aReplayWaitsForItsTasks() {
    List<Thread> threads = new ArrayList<>();
    try (Tasks tasks = Tasks.inline()) {
      tasks.run(() -> threads.add(Thread.currentThread()));
      assertThat(threads).containsExactly(Thread.currentThread());
      assertThat(tasks.lost()).isZero();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
