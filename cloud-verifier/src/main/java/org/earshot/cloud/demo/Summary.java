package org.earshot.cloud.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.earshot.agent.TruthTable;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;
import org.earshot.event.VerdictMessage;

/**
 * What was played, and what of it the owner was told, as a table.
 *
 * @param judged whether there are verdicts, which have a column then
 */
record Summary(Programme programme, Owner owner, Instant start, boolean judged) {

  void print(PrintWriter screen) {
    Map<EventId, EventMessage> unmatched = new HashMap<>(owner.alerts());
    Map<EventId, Owner.Clip> clips = owner.clips();
    Map<EventId, VerdictMessage> verdicts = owner.verdicts();
    int sounds = 0;
    int heard = 0;
    screen.println();
    row(screen, "recording", "sound", "the owner was told", "clip", "verdict");
    for (Programme.Part part : programme.parts()) {
      for (TruthTable.Sound sound : part.truth()) {
        sounds++;
        EventMessage found = null;
        for (EventMessage message : new ArrayList<>(unmatched.values())) {
          double onset = seconds(start, message.onset()) - part.fromSeconds();
          if (message.event().equals(sound.event()) && sound.isMetBy(onset)) {
            unmatched.remove(message.id());
            found = found == null || message.at().isBefore(found.at()) ? message : found;
          }
        }
        heard += found == null ? 0 : 1;
        row(
            screen,
            part.name(),
            sound.event(),
            told(part, sound, found),
            clip(found, clips),
            found == null ? "" : text(verdicts.get(found.id())));
      }
    }
    double clipSeconds = clips.values().stream().mapToDouble(Owner.Clip::seconds).sum();
    screen.printf(
        Locale.ROOT,
        "%n%d of %d sounds told, %d false alerts. Of %.0f s of sound that were heard, %.0f s left the"
            + " device, in %d clips.%n",
        heard,
        sounds,
        unmatched.size(),
        programme.seconds(),
        clipSeconds,
        clips.size());
    if (judged) {
      long rejected = rejected(verdicts.values());
      verdicts.keySet().retainAll(unmatched.keySet());
      long rejectedFalse = rejected(verdicts.values());
      screen.printf(
          "The verifier rejected %d of the false alerts and %d of the others.%n",
          rejectedFalse, rejected - rejectedFalse);
    }
  }

  private static long rejected(Collection<VerdictMessage> verdicts) {
    return verdicts.stream().filter(each -> each.verdict() == Verdict.REJECTED).count();
  }

  private void row(
      PrintWriter screen,
      String recording,
      String sound,
      String told,
      String clip,
      String verdict) {
    String cells = String.format("  %-26s %-14s %-22s %-15s", recording, sound, told, clip);
    screen.println((cells + (judged ? " " + verdict : "")).stripTrailing());
  }

  private String told(Programme.Part part, TruthTable.Sound sound, EventMessage found) {
    if (found == null) {
      return "missed";
    }
    double delay = seconds(start, found.at()) - part.fromSeconds() - sound.onsetSeconds();
    return String.format(Locale.ROOT, "after %.1f s", Math.max(0, delay));
  }

  private static String clip(EventMessage found, Map<EventId, Owner.Clip> clips) {
    Owner.Clip clip = found == null ? null : clips.get(found.id());
    return clip == null
        ? ""
        : String.format(Locale.ROOT, "%.1f s, %d kB", clip.seconds(), clip.bytes() / 1000);
  }

  /** A verdict in few words; empty when there is none. */
  static String text(VerdictMessage verdict) {
    return verdict == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%s, %.2f",
            verdict.verdict().name().toLowerCase(Locale.ROOT),
            verdict.probability());
  }

  static double seconds(Instant start, Instant at) {
    return Duration.between(start, at).toMillis() / 1000.0;
  }
}
