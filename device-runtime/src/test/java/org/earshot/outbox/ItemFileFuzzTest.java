package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Any bytes are an item's header or one clear line; {@code scripts/fuzz outbox 600} looks for
 * others.
 *
 * <p>The checksum is repaired first, so that what is behind it is reached. A header that was
 * accepted is written again unchanged.
 */
class ItemFileFuzzTest {
  @FuzzTest
  void anyBytesAreAnItemOrOneClearLine(byte[] file) {
    check(file);
    check(ItemFileSeeds.resealed(file));
  }

  private static void check(byte[] file) {
    byte[] start = Arrays.copyOf(file, Math.min(file.length, ItemFile.MAX_HEADER_BYTES));
    ItemFile.Header header;
    try {
      header = ItemFile.readHeader(start, file.length, ItemFileSeeds.sequence(file));
    } catch (DamagedItemException e) {
      assertThat(e.getMessage()).hasLineCount(1).contains("(byte ");
      return;
    }
    OutboxEntry entry = header.entry();
    assertThat(ItemFile.bytes(entry)).isEqualTo(file.length);
    byte[] payload = Arrays.copyOfRange(file, header.headerBytes(), file.length);
    if (ItemFile.checksum(payload, 0, payload.length) == header.payloadChecksum()) {
      ByteBuffer again = ItemFile.header(entry, payload);
      assertThat(again).isEqualTo(ByteBuffer.wrap(file, 0, header.headerBytes()));
    }
  }
}
