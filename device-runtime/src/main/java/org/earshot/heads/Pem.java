package org.earshot.heads;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The textual encoding of keys: RFC 7468. */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final int MAX_BYTES = 1 << 16;
  private static final int LINE = 64;

  private Pem() {}

  /** Returns the contents of every block of this label; text around blocks is passed over. */
  static List<byte[]> read(Path file, String label) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such key file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than any key file (64 KiB)");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String begin = BEGIN + label + DASHES;
    String end = "-----END " + label + DASHES;
    List<byte[]> blocks = new ArrayList<>();
    for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at)) {
      int from = at + begin.length();
      int to = text.indexOf(end, from);
      if (to < 0) {
        throw new IOException(file + ": '" + end + "' is missing after byte " + at);
      }
      try {
        blocks.add(Base64.getMimeDecoder().decode(text.substring(from, to)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": no base64 after byte " + from, e);
      }
      at = to;
    }
    return blocks;
  }

  static String block(String label, byte[] bytes) {
    byte[] newline = {'\n'};
    return BEGIN
        + label
        + DASHES
        + "\n"
        + Base64.getMimeEncoder(LINE, newline).encodeToString(bytes)
        + "\n-----END "
        + label
        + DASHES
        + "\n";
  }
}
