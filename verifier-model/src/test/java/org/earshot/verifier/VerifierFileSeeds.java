package org.earshot.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes the small seeds of {@link VerifierFileFuzzTest}; run again when the format changes. */
final class VerifierFileSeeds {
  private VerifierFileSeeds() {}

  /** Writes the seeds into the folder given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    byte[] tiny = VerifierFile.write(TestVerifiers.tiny());
    Files.write(folder.resolve("tiny"), tiny);
    Files.write(folder.resolve("small"), VerifierFile.write(TestVerifiers.small(1)));
    Files.write(folder.resolve("empty"), new byte[0]);
    Files.write(folder.resolve("header-only"), Arrays.copyOf(tiny, VerifierFile.HEADER_BYTES));
    Files.write(folder.resolve("cut"), Arrays.copyOf(tiny, tiny.length - 3));
    byte[] wide = tiny.clone();
    wide[VerifierFile.HEADER_BYTES + 27] = 0x10; // 4,096 channels and no weights for them
    Files.write(folder.resolve("many-channels"), wide);
  }
}
