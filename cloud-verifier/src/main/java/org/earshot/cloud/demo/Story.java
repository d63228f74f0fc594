package org.earshot.cloud.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.event.VerdictMessage;

/** Tells what happens, line by line, by the time of the recordings. */
final class Story implements Owner.Listener {
  private final PrintWriter screen;
  private final Programme programme;
  private Instant start;

  Story(PrintWriter screen, Programme programme) {
    this.screen = screen;
    this.programme = programme;
  }

  synchronized void begin(Instant now) {
    start = now;
  }

  synchronized Instant start() {
    return start;
  }

  synchronized void device(EventMessage message) {
    if (message.phase() == Phase.OPENED) {
      double now = Summary.seconds(start, message.at());
      line(now, "device", message.event() + " in " + programme.at(now).name());
    }
  }

  @Override
  public synchronized void message(EventMessage message) {
    if (message.phase() != Phase.UPDATED) {
      boolean over = message.phase() == Phase.ENDED;
      line(
          Summary.seconds(start, message.at()),
          "owner",
          String.format(
              Locale.ROOT,
              "%s %s, posterior %.2f",
              message.event(),
              over ? "is over" : "in the " + message.microphone(),
              message.posterior()));
    }
  }

  @Override
  public synchronized void clip(Owner.Clip clip) {
    screen.printf(
        Locale.ROOT,
        "  %8s  %-7s clip of %s: %.1f s, %d kB%n",
        "",
        "owner",
        clip.event() == null ? clip.id() : clip.event(),
        clip.seconds(),
        clip.bytes() / 1000);
    screen.flush();
  }

  @Override
  public synchronized void verdict(VerdictMessage verdict) {
    screen.printf("  %8s  %-7s %s: %s%n", "", "owner", verdict.event(), Summary.text(verdict));
    screen.flush();
  }

  @Override
  public synchronized void unreadable(String topic, String reason) {
    screen.println("  unreadable: " + topic + ": " + reason);
  }

  private void line(double seconds, String who, String what) {
    screen.printf(
        Locale.ROOT,
        "  %02d:%04.1f  %s %s%n",
        (int) (seconds / 60),
        seconds % 60,
        String.format("%-8s", who),
        what);
    screen.flush();
  }
}
