package org.earshot.audio.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the capture loop in the test's own thread, by a script and a clock that never wait. */
final class LoopBench {
  final FakeClock clock = new FakeClock();
  final ScriptedSource source = new ScriptedSource(clock);
  final RecordedProblems problems = new RecordedProblems();
  final CaptureSettings settings;
  final SampleRing ring;
  final ProblemStates states;
  final StreamWatch watch;
  final LevelMeter meter = new LevelMeter();
  final CaptureLoop loop;
  final List<Piece> taken = new ArrayList<>();

  /** A block as it was taken. */
  record Piece(long startSample, long gapSamples, float[] samples) {}

  LoopBench(CaptureSettings settings) {
    this(settings, new RecordedProblems());
  }

  LoopBench(CaptureSettings settings, CaptureListener listener) {
    this.settings = settings;
    ring = new SampleRing((int) CaptureTime.millisToSamples(settings.ringMillis()));
    states = new ProblemStates("test", listener instanceof RecordedProblems ? problems : listener);
    watch = new StreamWatch(source, states, settings.stuckMillis() * CaptureTime.NANOS_PER_MILLI);
    loop = new CaptureLoop("test", source, settings, clock, ring, states, watch, meter);
    source.whenDone(watch::shut);
  }

  /** To the end of the script; what is left in the ring is taken. */
  void run() {
    loop.run();
    drain();
  }

  /** Takes all that is in the ring. */
  void drain() {
    CaptureBlock block = new CaptureBlock(1 << 17);
    try {
      while (ring.read(block, 0) && block.length > 0) {
        taken.add(
            new Piece(
                block.startSample, block.gapSamples, Arrays.copyOf(block.samples, block.length)));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds to the script: samples of one value, which are taken in time. */
  void givesAndTakes(int seconds, float value) {
    for (int i = 0; i < seconds; i++) {
      source.gives(16_000, value).runs(this::drain);
    }
  }

  /** A step of a script in which no sample comes for so long, and the watch looks each second. */
  ScriptedSource.Step nothingForSeconds(int seconds) {
    return (stream, buffer, offset, length) -> {
      for (int i = 0; i < seconds && !stream.isClosed(); i++) {
        clock.advanceMillis(1_000);
        watch.check(clock.nanoTime());
      }
      if (stream.isClosed()) {
        throw new IOException("closed");
      }
      return 0;
    };
  }

  long takenSamples() {
    return taken.stream().mapToLong(piece -> piece.samples().length).sum();
  }
}
