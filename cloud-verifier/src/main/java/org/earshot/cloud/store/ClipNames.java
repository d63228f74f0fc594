package org.earshot.cloud.store;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earshot.event.EventId;

/** How a clip is called within a store: {@code site/id.flac}. */
final class ClipNames {
  static final String SUFFIX = ".flac";

  /** The order of {@link ClipStore#list}: of the names, character by character. */
  static final Comparator<EventKey> ORDER = Comparator.comparing(ClipNames::name);

  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private ClipNames() {}

  static boolean isSite(String name) {
    return SITE.matcher(name).matches();
  }

  /** The name of a clip; throws IllegalArgumentException when the site is no site's name. */
  static String name(EventKey key) {
    if (!isSite(key.site())) { // it becomes a folder: nothing may lead out of it
      throw new IllegalArgumentException(
          "site is not 1 to 64 letters, digits, underscores and hyphens");
    }
    return key.site() + '/' + key.id().text() + SUFFIX;
  }

  /** The key of a name; empty when it is none of a clip. */
  static Optional<EventKey> key(String name) {
    int slash = name.indexOf('/');
    if (slash < 1
        || !isSite(name.substring(0, slash))
        || name.length() != slash + 1 + EventId.LENGTH + SUFFIX.length()
        || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      String id = name.substring(slash + 1, name.length() - SUFFIX.length());
      return Optional.of(new EventKey(name.substring(0, slash), new EventId(id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
