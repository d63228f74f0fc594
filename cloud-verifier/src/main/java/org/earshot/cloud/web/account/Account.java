package org.earshot.cloud.web.account;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A person.
 *
 * @param name as {@link #name(String)} makes it
 * @param admin whether they manage accounts and sites; that alone shows them no home
 * @param sites their role in each home that they may see
 * @param createdAt when it was made
 */
public record Account(String name, boolean admin, Map<String, Role> sites, Instant createdAt) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

  /** Copies the map. */
  public Account {
    sites = Map.copyOf(sites);
  }

  /** Returns the roles by the names of the sites. */
  public SortedMap<String, Role> sitesByName() {
    return new TreeMap<>(sites);
  }

  /**
   * Returns a name as it is stored: without blanks around it, in lower case. Throws
   * IllegalArgumentException when it is none.
   */
  public static String name(String typed) {
    String name = typed.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 64 letters (a to z), digits and any of . _ @ -, and begins with a letter"
              + " or digit");
    }
    return name;
  }
}
