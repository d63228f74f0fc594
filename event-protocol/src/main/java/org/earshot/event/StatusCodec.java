package org.earshot.event;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What a device says about itself, as JSON. */
final class StatusCodec {
  private StatusCodec() {}

  static void write(StateMessage message, JsonOutput out) throws IOException {
    out.text("state", message.online() ? "online" : "offline");
    out.moment("at", message.at());
    out.text("version", message.version());
    out.text("model", message.model());
    out.text("mode", message.mode());
    out.text("panel", message.panel());
    out.texts("microphones", message.microphones());
    out.texts("events", message.events());
    if (!message.heads().isEmpty()) {
      out.objects(
          "heads",
          message.heads().stream().<JsonOutput.Body>map(h -> inner -> write(h, inner)).toList());
    }
    StateMessage.Live live = message.live();
    if (live != null) {
      out.object(
          "live",
          inner -> {
            inner.text("who", live.who());
            inner.moment("until", live.until());
          });
    }
  }

  private static void write(StateMessage.Head head, JsonOutput out) throws IOException {
    out.text("event", head.event());
    out.whole("version", head.version());
  }

  private static StateMessage.Head readHead(JsonInput in) throws IOException {
    String event = null;
    Integer version = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "event" -> event = in.label();
        case "version" -> version = in.integer(1, Integer.MAX_VALUE);
        default -> in.skip();
      }
    }
    return new StateMessage.Head(in.required("event", event), in.required("version", version));
  }

  static StateMessage readState(JsonInput in) throws IOException {
    Presence presence = null;
    Instant at = null;
    String version = null;
    String model = null;
    String mode = null;
    String panel = null;
    List<String> microphones = List.of();
    List<String> events = List.of();
    List<StateMessage.Head> heads = List.of();
    StateMessage.Live live = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "state" -> presence = in.choice(Presence.class);
        case "at" -> at = in.moment();
        case "version" -> version = in.text();
        case "model" -> model = in.text();
        case "mode" -> mode = in.label();
        case "panel" -> panel = in.label();
        case "microphones" -> microphones = in.list(StateMessage.MAX_MICROPHONES, JsonInput::text);
        case "events" -> events = in.list(StateMessage.MAX_EVENTS, JsonInput::label);
        case "heads" ->
            heads = in.list(StateMessage.MAX_EVENTS, list -> list.object(StatusCodec::readHead));
        case "live" -> live = in.object(StatusCodec::readLive);
        default -> in.skip();
      }
    }
    boolean online = in.required("state", presence) == Presence.ONLINE;
    return new StateMessage(
        online, at, version, model, mode, panel, microphones, events, heads, live);
  }

  private enum Presence {
    ONLINE,
    OFFLINE
  }

  private static StateMessage.Live readLive(JsonInput in) throws IOException {
    String who = null;
    Instant until = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "who" -> who = in.text();
        case "until" -> until = in.moment();
        default -> in.skip();
      }
    }
    return new StateMessage.Live(in.required("who", who), in.required("until", until));
  }

  static void write(ProblemMessage message, JsonOutput out) throws IOException {
    out.text("problem", message.problems().isEmpty() ? "OFF" : "ON");
    out.moment("at", message.at());
    out.objects(
        "problems",
        message.problems().stream().<JsonOutput.Body>map(p -> inner -> write(p, inner)).toList());
  }

  private static void write(ProblemMessage.Problem problem, JsonOutput out) throws IOException {
    out.text("kind", problem.kind());
    out.text("source", problem.source());
    out.text("detail", problem.detail());
    out.moment("since", problem.since());
  }

  static ProblemMessage readProblems(JsonInput in) throws IOException {
    Instant at = null;
    List<ProblemMessage.Problem> problems = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "at" -> at = in.moment();
        case "problems" ->
            problems =
                in.list(ProblemMessage.MAX_PROBLEMS, list -> list.object(StatusCodec::readProblem));
        default -> in.skip(); // "problem" repeats for Home Assistant whether the list is empty
      }
    }
    return new ProblemMessage(in.required("at", at), in.required("problems", problems));
  }

  private static ProblemMessage.Problem readProblem(JsonInput in) throws IOException {
    String kind = null;
    String source = null;
    String detail = null;
    Instant since = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "kind" -> kind = in.label();
        case "source" -> source = in.text();
        case "detail" -> detail = in.text();
        case "since" -> since = in.moment();
        default -> in.skip();
      }
    }
    return new ProblemMessage.Problem(
        in.required("kind", kind),
        in.required("source", source),
        in.required("detail", detail),
        in.required("since", since));
  }
}
