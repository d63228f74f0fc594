package org.earshot.agent.listen;

import java.io.IOException;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;

/** Takes what is to leave the device; durable when a call returns. Never waits for a network. */
interface Post {
  /** A device without a broker: nothing leaves it. */
  Post NOWHERE =
      new Post() {
        @Override
        public void message(EventMessage message, boolean lifeSafety) {}

        @Override
        public void clip(EventId id, byte[] flac, boolean lifeSafety) {}

        @Override
        public void deleteClip(EventId id) {}

        @Override
        public void sounding(String event, boolean on) {}
      };

  /** An event's message. */
  void message(EventMessage message, boolean lifeSafety) throws IOException;

  /** An event's clip. */
  void clip(EventId id, byte[] flac, boolean lifeSafety) throws IOException;

  /** Takes back an event's clip that has not been sent; does nothing for any other. */
  void deleteClip(EventId id) throws IOException;

  /** Whether an event is heard by any microphone. */
  void sounding(String event, boolean on);
}
