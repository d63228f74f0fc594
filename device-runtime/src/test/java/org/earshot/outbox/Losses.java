package org.earshot.outbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps what an outbox told. */
public final class Losses implements OutboxListener {
  final List<OutboxEntry> dropped = Collections.synchronizedList(new ArrayList<>());
  final List<String> reasons = Collections.synchronizedList(new ArrayList<>());
  final List<String> damaged = Collections.synchronizedList(new ArrayList<>());
  final List<OutboxEntry> setAside = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void dropped(OutboxEntry entry, String reason) {
    dropped.add(entry);
    reasons.add(reason);
  }

  @Override
  public void damaged(String file, String reason) {
    damaged.add(file + ": " + reason);
  }

  @Override
  public void setAside(OutboxEntry entry, String reason) {
    setAside.add(entry);
    reasons.add(reason);
  }

  /** Returns how many items were set aside. */
  public int setAsideCount() {
    return setAside.size();
  }

  /** Returns the reasons of all that was told. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }
}
