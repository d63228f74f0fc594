package org.earshot.yamnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowFeedTest {

  private final List<List<Float>> windows = new ArrayList<>();
  private final WindowFeed feed =
      new WindowFeed(
          4,
          2,
          (index, window) -> {
            assertThat(index).isEqualTo(windows.size());
            windows.add(List.of(window[0], window[1], window[2], window[3]));
          });

  @Test
  void overlapsWindowsByTheHopAndPadsTheLastWithZeros() throws IOException {
    feed.push(new float[] {1, 2, 3, 4, 5}, 0, 5);
    feed.finish();

    assertThat(windows).containsExactly(List.of(1f, 2f, 3f, 4f), List.of(3f, 4f, 5f, 0f));
  }

  @Test
  void addsNoWindowWhenTheLastOneEndsWithTheStream() throws IOException {
    feed.push(new float[] {1, 2, 3, 4, 5, 6}, 0, 6);
    feed.finish();

    assertThat(windows).containsExactly(List.of(1f, 2f, 3f, 4f), List.of(3f, 4f, 5f, 6f));
  }

  @Test
  void aStreamShorterThanOneWindowHasOneWindow() throws IOException {
    feed.push(new float[] {9}, 0, 1);
    feed.finish();

    assertThat(windows).containsExactly(List.of(9f, 0f, 0f, 0f));
  }

  @Test
  void anEmptyStreamHasNone() throws IOException {
    feed.finish();

    assertThat(windows).isEmpty();
  }

  @Test
  void startsAfreshAfterFinish() throws IOException {
    feed.push(new float[] {1, 2, 3}, 0, 3);
    feed.finish();
    windows.clear();
    feed.push(new float[] {7, 8, 9, 10}, 0, 4);
    feed.finish();

    assertThat(windows).containsExactly(List.of(7f, 8f, 9f, 10f));
  }

  @Test
  void anySplitGivesTheSameWindows() throws IOException {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    float[] samples = new float[101];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i + 1;
    }
    feed.push(samples, 0, samples.length);
    feed.finish();
    List<List<Float>> whole = List.copyOf(windows);
    for (int round = 0; round < 50; round++) {
      windows.clear();
      int at = 0;
      while (at < samples.length) {
        int n = Math.min(samples.length - at, 1 + random.nextInt(11));
        feed.push(samples, at, n);
        at += n;
      }
      feed.finish();
      assertThat(windows).as("seed %d, round %d", seed, round).isEqualTo(whole);
    }
  }

  @Test
  void refusesAHopLongerThanTheWindow() {
    assertThatThrownBy(() -> new WindowFeed(4, 5, (index, window) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hop of 5");
  }
}
