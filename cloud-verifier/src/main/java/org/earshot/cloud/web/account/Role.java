package org.earshot.cloud.web.account;

import java.util.Locale;

/** What an account may do in one home. */
public enum Role {
  /** Sees and listens. */
  VIEWER,
  /** Also answers, deletes and commands. */
  OWNER;

  /** Returns the name in the database and in the API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role of a text. Throws IllegalArgumentException with the known ones. */
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role '" + text + "'; there are viewer and owner");
  }
}
