package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LiveFrameTest {
  private static final LiveFrame FRAME =
      new LiveFrame(0x0102030405L, new short[] {0, 1, -1, Short.MIN_VALUE});

  @Test
  void aFrameSurvives() throws IOException {
    assertThat(LiveFrame.parse(FRAME.toBytes())).isEqualTo(FRAME);
  }

  @Test
  void theBytesAreThoseOfTheProtocol() {
    byte[] wanted = {
      'E', 'L', '0', '1', 5, 4, 3, 2, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1, 0, -1, -1, 0, -128
    };
    assertThat(FRAME.toBytes()).isEqualTo(wanted);
  }

  @Test
  void everyOtherLengthIsRefused() {
    byte[] bytes = FRAME.toBytes();
    for (int length = 0; length < bytes.length + 2; length++) {
      byte[] other = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertThatThrownBy(() -> LiveFrame.parse(other))
            .isInstanceOf(MalformedMessageException.class);
      }
    }
  }

  @Test
  void samplesBeyondHalfASecondAreRefused() {
    assertThatThrownBy(() -> new LiveFrame(0, new short[LiveFrame.MAX_SAMPLES + 1]))
        .hasMessageContaining("8001");
  }
}
