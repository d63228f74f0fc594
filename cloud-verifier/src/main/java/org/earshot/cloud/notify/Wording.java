package org.earshot.cloud.notify;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.earshot.cloud.store.EventKey;
import org.earshot.event.EventMessage;

/**
 * Writes all texts that an owner reads: plain English, one line, fit for three in the night.
 *
 * <p>A model is never certain: probabilities are written from 0.01 to 0.99. Times are those of the
 * home; the day is named when it is not today. Immutable.
 *
 * @param homes by site
 * @param other for sites that are not among them
 * @param page address of the history page, without its path, such as {@code
 *     https://earshot.example}; null: there is none, and texts have no link
 */
public record Wording(Map<String, Home> homes, Home other, URI page) {
  private static final Map<String, String> SOUNDS =
      Map.of(
          "smoke_alarm", "Smoke alarm",
          "co_alarm", "Carbon monoxide alarm",
          "glass_break", "Breaking glass",
          "footsteps", "Footsteps",
          "door_close", "Door closing",
          "door_knock", "Knock at the door",
          "baby_cry", "Baby crying",
          "dog_bark", "Dog barking",
          "siren", "Siren");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

  /** Copies the map; throws IllegalArgumentException when the page is not http or https. */
  public Wording {
    homes = Map.copyOf(homes);
    if (page != null
        && (page.getHost() == null
            || !("https".equals(page.getScheme()) || "http".equals(page.getScheme())))) {
      throw new IllegalArgumentException(
          "address of the page '" + page + "'; wanted https://... or http://...");
    }
  }

  /** Returns what and where: "Smoke alarm, hall". */
  public String title(EventMessage message) {
    StringBuilder title = new StringBuilder(sound(message.event()));
    title.append(", ").append(message.device());
    String label = home(message.site()).label();
    return (label.isEmpty() ? title : title.append(", ").append(label)).toString();
  }

  /** Returns when: "03:12", or with its day when that is not today. */
  public String time(EventMessage message, Instant now) {
    ZonedDateTime onset = message.onset().atZone(home(message.site()).zone());
    LocalDate today = now.atZone(onset.getZone()).toLocalDate();
    if (onset.toLocalDate().equals(today)) {
      return TIME.format(onset);
    }
    return (onset.getYear() == today.getYear() ? DAY : YEAR).format(onset);
  }

  /** Returns how sure it is: "Confirmed (0.97)." */
  public String verdict(Standing standing, double probability) {
    return switch (standing) {
      case NONE -> "Not yet verified.";
      case CONFIRMED -> "Confirmed (" + number(probability) + ").";
      case REJECTED -> "Probably not (" + number(probability) + ").";
      case UNSURE -> "Not sure (" + number(probability) + ").";
      case UNVERIFIED -> "Could not be verified.";
    };
  }

  /** Returns the whole line, without the link: "Smoke alarm, hall, 03:12. Not yet verified." */
  public String line(EventMessage message, Standing standing, double probability, Instant now) {
    StringBuilder line = new StringBuilder(title(message));
    line.append(", ").append(time(message, now));
    if (message.offset() != null) {
      line.append(" to ").append(TIME.format(message.offset().atZone(home(message.site()).zone())));
    }
    line.append(". ").append(verdict(standing, probability));
    return (message.offset() == null ? line : line.append(" It is over.")).toString();
  }

  /** Returns the whole line with the link, where there is a page. */
  public String text(EventMessage message, Standing standing, double probability, Instant now) {
    String line = line(message, standing, probability, now);
    URI link = link(new EventKey(message.site(), message.id()));
    return link == null ? line : line + " " + invitation(message) + ": " + link;
  }

  /** Returns what the link is for: a clip to hear, or no more than what is known. */
  static String invitation(EventMessage message) {
    return message.clipExpected() ? "Listen" : "More";
  }

  /** Returns the address of an event on the history page; null when there is none. */
  public URI link(EventKey key) {
    if (page == null) {
      return null;
    }
    String base = page.toString();
    String slash = base.endsWith("/") ? "" : "/";
    return URI.create(base + slash + "events/" + key.site() + "/" + key.id());
  }

  private Home home(String site) {
    return homes.getOrDefault(site, other);
  }

  private static String sound(String event) {
    String known = SOUNDS.get(event);
    if (known != null) {
      return known;
    }
    String words = event.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String number(double probability) {
    return String.format(Locale.ROOT, "%.2f", Math.max(0.01, Math.min(0.99, probability)));
  }
}
