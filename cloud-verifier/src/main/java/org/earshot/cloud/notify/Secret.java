package org.earshot.cloud.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password, token or key that is never shown: its text is only what asks for it by name. */
public final class Secret {
  private static final int MAX_BYTES = 4096;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Makes one of a value that was read elsewhere. */
  public static Secret of(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the secret is empty");
    }
    return new Secret(value);
  }

  /**
   * Reads one from a file of UTF-8 text; white space around it does not count.
   *
   * @throws IOException that names the file, and never its content
   */
  public static Secret read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": a secret has at most " + MAX_BYTES + " bytes");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new IOException(file + ": is empty; put the secret there");
    }
    return new Secret(text);
  }

  /** Returns it, for whoever hands it over. */
  public String reveal() {
    return value;
  }

  byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
