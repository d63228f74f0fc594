package org.earshot.audio.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;
import org.earshot.audio.dsp.Resampler;

/** A program that runs and what it writes. */
final class ProcessStream implements CaptureSource.Stream {
  private static final int BUFFER_BYTES = 1 << 14;
  private static final long END_MILLIS = 1_000;

  private final ProcessSource source;
  private final Process process;
  private final int sampleRateHz;
  private final int channels;
  private final InputStream output;
  private final ProgramMessages messages;
  private final PcmSource samples; // mono, at 16 kHz
  private final byte[] bytes = new byte[BUFFER_BYTES]; // read, and not yet decoded
  private final String program;
  private int filled;
  private boolean headerDone; // or none is to be expected
  private boolean bigEndian;
  private volatile boolean closed;

  ProcessStream(ProcessSource source, Process process, int sampleRateHz, int channels) {
    this.source = source;
    this.process = process;
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.output = process.getInputStream();
    String path = source.command().get(0);
    this.program = path.substring(path.lastIndexOf('/') + 1);
    this.headerDone = !program.equals("pw-record");
    this.messages = new ProgramMessages(program, process.getErrorStream());
    PcmSource atRate = new OutputSource();
    this.samples =
        sampleRateHz == AudioFiles.SAMPLE_RATE_HZ
            ? atRate
            : new Resampler(atRate, AudioFiles.SAMPLE_RATE_HZ);
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws IOException {
    return samples.read(buffer, offset, length);
  }

  @Override
  public long lostSamples() {
    return CaptureTime.millisToSamples(messages.takeLostMillis());
  }

  @Override
  public String format() {
    return sampleRateHz + " Hz, " + channels + (channels == 1 ? " channel" : " channels");
  }

  /** Asks the program to end, and makes it when it does not. */
  @Override
  public void close() {
    closed = true;
    process.descendants().forEach(ProcessHandle::destroy); // a script leaves its programs behind
    process.destroy();
    try {
      if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private IOException ended() {
    try {
      String said = messages.text();
      String how =
          process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)
              ? "ended with code " + process.exitValue()
              : "closed its output";
      return new IOException(
          "'" + program + "' " + how + (said.isEmpty() ? "" : ": " + source.explain(said)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IOException("interrupted", e);
    }
  }

  private final class OutputSource implements PcmSource {
    @Override
    public int sampleRateHz() {
      return sampleRateHz;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
      int frameBytes = channels * PcmBytes.BYTES_PER_SAMPLE;
      while (filled < frameBytes || !headerDone) {
        fill();
      }
      int frames = Math.min(length, filled / frameBytes);
      PcmBytes.decode(bytes, bigEndian, channels, buffer, offset, frames);
      drop(frames * frameBytes);
      return frames;
    }

    private void fill() throws IOException {
      int n;
      try {
        n = output.read(bytes, filled, bytes.length - filled);
      } catch (IOException e) {
        throw closed ? new IOException("closed", e) : e;
      }
      if (closed) {
        throw new IOException("closed");
      }
      if (n < 0) {
        throw ended();
      }
      filled += n;
      if (!headerDone) {
        int headerBytes = SunAuHeader.length(bytes, filled, sampleRateHz, channels);
        headerDone = headerBytes >= 0;
        bigEndian = headerBytes > 0;
        drop(Math.max(0, headerBytes));
      }
    }

    private void drop(int count) {
      filled -= count;
      System.arraycopy(bytes, count, bytes, 0, filled);
    }

    @Override
    public void close() {
      ProcessStream.this.close();
    }
  }
}
