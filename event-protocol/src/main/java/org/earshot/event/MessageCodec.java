package org.earshot.event;

/**
 * Between messages and JSON (docs/event-protocol.md).
 *
 * <p>Every message is one JSON object in UTF-8 of at most {@link #MAX_BYTES} bytes whose field
 * {@code v} is {@link #VERSION}. Reading ignores fields that it does not know, takes null for
 * absent, and names a field that is missing, of a wrong type or out of bounds. What a message may
 * hold is bounded, so that no sender can make a reader use much memory: a text has at most 256
 * characters, lists have bounds of their own. Writing never exceeds what reading accepts. All
 * methods are pure and thread-safe.
 */
public final class MessageCodec {
  /** Version of the schema; it changes when an old reader would misunderstand a message. */
  public static final int VERSION = 1;

  /** Bound of a message. */
  public static final int MAX_BYTES = 64 * 1024;

  private MessageCodec() {}

  /** Returns the message as JSON. */
  public static byte[] toJson(EventMessage message) {
    return JsonOutput.message(out -> EventCodec.write(message, out));
  }

  /** Returns the message as JSON. */
  public static byte[] toJson(VerdictMessage message) {
    return JsonOutput.message(out -> EventCodec.write(message, out));
  }

  /** Returns the message as JSON. */
  public static byte[] toJson(StateMessage message) {
    return JsonOutput.message(out -> StatusCodec.write(message, out));
  }

  /** Returns the message as JSON. */
  public static byte[] toJson(ProblemMessage message) {
    return JsonOutput.message(out -> StatusCodec.write(message, out));
  }

  /** Returns the message as JSON. */
  public static byte[] toJson(HealthMessage message) {
    return JsonOutput.message(out -> HealthCodec.write(message, out));
  }

  /** Returns the message as JSON. */
  public static byte[] toJson(CommandMessage message) {
    return JsonOutput.message(out -> CommandCodec.write(message, out));
  }

  /** Reads what was said about an event. */
  public static EventMessage parseEvent(byte[] json) throws MalformedMessageException {
    return JsonInput.parse("event", json, EventCodec::readEvent);
  }

  /** Reads a verdict. */
  public static VerdictMessage parseVerdict(byte[] json) throws MalformedMessageException {
    return JsonInput.parse("verdict", json, EventCodec::readVerdict);
  }

  /** Reads a device's state. */
  public static StateMessage parseState(byte[] json) throws MalformedMessageException {
    return JsonInput.parse("state", json, StatusCodec::readState);
  }

  /** Reads a device's problems. */
  public static ProblemMessage parseProblems(byte[] json) throws MalformedMessageException {
    return JsonInput.parse("problem", json, StatusCodec::readProblems);
  }

  /** Reads a device's numbers. */
  public static HealthMessage parseHealth(byte[] json) throws MalformedMessageException {
    return JsonInput.parse("health", json, HealthCodec::read);
  }

  /** Reads a command. */
  public static CommandMessage parseCommand(byte[] json) throws MalformedMessageException {
    return JsonInput.parse("command", json, CommandCodec::read);
  }
}
