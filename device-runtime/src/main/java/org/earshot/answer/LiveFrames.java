package org.earshot.answer;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.Pcm16;

/**
 * The frames of one session: filled by the thread that hears, delivered by the session's.
 *
 * <p>{@value #FRAMES} frames are made once and go round; when the sink is slow and none is free,
 * whole frames are dropped and counted.
 */
final class LiveFrames {
  private static final int FRAMES = 32; // some 2 s
  private static final int ENDS = 2; // at the limit and on command

  private final LiveSink sink;
  private final int frameSamples;
  private final BlockingQueue<Frame> free = new ArrayBlockingQueue<>(FRAMES);
  private final BlockingQueue<Frame> filled = new ArrayBlockingQueue<>(FRAMES + ENDS);
  private final Frame last = new Frame(0); // ends the session
  private volatile boolean cancelled;
  private final AtomicLong dropped = new AtomicLong();

  // of the thread that hears
  private Frame current; // null while a frame is being dropped
  private int at; // samples of the current frame
  private long index;
  private long samplesLeft;

  LiveFrames(int frameMillis, LiveSink sink) {
    this.sink = sink;
    frameSamples = frameMillis * AudioFiles.SAMPLE_RATE_HZ / 1_000;
    for (int i = 0; i < FRAMES; i++) {
      free.add(new Frame(2 * frameSamples));
    }
  }

  /** Sets how much may be heard, before the first push. */
  void limitSamples(Duration limit) {
    samplesLeft = limit.toMillis() * AudioFiles.SAMPLE_RATE_HZ / 1_000;
  }

  void push(float[] samples, int offset, int length) {
    int count = (int) Math.min(length, samplesLeft);
    for (int i = 0; i < count; i++) {
      if (at == 0) {
        current = free.poll();
      }
      if (current != null) {
        short value = Pcm16.of(samples[offset + i]);
        current.pcm[2 * at] = (byte) value;
        current.pcm[2 * at + 1] = (byte) (value >> 8);
      }
      at++;
      if (at == frameSamples) {
        complete();
      }
    }
    if (count > 0) {
      samplesLeft -= count;
      if (samplesLeft == 0) {
        end();
      }
    }
  }

  private void complete() {
    if (current == null) {
      dropped.incrementAndGet();
    } else {
      current.index = index;
      filled.add(current); // there is a place for each frame
    }
    index++;
    at = 0;
  }

  private void end() {
    filled.add(last); // there is a place for it
  }

  /** Ends {@link #deliver} at once; what waits is not delivered. */
  void cancel() {
    cancelled = true;
    filled.offer(last);
  }

  long dropped() {
    return dropped.get();
  }

  /** Hands frames to the sink until the end. */
  void deliver() throws InterruptedException {
    for (Frame frame = filled.take(); frame != last && !cancelled; frame = filled.take()) {
      sink.frame(frame.index, frame.pcm, frame.pcm.length);
      free.add(frame);
    }
  }

  private static final class Frame {
    final byte[] pcm;
    long index;

    Frame(int bytes) {
      pcm = new byte[bytes];
    }
  }
}
