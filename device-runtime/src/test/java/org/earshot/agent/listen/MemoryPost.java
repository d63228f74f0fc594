package org.earshot.agent.listen;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;

/** Keeps what would leave the device, in order; its disk can fail. Thread-safe. */
final class MemoryPost implements Post {
  private final List<String> lines = new ArrayList<>();
  private final List<EventMessage> messages = new ArrayList<>();
  private boolean failing;

  /** Takes nothing more, or takes everything again. */
  synchronized void fail(boolean now) {
    failing = now;
  }

  @Override
  public synchronized void message(EventMessage message, boolean lifeSafety) throws IOException {
    store(
        "message " + message.event() + ' ' + message.phase().name().toLowerCase(Locale.ROOT),
        lifeSafety);
    messages.add(message);
  }

  @Override
  public synchronized void clip(EventId id, byte[] flac, boolean lifeSafety) throws IOException {
    store("clip of " + id, lifeSafety);
  }

  private void store(String what, boolean lifeSafety) throws IOException {
    if (failing) {
      throw new IOException("no space left on device");
    }
    lines.add(what + (lifeSafety ? ", life safety" : ""));
  }

  @Override
  public synchronized void deleteClip(EventId id) {
    lines.add("no clip of " + id);
  }

  @Override
  public synchronized void sounding(String event, boolean on) {
    lines.add("sound " + event + (on ? " on" : " off"));
  }

  /** Everything in order, a line each. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized List<EventMessage> messages() {
    return List.copyOf(messages);
  }
}
