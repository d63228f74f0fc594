package org.earshot.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;

/** Writes the seeds of {@link HeadUpdateFuzzTest}; run again when the format changes. */
final class HeadUpdateSeeds {
  private static final HeadUpdate.Signer NOBODY =
      new HeadUpdate.Signer() {
        @Override
        public byte[] keyId() {
          return new byte[HeadUpdate.KEY_ID_BYTES];
        }

        @Override
        public byte[] sign(byte[] bytes) {
          return new byte[HeadUpdate.SIGNATURE_BYTES];
        }
      };

  private HeadUpdateSeeds() {}

  /** Writes the seeds into the folder given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    BaseModel base = TestModels.random(1, 2, "siren").base();
    HeadModel head = Updates.head(base, "kettle", 1);
    HeadModel curved = TestModels.withCurves(new SoundModel(base, List.of(head)), 3).heads().get(0);
    Files.write(folder.resolve("update"), Updates.file(base, "kettle", 1, NOBODY));
    Files.write(
        folder.resolve("update-with-curve"),
        HeadUpdate.write(curved, Updates.golden(curved), NOBODY));
    Files.write(folder.resolve("plain-head"), ModelFile.writeHead(head));
  }
}
