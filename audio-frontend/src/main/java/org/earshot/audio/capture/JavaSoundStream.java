package org.earshot.audio.capture;

import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;
import org.earshot.audio.dsp.Resampler;

/** An open line of Java Sound. */
final class JavaSoundStream implements CaptureSource.Stream {
  /** The driver's buffer: half a second may pass before it has to throw samples away. */
  private static final int BUFFERS_PER_SECOND = 2;

  /** Blocks of 50 ms: reading waits until as much as was asked for is there. */
  private static final int READS_PER_SECOND = 20;

  private final TargetDataLine line;
  private final AudioFormat format;
  private final byte[] bytes; // of one read, interleaved
  private final PcmSource samples; // mono, at 16 kHz
  private volatile boolean closed;

  private JavaSoundStream(TargetDataLine line, AudioFormat format) {
    this.line = line;
    this.format = format;
    int rateHz = (int) format.getSampleRate();
    bytes = new byte[rateHz / READS_PER_SECOND * format.getFrameSize()];
    PcmSource atRate = new LineSource();
    samples =
        rateHz == AudioFiles.SAMPLE_RATE_HZ
            ? atRate
            : new Resampler(atRate, AudioFiles.SAMPLE_RATE_HZ);
  }

  static JavaSoundStream open(TargetDataLine line, AudioFormat format)
      throws LineUnavailableException {
    int bufferFrames = (int) format.getSampleRate() / BUFFERS_PER_SECOND;
    line.open(format, bufferFrames * format.getFrameSize());
    line.start();
    return new JavaSoundStream(line, format);
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws IOException {
    return samples.read(buffer, offset, length);
  }

  @Override
  public String format() {
    return (int) format.getSampleRate()
        + " Hz, "
        + format.getChannels()
        + (format.getChannels() == 1 ? " channel" : " channels");
  }

  @Override
  public void close() {
    closed = true;
    line.close(); // a reader that waits gets less than it asked for
  }

  private final class LineSource implements PcmSource {
    @Override
    public int sampleRateHz() {
      return (int) format.getSampleRate();
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
      int frameBytes = format.getFrameSize();
      int wanted = Math.min(length, bytes.length / frameBytes) * frameBytes;
      int n = line.read(bytes, 0, wanted);
      if (closed) {
        throw new IOException("closed");
      }
      int frames = n / frameBytes;
      if (frames <= 0) {
        // the one sign that Java Sound gives of a driver's failure
        throw new IOException("the device stopped; see whether it is still plugged in");
      }
      PcmBytes.decode(bytes, false, format.getChannels(), buffer, offset, frames);
      return frames;
    }

    @Override
    public void close() {
      JavaSoundStream.this.close();
    }
  }
}
