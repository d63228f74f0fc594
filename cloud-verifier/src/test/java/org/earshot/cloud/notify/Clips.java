package org.earshot.cloud.notify;

import java.nio.file.Path;
import org.earshot.audio.flac.FlacWriter;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.FolderClipStore;

/** A clip store with the clip of the notice of tests, or without. */
final class Clips {
  static final int SAMPLES = 1600; // 0.1 s
  static final byte[] FLAC = FlacWriter.encode(samples(), 0, SAMPLES, 16_000);

  private Clips() {}

  static short[] samples() {
    short[] samples = new short[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = (short) (1000 * (i % 31) - 15_000);
    }
    samples[7] = Short.MIN_VALUE;
    samples[8] = Short.MAX_VALUE;
    return samples;
  }

  static ClipStore empty(Path folder) {
    return new FolderClipStore(folder.resolve("clips"));
  }

  static ClipStore with(Path folder, byte[] flac) {
    ClipStore store = empty(folder);
    store.put(Notices.KEY, flac);
    return store;
  }
}
