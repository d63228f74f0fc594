package org.earshot.uplink;

import java.util.function.BooleanSupplier;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.OutboxEntry;

/** Counts what became of messages and clips, and tells what is wrong. On the uplink's thread. */
final class Deliveries implements Lane.Results {
  private final Tally tally;
  private final Problems problems;
  private final BooleanSupplier stillRefused;
  private final boolean messagesWait;

  /**
   * Prepares to count.
   *
   * @param stillRefused whether the broker refuses something that was not given up
   * @param messagesWait whether messages that nobody hears wait, so that it is a problem
   */
  Deliveries(Tally tally, Problems problems, BooleanSupplier stillRefused, boolean messagesWait) {
    this.tally = tally;
    this.problems = problems;
    this.stillRefused = stillRefused;
    this.messagesWait = messagesWait;
  }

  @Override
  public void delivered(OutboxEntry entry) {
    (entry.kind() == ItemKind.EVENT ? tally.events : tally.clips).incrementAndGet();
    if (entry.kind() == ItemKind.EVENT) {
      problems.end(UplinkProblem.UNHEARD);
    }
    if (!stillRefused.getAsBoolean()) {
      problems.end(UplinkProblem.ITEMS_REFUSED);
    }
  }

  @Override
  public void unheard(OutboxEntry entry, String reason, boolean givenUp) {
    if (givenUp) {
      tally.unheard.incrementAndGet();
    }
    if (entry.kind() == ItemKind.EVENT && messagesWait) {
      problems.begin(
          UplinkProblem.UNHEARD,
          reason
              + ": messages wait; start the cloud side, check its access rules, or set"
              + " unheard_minutes = 0 where there is none");
    }
  }

  @Override
  public void refused(OutboxEntry entry, String reason, boolean givenUp) {
    tally.refusals.incrementAndGet();
    if (givenUp) {
      tally.setAside.incrementAndGet();
    }
    if (!givenUp && problems.lasts(UplinkProblem.ITEMS_REFUSED)) {
      return; // told once, and again for each that is given up
    }
    String what = entry.kind() == ItemKind.EVENT ? "message" : "clip";
    problems.begin(
        UplinkProblem.ITEMS_REFUSED,
        "the broker refused the "
            + what
            + " of event "
            + entry.id()
            + " ("
            + entry.payloadBytes()
            + " bytes): "
            + reason
            + (givenUp ? "; it was set aside" : "; it is offered again")
            + "; check the broker's limits and access rules");
  }
}
