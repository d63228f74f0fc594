package org.earshot.cloud.config;

import java.util.Locale;

/** What one process does; by default all of it. */
public enum Role {
  /** Takes in events and clips, and verifies them; any number of processes. */
  VERIFY,
  /** Delivers notices; any number of processes. */
  NOTIFY,
  /** Serves the history page and follows what devices say of themselves. */
  WEB,
  /** Deletes what is too old, and what a crash left behind. */
  KEEP;

  /** As in the configuration. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
