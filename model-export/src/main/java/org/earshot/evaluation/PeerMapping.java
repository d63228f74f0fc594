package org.earshot.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of YAMNet's classes may stand for an event, in every sensible variant.
 *
 * <p>The score of an event is the largest among a variant's classes. The variant that scores best
 * on the very streams of the comparison is taken, which favours the peer. YAMNet has no class for
 * carbon-monoxide alarms; it is given those for smoke and fire alarms there.
 */
public final class PeerMapping {

  private static final List<List<String>> ALARM =
      List.of(
          List.of("Smoke detector, smoke alarm"),
          List.of("Fire alarm"),
          List.of("Smoke detector, smoke alarm", "Fire alarm"),
          List.of("Smoke detector, smoke alarm", "Fire alarm", "Alarm"),
          List.of("Smoke detector, smoke alarm", "Fire alarm", "Beep, bleep"),
          List.of("Alarm"),
          List.of("Beep, bleep"));

  private static final Map<String, List<List<String>>> YAMNET =
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

  private PeerMapping() {}

  /** Every class that may stand for an event; none for one that YAMNet cannot know. */
  public static Set<String> classes(String event) {
    return yamnet(event).stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The variants for an event, each a list of class names; none for an event that YAMNet cannot
   * know.
   */
  static List<List<String>> yamnet(String event) {
    return YAMNET.getOrDefault(event, List.of());
  }
}
