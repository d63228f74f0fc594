package org.earshot.cloud.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earshot.agent.TruthTable;
import org.earshot.audio.AudioFiles;

/**
 * The recordings of a demonstration as one stream.
 *
 * @param parts in the order of playing
 */
record Programme(List<Part> parts) {
  private static final int APART = 3; // recordings between two of the same event
  private static final int EVENTS_IN_A_ROW = 3; // every third recording has no event
  private static final int LONGEST_SAMPLES = 3600 * AudioFiles.SAMPLE_RATE_HZ;

  /**
   * One recording.
   *
   * @param fromSeconds where it begins in the stream
   * @param toSeconds where it ends
   * @param truth what is to be heard in it, in its own time
   */
  record Part(Path file, double fromSeconds, double toSeconds, List<TruthTable.Sound> truth) {
    String name() {
      return file.getFileName().toString();
    }
  }

  /** Every WAV and FLAC file of a folder, by name. */
  static Programme of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac)"))
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      throw new IOException(folder + ": no recordings here; name a folder of WAV or FLAC files");
    }
    List<Part> parts = new ArrayList<>();
    double from = 0;
    for (Path file : apart(files)) {
      int samples = AudioFiles.readAll16k(file, LONGEST_SAMPLES).length;
      double to = from + samples / (double) AudioFiles.SAMPLE_RATE_HZ;
      parts.add(new Part(file, from, to, TruthTable.events(file)));
      from = to;
    }
    return new Programme(List.copyOf(parts));
  }

  /**
   * Keeps recordings of one event apart, since a short pause does not end an alarm: the event with
   * most recordings left goes first, unless it was among the last. Recordings without an event come
   * before all others.
   */
  private static List<Path> apart(List<Path> files) throws IOException {
    Map<Path, Set<String>> events = new LinkedHashMap<>();
    for (Path file : files) {
      events.put(
          file,
          TruthTable.events(file).stream()
              .map(TruthTable.Sound::event)
              .collect(Collectors.toSet()));
    }
    List<Path> ordered = new ArrayList<>();
    Deque<Set<String>> last = new ArrayDeque<>();
    while (!events.isEmpty()) {
      Path next = null;
      long most = -1;
      for (Map.Entry<Path, Set<String>> candidate : events.entrySet()) {
        Set<String> own = candidate.getValue();
        boolean free = last.stream().allMatch(before -> Collections.disjoint(before, own));
        long alike = events.values().stream().filter(e -> !Collections.disjoint(e, own)).count();
        if (own.isEmpty() && ordered.size() % EVENTS_IN_A_ROW == EVENTS_IN_A_ROW - 1) {
          next = candidate.getKey();
          break;
        }
        if (next == null || (free && alike > most)) {
          next = candidate.getKey();
          most = free ? alike : -1;
        }
      }
      ordered.add(next);
      last.addLast(events.remove(next));
      if (last.size() > APART) {
        last.removeFirst();
      }
    }
    return ordered;
  }

  List<Path> files() {
    return parts.stream().map(Part::file).toList();
  }

  double seconds() {
    return parts.get(parts.size() - 1).toSeconds();
  }

  /** What is played at a moment of the stream; the last when it is over. */
  Part at(double seconds) {
    for (Part part : parts) {
      if (seconds < part.toSeconds()) {
        return part;
      }
    }
    return parts.get(parts.size() - 1);
  }
}
