package org.earshot.cloud.metrics;

import java.util.Locale;

/** What a process leans on, and what to do when it does not hold. */
public enum Part {
  /** The MQTT broker. */
  BROKER("start the broker, or correct its address, login or access rules; messages wait there"),
  /** The database of the history. */
  DATABASE("start the database or make room on its disk; messages wait at the broker until then"),
  /** Where clips are kept. */
  CLIP_STORE("make room in the clip store or correct its address; clips wait at the broker"),
  /** The model that judges. */
  VERIFIER("look into the log for the model's error; alerts go out as unverified meanwhile");

  private final String remedy;

  Part(String remedy) {
    this.remedy = remedy;
  }

  /** Returns what a person can do. */
  public String remedy() {
    return remedy;
  }

  /** Returns its name in pages, such as {@code clip_store}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
