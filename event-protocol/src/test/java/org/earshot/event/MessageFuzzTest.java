package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Any bytes are a message or one clear line; {@code scripts/fuzz message 600} looks for others.
 *
 * <p>What was read is written and read again unchanged.
 */
class MessageFuzzTest {
  private interface Parse<T> {
    T message(byte[] json) throws IOException;
  }

  private interface Write<T> {
    byte[] json(T message);
  }

  @FuzzTest
  void anyBytesAreAMessageOrOneClearLine(byte[] json) throws IOException {
    check(json, MessageCodec::parseEvent, MessageCodec::toJson);
    check(json, MessageCodec::parseVerdict, MessageCodec::toJson);
    check(json, MessageCodec::parseState, MessageCodec::toJson);
    check(json, MessageCodec::parseProblems, MessageCodec::toJson);
    check(json, MessageCodec::parseHealth, MessageCodec::toJson);
    check(json, MessageCodec::parseCommand, MessageCodec::toJson);
    check(json, LiveFrame::parse, LiveFrame::toBytes);
  }

  private static <T> void check(byte[] json, Parse<T> parse, Write<T> write) throws IOException {
    T message;
    try {
      message = parse.message(json);
    } catch (MalformedMessageException e) {
      assertThat(e.offset()).isBetween(0L, (long) Math.max(json.length, MessageCodec.MAX_BYTES));
      assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(400);
      return;
    }
    assertThat(parse.message(write.json(message))).isEqualTo(message);
  }
}
