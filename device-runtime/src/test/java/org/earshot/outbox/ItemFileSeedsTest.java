package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemFileSeedsTest {
  private static final String FOLDER =
      "/org/earshot/outbox/ItemFileFuzzTestInputs/anyBytesAreAnItemOrOneClearLine/";

  @Test
  void theCommittedSeedsAreThoseOfTheGenerator() throws IOException {
    for (Map.Entry<String, byte[]> seed : ItemFileSeeds.all().entrySet()) {
      try (InputStream committed =
          ItemFileSeedsTest.class.getResourceAsStream(FOLDER + seed.getKey())) {
        assertThat(committed).as(seed.getKey()).isNotNull();
        assertThat(committed.readAllBytes()).as(seed.getKey()).isEqualTo(seed.getValue());
      }
    }
  }
}
