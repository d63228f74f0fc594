package org.earshot.dataset;

import java.util.List;

/** The labels of the events that the shipped model knows, in the order used everywhere. */
public final class Events {
  /** One label a head. */
  public static final List<String> LABELS =
      List.of(
          "smoke_alarm",
          "co_alarm",
          "glass_break",
          "footsteps",
          "door_close",
          "door_knock",
          "baby_cry",
          "dog_bark",
          "siren");

  private Events() {}
}
