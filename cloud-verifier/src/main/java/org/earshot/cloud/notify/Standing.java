package org.earshot.cloud.notify;

import java.util.Locale;
import org.earshot.cloud.store.Judgement;
import org.earshot.event.Verdict;

/** How an event stands with the second step: its verdict, or none yet. */
public enum Standing {
  /** Neither a verdict nor the deadline has come. */
  NONE,
  /** The model hears it too. */
  CONFIRMED,
  /** The model does not hear it. */
  REJECTED,
  /** The model cannot tell. */
  UNSURE,
  /** The deadline passed without a verdict. */
  UNVERIFIED;

  /** Returns where an event with this judgement stands; null: none yet. */
  public static Standing of(Judgement judgement) {
    return judgement == null ? NONE : of(judgement.verdict());
  }

  private static Standing of(Verdict verdict) {
    return switch (verdict) {
      case CONFIRMED -> CONFIRMED;
      case REJECTED -> REJECTED;
      case UNSURE -> UNSURE;
      case UNVERIFIED -> UNVERIFIED;
    };
  }

  /** Whether a model said it, with a probability. */
  boolean isOfModel() {
    return this == CONFIRMED || this == REJECTED || this == UNSURE;
  }

  /** Returns the name in messages: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
