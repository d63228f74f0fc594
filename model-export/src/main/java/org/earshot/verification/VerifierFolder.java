package org.earshot.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.earshot.verifier.Fusion;
import org.earshot.verifier.VerifierFile;

/** The folder of a verifier that ships: its file, its fusion, their checksums. */
final class VerifierFolder {
  private VerifierFolder() {}

  /** Writes SHA256SUMS of what is there, as sha256sum does. */
  static void writeChecksums(Path folder) throws IOException {
    StringBuilder sums = new StringBuilder();
    for (String name : List.of(VerifierFile.NAME, Fusion.NAME)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        sums.append(sha256(Files.readAllBytes(file))).append("  ").append(name).append('\n');
      }
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
