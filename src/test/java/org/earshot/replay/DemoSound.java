package org.earshot.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A sound in a demo recording, from the tables beside them. */
record DemoSound(String filename, double onset, double offset, String event) {
  /** The events of {@code truth.tsv}. */
  static List<DemoSound> events() {
    return table("truth.tsv");
  }

  /** The sounds of {@code distractors.tsv}. */
  static List<DemoSound> distractors() {
    return table("distractors.tsv");
  }

  /** All recordings, by name. */
  static List<String> recordings() {
    try (Stream<Path> files = Files.list(Checkout.DEMO)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".wav"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the event is one that lives depend on. */
  boolean isLifeSafety() {
    return event.equals("smoke_alarm") || event.equals("co_alarm");
  }

  /**
   * Whether an alert is right: its class matches, and its onset lies between 0.5 s before the true
   * onset and 2 s after the true offset.
   */
  boolean isMetBy(Detection.Row alert) {
    return alert.filename().equals(filename)
        && alert.event().equals(event)
        && alert.onset() >= onset - 0.5
        && alert.onset() <= offset + 2;
  }

  private static List<DemoSound> table(String name) {
    try {
      return Files.readAllLines(Checkout.DEMO.resolve(name)).stream()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(
              cells ->
                  new DemoSound(
                      cells[0],
                      Double.parseDouble(cells[1]),
                      Double.parseDouble(cells[2]),
                      cells[3]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
