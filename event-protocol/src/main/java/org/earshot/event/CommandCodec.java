package org.earshot.event;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Commands as JSON: the field {@code command} says which, and which other fields it needs. */
final class CommandCodec {
  private CommandCodec() {}

  static void write(CommandMessage message, JsonOutput out) throws IOException {
    // a pattern switch would need Java 21
    if (message instanceof CommandMessage.SetMode c) {
      out.text("command", "set_mode");
      out.text("mode", c.mode());
    } else if (message instanceof CommandMessage.SelectEvents c) {
      out.text("command", "select_events");
      out.text("mode", c.mode());
      out.texts("events", c.sorted());
    } else if (message instanceof CommandMessage.SetSensitivity c) {
      out.text("command", "set_sensitivity");
      out.text("event", c.event());
      out.whole("value", c.value());
    } else if (message instanceof CommandMessage.SoundSiren c) {
      out.text("command", "siren");
      out.truth("on", c.on());
      out.whole("seconds", c.seconds());
    } else if (message instanceof CommandMessage.ListenLive c) {
      out.text("command", "listen_live");
      out.truth("on", c.on());
      out.whole("seconds", c.seconds());
      out.text("who", c.who());
    } else if (message instanceof CommandMessage.DeleteClip c) {
      out.text("command", "delete_clip");
      out.text("id", c.id().text());
    } else if (message instanceof CommandMessage.RemoveHead c) {
      out.text("command", "remove_head");
      out.text("event", c.event());
    } else if (message instanceof CommandMessage.RollBackHead c) {
      out.text("command", "roll_back_head");
      out.text("event", c.event());
    } else if (message instanceof CommandMessage.Reload) {
      out.text("command", "reload");
    } else {
      throw new IllegalArgumentException("no such command: " + message);
    }
  }

  static CommandMessage read(JsonInput in) throws IOException {
    String command = null;
    String mode = null;
    List<String> events = null;
    String event = null;
    Integer value = null;
    Boolean on = null;
    int seconds = 0;
    String who = null;
    EventId id = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "command" -> command = in.label();
        case "mode" -> mode = in.label();
        case "events" -> events = in.list(StateMessage.MAX_EVENTS, JsonInput::label);
        case "event" -> event = in.label();
        case "value" -> value = in.integer(0, 100);
        case "on" -> on = in.truth();
        case "seconds" -> seconds = in.integer(0, Checks.MAX_SECONDS);
        case "who" -> who = in.text();
        case "id" -> id = in.id();
        default -> in.skip();
      }
    }
    return switch (in.required("command", command)) {
      case "set_mode" -> new CommandMessage.SetMode(in.required("mode", mode));
      case "select_events" ->
          new CommandMessage.SelectEvents(
              in.required("mode", mode), Set.copyOf(in.required("events", events)));
      case "set_sensitivity" ->
          new CommandMessage.SetSensitivity(
              in.required("event", event), in.required("value", value));
      case "siren" -> new CommandMessage.SoundSiren(in.required("on", on), seconds);
      case "listen_live" ->
          new CommandMessage.ListenLive(in.required("on", on), seconds, in.required("who", who));
      case "delete_clip" -> new CommandMessage.DeleteClip(in.required("id", id));
      case "remove_head" -> new CommandMessage.RemoveHead(in.required("event", event));
      case "roll_back_head" -> new CommandMessage.RollBackHead(in.required("event", event));
      case "reload" -> new CommandMessage.Reload();
      default -> throw in.malformed("there is no command '" + command + "'");
    };
  }
}
