package org.earshot.event;

import java.io.IOException;
import java.time.Instant;

/** What is said about an event, as JSON. */
final class EventCodec {
  private EventCodec() {}

  static void write(EventMessage message, JsonOutput out) throws IOException {
    out.text("id", message.id().text());
    out.text("event", message.event());
    out.choice("phase", message.phase());
    out.moment("at", message.at());
    out.moment("onset", message.onset());
    out.moment("offset", message.offset());
    out.real("posterior", message.posterior());
    out.text("microphone", message.microphone());
    out.text("mode", message.mode());
    out.whole("sensitivity", message.sensitivity());
    out.truth("clipExpected", message.clipExpected());
    out.whole("suppressedBefore", message.suppressedBefore());
    out.text("site", message.site());
    out.text("device", message.device());
    out.text("model", message.model());
  }

  static EventMessage readEvent(JsonInput in) throws IOException {
    EventId id = null;
    String event = null;
    Phase phase = null;
    Instant at = null;
    Instant onset = null;
    Instant offset = null;
    Double posterior = null;
    String microphone = null;
    String mode = null;
    Integer sensitivity = null;
    Boolean clipExpected = null;
    Integer suppressedBefore = null;
    String site = null;
    String device = null;
    String model = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "id" -> id = in.id();
        case "event" -> event = in.label();
        case "phase" -> phase = in.choice(Phase.class);
        case "at" -> at = in.moment();
        case "onset" -> onset = in.moment();
        case "offset" -> offset = in.moment();
        case "posterior" -> posterior = in.real(0, 1);
        case "microphone" -> microphone = in.text();
        case "mode" -> mode = in.label();
        case "sensitivity" -> sensitivity = in.integer(0, 100);
        case "clipExpected" -> clipExpected = in.truth();
        case "suppressedBefore" -> suppressedBefore = in.integer(0, Integer.MAX_VALUE);
        case "site" -> site = in.place();
        case "device" -> device = in.place();
        case "model" -> model = in.text();
        default -> in.skip();
      }
    }
    return new EventMessage(
        in.required("id", id),
        in.required("event", event),
        in.required("phase", phase),
        in.required("at", at),
        in.required("onset", onset),
        offset,
        in.required("posterior", posterior),
        in.required("microphone", microphone),
        in.required("mode", mode),
        in.required("sensitivity", sensitivity),
        in.required("clipExpected", clipExpected),
        in.required("suppressedBefore", suppressedBefore),
        in.required("site", site),
        in.required("device", device),
        in.required("model", model));
  }

  static void write(VerdictMessage message, JsonOutput out) throws IOException {
    out.text("id", message.id().text());
    out.text("event", message.event());
    out.choice("verdict", message.verdict());
    out.real("probability", message.probability());
    out.text("model", message.model());
    out.moment("at", message.at());
  }

  static VerdictMessage readVerdict(JsonInput in) throws IOException {
    EventId id = null;
    String event = null;
    Verdict verdict = null;
    Double probability = null;
    String model = null;
    Instant at = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "id" -> id = in.id();
        case "event" -> event = in.label();
        case "verdict" -> verdict = in.choice(Verdict.class);
        case "probability" -> probability = in.real(0, 1);
        case "model" -> model = in.text();
        case "at" -> at = in.moment();
        default -> in.skip();
      }
    }
    return new VerdictMessage(
        in.required("id", id),
        in.required("event", event),
        in.required("verdict", verdict),
        in.required("probability", probability),
        in.required("model", model),
        in.required("at", at));
  }
}
