package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.earshot.network.HeadNetwork;

/**
 * Whatever the bytes, reading an update gives one whose self-test can run, or a {@link
 * ModelFormatException}. Checksums are repaired first. The inputs under src/test/resources come
 * from {@link HeadUpdateSeeds}.
 */
class HeadUpdateFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreAnUpdateOrRefused(byte[] bytes) {
    byte[] repaired = Resealing.all(bytes.clone());
    try {
      HeadUpdate update = HeadUpdate.read(repaired, "fuzz");
      assertThat(update.head()).isEqualTo(ModelFile.readHead(repaired, "again"));
      assertThat(HeadNetwork.firstMismatch(update.head(), update.golden()))
          .isLessThan(update.golden().examples().size());
    } catch (ModelFormatException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
  }
}
