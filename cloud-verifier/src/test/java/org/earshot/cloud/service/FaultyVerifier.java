package org.earshot.cloud.service;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.earshot.cloud.store.ModelScore;
import org.earshot.cloud.verify.Opinion;
import org.earshot.cloud.verify.Verifier;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;

/** Confirms everything, when it works: it can hang or fail for as long as a test wants. */
final class FaultyVerifier implements Verifier {
  /** How it is. */
  enum State {
    WELL,
    HANGS,
    FAILS
  }

  private static final String NAME = "verifier-of-the-tests";

  private final CountDownLatch end = new CountDownLatch(1);
  private volatile State state = State.WELL;

  void set(State state) {
    this.state = state;
  }

  /** Lets go what hangs. */
  void end() {
    end.countDown();
  }

  @Override
  public String model() {
    return NAME;
  }

  @Override
  public Opinion judge(float[] samples, EventMessage event) {
    if (state == State.FAILS) {
      throw new IllegalStateException("out of order");
    }
    if (state == State.HANGS) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new Opinion(Verdict.CONFIRMED, 0.97, List.of(new ModelScore(NAME, event.event(), 0.97)));
  }
}
