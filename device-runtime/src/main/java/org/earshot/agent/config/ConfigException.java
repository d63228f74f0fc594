package org.earshot.agent.config;

import java.io.IOException;

/** A configuration that cannot be used; the message names the file, the key and what to write. */
public final class ConfigException extends IOException {
  private static final long serialVersionUID = 1;

  ConfigException(String message) {
    super(message);
  }

  ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
