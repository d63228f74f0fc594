package org.earshot.outbox;

/** How much depends on an item; all items of one event have the same. */
public enum Priority {
  /** Smoke and carbon monoxide: sent before everything else of its kind, dropped after it. */
  LIFE_SAFETY(0),
  /** Everything else. */
  NORMAL(1);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /** Returns what stands for it in a file. */
  int code() {
    return code;
  }
}
