package org.earshot.outbox;

/** What an item of the outbox is. */
public enum ItemKind {
  /** A message about an event: small, goes first. */
  EVENT(0),
  /** The sound of an event: large, follows its messages. */
  CLIP(1);

  private final int code;

  ItemKind(int code) {
    this.code = code;
  }

  /** Returns what stands for it in a file. */
  int code() {
    return code;
  }
}
