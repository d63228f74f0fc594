package org.earshot.cloud.notify;

import java.io.IOException;
import java.util.Optional;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.MemoryChannel;
import org.earshot.audio.flac.FlacReader;
import org.earshot.audio.wav.WavWriter;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clips as files that go with a notice.
 *
 * <p>As WAV, because every phone and mail program plays that at a touch; FLAC only where its
 * decoding fails. A clip of 10 s grows from some 200 to 320 kB. What is not there, or cannot be
 * fetched now, is left out: no alarm waits for its clip.
 */
final class ClipFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ClipFiles.class);
  private static final int MAX_SAMPLES = 120 * AudioFiles.SAMPLE_RATE_HZ; // 3.8 MB

  /**
   * A file.
   *
   * @param name letters, digits, {@code _ . -}
   * @param type of MIME
   */
  record Attachment(String name, String type, byte[] bytes) {}

  private final ClipStore store;

  ClipFiles(ClipStore store) {
    this.store = store;
  }

  /** Returns the clip as it is stored. */
  Optional<byte[]> flac(Notice notice) {
    if (notice.stage() == Stage.WITHDRAWN) {
      return Optional.empty();
    }
    try {
      return store.get(notice.key());
    } catch (StoreException e) {
      LOG.warn("notices: {} goes without its clip: {}", notice.key().id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns the clip as a file to listen to. */
  Optional<Attachment> attachment(Notice notice) {
    return flac(notice).map(flac -> attachment(notice, flac));
  }

  private static Attachment attachment(Notice notice, byte[] flac) {
    String name = notice.message().event() + "-" + notice.key().id();
    try {
      return new Attachment(name + ".wav", "audio/wav", wav(flac));
    } catch (IOException e) {
      LOG.warn("notices: {} cannot be decoded: {}", notice.key().id(), e.getMessage());
      return new Attachment(name + ".flac", "audio/flac", flac);
    }
  }

  private static byte[] wav(byte[] flac) throws IOException {
    try (FlacReader reader = FlacReader.open(new MemoryChannel(flac))) {
      float[] samples = AudioFiles.readAll(reader, MAX_SAMPLES + 1);
      if (samples.length > MAX_SAMPLES) {
        throw new IOException("longer than " + MAX_SAMPLES / AudioFiles.SAMPLE_RATE_HZ + " s");
      }
      return WavWriter.bytes(samples, reader.sampleRateHz());
    }
  }
}
