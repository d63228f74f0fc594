package org.earshot.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Messages whose fields take any value that is allowed, the bounds more often than not. */
final class RandomMessages {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String PLACES = LETTERS + "ABCXYZ0189_-";
  private static final String[] CHARACTERS = {
    "a", "Z", "9", " ", "\"", "\\", "/", "{", "é", "ß", "音", "\u200b", "\ud83d\udd25", "<", "'"
  };
  private static final long LAST_MILLIS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final Random random;
  private final EventIds ids;

  RandomMessages(long seed) {
    random = new Random(seed);
    ids = new EventIds(Clock.systemUTC(), random);
  }

  EventMessage event() {
    Phase phase = Phase.values()[random.nextInt(3)];
    Instant onset = moment();
    Instant offset = phase == Phase.ENDED ? onset.plusMillis(random.nextInt(100_000)) : null;
    if (offset != null && offset.toEpochMilli() > LAST_MILLIS) {
      offset = onset;
    }
    return new EventMessage(
        ids.next(),
        label(),
        phase,
        moment(),
        onset,
        offset,
        fraction(),
        text(),
        label(),
        random.nextInt(101),
        random.nextBoolean(),
        (int) count(Integer.MAX_VALUE),
        place(),
        place(),
        text());
  }

  VerdictMessage verdict() {
    return new VerdictMessage(
        ids.next(), label(), Verdict.values()[random.nextInt(4)], fraction(), text(), moment());
  }

  StateMessage state() {
    if (random.nextInt(10) == 0) {
      return StateMessage.offline();
    }
    return new StateMessage(
        random.nextBoolean(),
        moment(),
        text(),
        text(),
        label(),
        label(),
        list(StateMessage.MAX_MICROPHONES, this::text),
        list(StateMessage.MAX_EVENTS, this::label),
        list(StateMessage.MAX_EVENTS, this::head),
        random.nextBoolean() ? null : new StateMessage.Live(text(), moment()));
  }

  private StateMessage.Head head() {
    return new StateMessage.Head(label(), 1 + (int) count(Integer.MAX_VALUE - 1));
  }

  ProblemMessage problems() {
    return new ProblemMessage(
        moment(),
        list(
            ProblemMessage.MAX_PROBLEMS,
            () -> new ProblemMessage.Problem(label(), text(), text(), moment())));
  }

  HealthMessage health() {
    return new HealthMessage(
        moment(),
        count(Long.MAX_VALUE),
        count(Long.MAX_VALUE),
        (int) count(Integer.MAX_VALUE),
        count(Long.MAX_VALUE),
        count(Long.MAX_VALUE),
        count(Long.MAX_VALUE),
        count(Long.MAX_VALUE),
        count(Long.MAX_VALUE),
        count(Long.MAX_VALUE),
        list(
            StateMessage.MAX_MICROPHONES,
            () ->
                new HealthMessage.Microphone(
                    text(),
                    label(),
                    HealthMessage.MIN_DBFS * fraction(),
                    HealthMessage.MIN_DBFS * fraction(),
                    count(Long.MAX_VALUE),
                    count(Long.MAX_VALUE),
                    count(Long.MAX_VALUE),
                    count(Long.MAX_VALUE))));
  }

  CommandMessage command() {
    return switch (random.nextInt(9)) {
      case 0 -> new CommandMessage.SetMode(label());
      case 1 -> {
        Set<String> events = new TreeSet<>(list(StateMessage.MAX_EVENTS, this::label));
        yield new CommandMessage.SelectEvents(label(), events);
      }
      case 2 -> new CommandMessage.SetSensitivity(label(), random.nextInt(101));
      case 3 -> new CommandMessage.SoundSiren(random.nextBoolean(), random.nextInt(3601));
      case 4 -> new CommandMessage.ListenLive(random.nextBoolean(), 3600, "x" + shortText());
      case 5 -> new CommandMessage.DeleteClip(ids.next());
      case 6 -> new CommandMessage.RemoveHead(label());
      case 7 -> new CommandMessage.RollBackHead(label());
      default -> new CommandMessage.Reload();
    };
  }

  private <T> List<T> list(int maximum, Supplier<T> element) {
    int length = random.nextBoolean() ? random.nextInt(4) : maximum;
    List<T> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(element.get());
    }
    return list;
  }

  private String label() {
    return word(LETTERS, 1, 1) + word(LETTERS + "0189_", 0, 63);
  }

  private String place() {
    return word(PLACES, 1, 64);
  }

  private String word(String characters, int minimum, int maximum) {
    int length = random.nextBoolean() ? maximum : minimum + random.nextInt(maximum - minimum + 1);
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(characters.charAt(random.nextInt(characters.length())));
    }
    return word.toString();
  }

  private String text() {
    return random.nextInt(4) == 0 ? "音".repeat(Checks.MAX_TEXT) : shortText();
  }

  private String shortText() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  private Instant moment() {
    long millis =
        random.nextBoolean()
            ? 1_700_000_000_000L + random.nextInt()
            : random.nextBoolean() ? 0 : LAST_MILLIS;
    return Instant.ofEpochMilli(millis);
  }

  private double fraction() {
    return random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble();
  }

  private long count(long maximum) {
    return random.nextBoolean() ? maximum : random.nextInt(100);
  }
}
