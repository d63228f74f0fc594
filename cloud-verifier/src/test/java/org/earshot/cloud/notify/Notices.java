package org.earshot.cloud.notify;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.earshot.cloud.store.EventKey;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;

/** Notices and wording for tests of channels. */
final class Notices {
  static final EventId ID = new EventId("01KG8NM3F00123456789ABCDEF");
  static final EventKey KEY = new EventKey("home", ID);
  static final Instant ONSET = Instant.parse("2026-01-31T02:12:00Z");
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin"); // 03:12 there
  static final Wording WORDING =
      new Wording(Map.of(), new Home("", BERLIN), URI.create("https://earshot.example"));

  private Notices() {}

  static EventMessage message(String event, Instant offset) {
    return new EventMessage(
        ID,
        event,
        offset == null ? Phase.OPENED : Phase.ENDED,
        offset == null ? ONSET.plusSeconds(1) : offset,
        ONSET,
        offset,
        0.9,
        "kitchen",
        "away",
        50,
        true,
        0,
        "home",
        "hall",
        "2026.1");
  }

  static Notice first(String event) {
    return of(event, Stage.TOLD, 1, 0, Standing.NONE, Double.NaN);
  }

  static Notice update(String event, Standing standing, double probability) {
    return of(event, Stage.UPDATED, 2, 1, standing, probability);
  }

  static Notice withdrawal() {
    return new Notice(
        KEY,
        "x",
        Stage.WITHDRAWN,
        3,
        1,
        false,
        Standing.NONE,
        Double.NaN,
        "",
        null,
        "",
        "",
        null,
        ONSET);
  }

  static Notice of(
      String event, Stage stage, int revision, int first, Standing standing, double probability) {
    EventMessage message = message(event, null);
    return new Notice(
        KEY,
        "x",
        stage,
        revision,
        first,
        event.equals("smoke_alarm"),
        standing,
        probability,
        Double.isNaN(probability) ? "" : "verifier-3",
        message,
        WORDING.title(message),
        WORDING.text(message, standing, probability, ONSET),
        WORDING.link(KEY),
        ONSET);
  }
}
