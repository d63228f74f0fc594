package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageSeedsTest {
  private static final String FOLDER =
      "/org/earshot/event/MessageFuzzTestInputs/anyBytesAreAMessageOrOneClearLine/";

  @Test
  void theCommittedSeedsAreThoseOfTheGenerator() throws IOException {
    for (Map.Entry<String, byte[]> seed : MessageSeeds.all().entrySet()) {
      try (InputStream committed =
          MessageSeedsTest.class.getResourceAsStream(FOLDER + seed.getKey())) {
        assertThat(committed).as(seed.getKey()).isNotNull();
        assertThat(committed.readAllBytes()).as(seed.getKey()).isEqualTo(seed.getValue());
      }
    }
  }
}
