package org.earshot.agent;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Makes one printable line of whatever is to be said. */
final class Messages {
  private static final int LONGEST = 1000;

  private Messages() {}

  /** Says in one line what failed; names the exception only when it says nothing itself. */
  static String of(Throwable failure) {
    if (failure instanceof AccessDeniedException e) {
      return line(e.getFile() + ": may not be read or written; check its permissions");
    }
    if (failure instanceof NoSuchFileException e) {
      String reason = e.getReason() == null ? "does not exist; check the path" : e.getReason();
      return line(e.getFile() + ": " + reason);
    }
    if (failure instanceof FileSystemException e && e.getReason() == null) {
      return line(e.getFile() + ": " + e.getClass().getSimpleName());
    }
    String message = failure.getMessage();
    return line(
        message == null || message.isBlank() ? "internal error: " + failure : message.strip());
  }

  /** Replaces control characters, so that no file name can break a line or drive the terminal. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return line.toString();
  }
}
