package org.earshot.agent.listen;

import org.earshot.event.CommandMessage;
import org.earshot.event.EventMessage;
import org.earshot.event.StateMessage;

/** What the device does by itself: siren, program, live listening. */
interface Answers extends Announcer, AutoCloseable {
  /** A device that only tells. */
  Answers NONE =
      new Answers() {
        @Override
        public void announce(EventMessage message) {}

        @Override
        public void siren(CommandMessage.SoundSiren command) {}

        @Override
        public void live(CommandMessage.ListenLive command) {}

        @Override
        public void heard(float[] samples, int length, long startSample) {}

        @Override
        public StateMessage.Live listener() {
          return null;
        }

        @Override
        public void close() {}
      };

  void siren(CommandMessage.SoundSiren command);

  void live(CommandMessage.ListenLive command);

  /** The samples of the first microphone, which a live listening takes. */
  void heard(float[] samples, int length, long startSample);

  /** Who listens in now; null when nobody does. */
  StateMessage.Live listener();

  @Override
  void close();
}
