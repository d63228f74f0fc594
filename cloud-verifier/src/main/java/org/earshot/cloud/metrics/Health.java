package org.earshot.cloud.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what is wrong, since when, and what to do about it; logs each beginning and end once.
 *
 * <p>Thread-safe. Saying again what is known already changes nothing, so callers need not remember.
 */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final int MAX_DETAIL = 256;

  /**
   * One thing that is wrong.
   *
   * @param part which part does not hold
   * @param source who noticed, such as {@code events}
   * @param detail what is wrong, for people
   * @param since when it began
   */
  public record Problem(Part part, String source, String detail, Instant since) {}

  private record Key(Part part, String source) {}

  private final InstantSource clock;
  private final Instant startedAt;
  private final Map<Key, Problem> problems = // guarded by this
      new TreeMap<>(Comparator.comparing(Key::part).thenComparing(Key::source));

  /** All is well from now on. */
  public Health(InstantSource clock) {
    this.clock = clock;
    startedAt = clock.instant();
  }

  /** Says that something is wrong; the time of an earlier beginning stays. */
  public void problem(Part part, String source, String detail) {
    String line = Objects.requireNonNullElse(detail, "no detail").lines().findFirst().orElse("");
    String cut = line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) : line;
    boolean began;
    synchronized (this) {
      Key key = new Key(part, source);
      Problem known = problems.get(key);
      began = known == null;
      Instant since = began ? clock.instant() : known.since();
      problems.put(key, new Problem(part, source, cut, since));
    }
    if (began) {
      LOG.warn("{} ({}): {}; {}", part.label(), source, cut, part.remedy());
    }
  }

  /** Says that it is well again. */
  public void well(Part part, String source) {
    Problem ended;
    synchronized (this) {
      ended = problems.remove(new Key(part, source));
    }
    if (ended != null) {
      LOG.info(
          "{} ({}): well again, after a problem since {}", part.label(), source, ended.since());
    }
  }

  /** Returns what is wrong, by part and source. */
  public synchronized List<Problem> problems() {
    return new ArrayList<>(problems.values());
  }

  /** Returns whether nothing is wrong. */
  public synchronized boolean isWell() {
    return problems.isEmpty();
  }

  /**
   * Returns the page for a person or a supervisor, in JSON: {@code status} is {@code ok} or {@code
   * problem}; every part is there with what is wrong with it, since when, and what to do.
   */
  public String page() {
    List<Problem> current = problems();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("status", current.isEmpty() ? "ok" : "problem");
      json.writeStringField("since", startedAt.toString());
      json.writeObjectFieldStart("parts");
      for (Part part : Part.values()) {
        write(json, part, current.stream().filter(problem -> problem.part() == part).toList());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Part part, List<Problem> problems)
      throws IOException {
    json.writeObjectFieldStart(part.label());
    json.writeStringField("status", problems.isEmpty() ? "ok" : "problem");
    if (!problems.isEmpty()) {
      json.writeStringField("todo", part.remedy());
      json.writeArrayFieldStart("problems");
      for (Problem problem : problems) {
        json.writeStartObject();
        json.writeStringField("source", problem.source());
        json.writeStringField("detail", problem.detail());
        json.writeStringField("since", problem.since().toString());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
