package org.earshot.yamnet;

import java.util.List;
import java.util.Map;

/**
 * Which of YAMNet's classes may stand for an event, in every sensible variant.
 *
 * <p>The score of an event is the largest among a variant's classes. YAMNet has no class for
 * carbon-monoxide alarms; it is given those for smoke and fire alarms there.
 */
public final class YamnetEvents {
  private static final List<List<String>> ALARM =
      List.of(
          List.of("Smoke detector, smoke alarm"),
          List.of("Fire alarm"),
          List.of("Smoke detector, smoke alarm", "Fire alarm"),
          List.of("Smoke detector, smoke alarm", "Fire alarm", "Alarm"),
          List.of("Smoke detector, smoke alarm", "Fire alarm", "Beep, bleep"),
          List.of("Alarm"),
          List.of("Beep, bleep"));

  private static final Map<String, List<List<String>>> VARIANTS =
      Map.of(
          "smoke_alarm", ALARM,
          "co_alarm", ALARM,
          "glass_break",
              List.of(
                  List.of("Glass"),
                  List.of("Shatter"),
                  List.of("Breaking"),
                  List.of("Glass", "Shatter"),
                  List.of("Shatter", "Breaking"),
                  List.of("Glass", "Shatter", "Breaking"),
                  List.of("Glass", "Shatter", "Breaking", "Smash, crash"),
                  List.of("Glass", "Shatter", "Breaking", "Chink, clink")),
          "footsteps", List.of(List.of("Walk, footsteps")),
          "door_close",
              List.of(
                  List.of("Door"),
                  List.of("Slam"),
                  List.of("Door", "Slam"),
                  List.of("Door", "Slam", "Sliding door"),
                  List.of("Door", "Slam", "Thump, thud"),
                  List.of("Thump, thud")),
          "door_knock",
              List.of(List.of("Knock"), List.of("Knock", "Tap"), List.of("Knock", "Door")),
          "baby_cry",
              List.of(
                  List.of("Baby cry, infant cry"),
                  List.of("Crying, sobbing"),
                  List.of("Baby cry, infant cry", "Crying, sobbing"),
                  List.of("Baby cry, infant cry", "Crying, sobbing", "Whimper")),
          "dog_bark",
              List.of(
                  List.of("Bark"),
                  List.of("Dog"),
                  List.of("Bark", "Dog"),
                  List.of("Bark", "Dog", "Bow-wow", "Yip")),
          "siren",
              List.of(
                  List.of("Siren"),
                  List.of("Civil defense siren"),
                  List.of("Siren", "Civil defense siren"),
                  List.of(
                      "Siren",
                      "Police car (siren)",
                      "Ambulance (siren)",
                      "Fire engine, fire truck (siren)"),
                  List.of(
                      "Siren",
                      "Civil defense siren",
                      "Police car (siren)",
                      "Ambulance (siren)",
                      "Fire engine, fire truck (siren)")));

  /** Which variant serves without a comparison: the event's own classes, not their neighbours. */
  private static final Map<String, Integer> USUAL =
      Map.of(
          "smoke_alarm", 2,
          "co_alarm", 2,
          "glass_break", 5,
          "footsteps", 0,
          "door_close", 2,
          "door_knock", 0,
          "baby_cry", 2,
          "dog_bark", 2,
          "siren", 4);

  private YamnetEvents() {}

  /**
   * Returns the variant for use without a comparison; none for an event that YAMNet cannot know.
   */
  public static List<String> usual(String event) {
    Integer variant = USUAL.get(event);
    return variant == null ? List.of() : variants(event).get(variant);
  }

  /**
   * Returns the variants for an event, each a list of {@link YamnetClass#displayName() names}; none
   * for an event that YAMNet cannot know.
   */
  public static List<List<String>> variants(String event) {
    return VARIANTS.getOrDefault(event, List.of());
  }
}
