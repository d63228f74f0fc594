package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.wav.WavWriter;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Deleted;
import org.earshot.cloud.store.Deletion;
import org.earshot.cloud.store.EventFilter;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.event.EventId;
import org.earshot.event.Verdict;

/** What happened: to list, see, hear, answer and delete. */
final class EventRoutes {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_VALUES = 64; // of one filter
  private static final int MAX_DELETIONS = 500;
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final History history;
  private final ClipStore clips;
  private final Deletion deletion;
  private final EventJson json;
  private final Clock clock;

  EventRoutes(History history, ClipStore clips, Deletion deletion, EventJson json, Clock clock) {
    this.history = history;
    this.clips = clips;
    this.deletion = deletion;
    this.json = json;
    this.clock = clock;
  }

  List<Route> routes() {
    Route.Need session = Route.Need.SESSION;
    return List.of(
        Route.get("/events", session, this::list),
        Route.post("/events/delete", session, this::deleteMany),
        Route.get("/events/{site}/{id}", session, this::one),
        Route.delete("/events/{site}/{id}", session, this::delete),
        Route.put("/events/{site}/{id}/answer", session, this::answer),
        Route.get("/events/{site}/{id}/clip.flac", session, this::flac),
        Route.get("/events/{site}/{id}/clip.wav", session, this::wav),
        Route.get("/events/{site}/{id}/spectrogram.png", session, this::spectrogram));
  }

  private void list(Context context, Visit visit) {
    Set<String> sites = new HashSet<>(visit.sites());
    List<String> wanted = Http.values(context, "site", MAX_VALUES);
    if (!wanted.isEmpty()) {
      sites.retainAll(new HashSet<>(wanted)); // of another's site nothing shows, as of none
    }
    int limit = limit(context.queryParam("limit"));
    EventFilter filter =
        new EventFilter(
            sites,
            Set.copyOf(new HashSet<>(Http.values(context, "event", MAX_VALUES))),
            Set.copyOf(new HashSet<>(Http.values(context, "device", MAX_VALUES))),
            verdicts(Http.values(context, "verdict", MAX_VALUES)),
            moment("from", context.queryParam("from")),
            moment("until", context.queryParam("until")),
            before(context.queryParam("before")),
            limit);
    List<EventRecord> events = history.find(filter);
    String next = events.size() == limit ? events.get(events.size() - 1).key().id().text() : null;
    Http.json(
        context, 200, Json.object("events", events.stream().map(json::of).toList(), "next", next));
  }

  private void one(Context context, Visit visit) {
    Http.json(context, 200, json.of(find(context, visit)));
  }

  private void delete(Context context, Visit visit) {
    EventKey key = key(context.pathParam("site"), context.pathParam("id"));
    visit.mustOwn(key.site());
    if (!delete(key, visit.account().name())) {
      throw Problem.notFound();
    }
    context.status(204);
  }

  /** All or, when one of them is not this person's to delete, none. */
  private void deleteMany(Context context, Visit visit) throws IOException {
    List<EventKey> keys = new ArrayList<>();
    for (JsonBody event : Http.body(context).objects("events", MAX_DELETIONS)) {
      keys.add(key(event.text("site", 64), event.text("id", EventId.LENGTH)));
    }
    keys.forEach(key -> visit.mustOwn(key.site()));
    int deleted = 0;
    for (EventKey key : keys) {
      if (delete(key, visit.account().name())) {
        deleted++;
      }
    }
    Http.json(context, 200, Json.object("deleted", deleted, "missing", keys.size() - deleted));
  }

  private void answer(Context context, Visit visit) throws IOException {
    EventKey key = key(context.pathParam("site"), context.pathParam("id"));
    visit.mustOwn(key.site());
    JsonBody body = Http.body(context);
    Answer.Kind kind =
        switch (body.text("answer", 32)) {
          case "was_it" -> Answer.Kind.WAS_IT;
          case "was_not_it" -> Answer.Kind.WAS_NOT_IT;
          case "something_else" -> Answer.Kind.SOMETHING_ELSE;
          default ->
              throw Problem.badRequest("'answer' is wanted: was_it, was_not_it or something_else");
        };
    String label = body.text("label", 64, "");
    if (kind == Answer.Kind.SOMETHING_ELSE ? !LABEL.matcher(label).matches() : !label.isEmpty()) {
      throw Problem.badRequest(
          "'label' belongs to something_else and to no other: lower case letters, digits and _");
    }
    Answer answer = new Answer(kind, label, visit.account().name(), clock.instant());
    if (!history.answer(key, answer)) {
      throw Problem.notFound();
    }
    Http.json(context, 200, json.of(history.find(key).orElseThrow(Problem::notFound)));
  }

  private void flac(Context context, Visit visit) {
    EventRecord event = find(context, visit);
    byte[] flac = sound(event);
    download(context, event, "flac");
    Http.file(context, flac, "audio/flac");
  }

  private void wav(Context context, Visit visit) {
    EventRecord event = find(context, visit);
    byte[] wav = WavWriter.bytes(decode(sound(event)), AudioFiles.SAMPLE_RATE_HZ);
    download(context, event, "wav");
    Http.file(context, wav, "audio/wav");
  }

  private void spectrogram(Context context, Visit visit) {
    byte[] png = Spectrogram.png(decode(sound(find(context, visit))));
    context.contentType("image/png").result(png);
  }

  private boolean delete(EventKey key, String who) {
    return deletion.delete(key, who, "on the history page", clock.instant()) != Deleted.ABSENT;
  }

  private EventRecord find(Context context, Visit visit) {
    EventKey key = key(context.pathParam("site"), context.pathParam("id"));
    visit.mustSee(key.site());
    return history.find(key).orElseThrow(Problem::notFound);
  }

  private byte[] sound(EventRecord event) {
    if (event.clip() == null) {
      throw Problem.notFound();
    }
    return clips.get(event.key()).orElseThrow(Problem::notFound);
  }

  private static float[] decode(byte[] flac) {
    try {
      return ClipAudio.samples(flac);
    } catch (IOException e) {
      throw Problem.of(422, "Not playable", "the clip cannot be decoded: " + e.getMessage());
    }
  }

  private static void download(Context context, EventRecord event, String suffix) {
    if (context.queryParam("download") != null) {
      String name = event.latest().event() + "-" + FILE_TIME.format(event.latest().onset());
      context.header("Content-Disposition", "attachment; filename=\"" + name + "." + suffix + "\"");
    }
  }

  private static EventKey key(String site, String id) {
    try {
      return new EventKey(site, new EventId(id));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }

  private static int limit(String text) {
    if (text == null) {
      return PAGE;
    }
    if (!text.matches("\\d{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MAX_PAGE) {
      throw Problem.badRequest("'limit' is a whole number from 1 to " + MAX_PAGE);
    }
    return Integer.parseInt(text);
  }

  private static EventId before(String text) {
    try {
      return text == null ? null : new EventId(text);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("'before' is the id that the last page ended with");
    }
  }

  private static Instant moment(String name, String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest("'" + name + "' is no moment like 2026-01-31T12:00:00Z");
    }
  }

  private static Set<Verdict> verdicts(List<String> texts) {
    Set<Verdict> verdicts = new HashSet<>();
    for (String text : texts) {
      try {
        verdicts.add(Verdict.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest("'verdict' is one of confirmed, rejected, unsure and unverified");
      }
    }
    return verdicts;
  }
}
