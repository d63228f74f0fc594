package org.earshot.uplink;

import java.util.concurrent.atomic.AtomicLong;

/** The counters of an uplink as they are counted; from any thread. */
final class Tally {
  final AtomicLong connects = new AtomicLong();
  final AtomicLong disconnects = new AtomicLong();
  final AtomicLong failedConnects = new AtomicLong();
  final AtomicLong events = new AtomicLong();
  final AtomicLong clips = new AtomicLong();
  final AtomicLong states = new AtomicLong();
  final AtomicLong frames = new AtomicLong();
  final AtomicLong bytes = new AtomicLong(); // of states and frames
  final AtomicLong refusals = new AtomicLong();
  final AtomicLong setAside = new AtomicLong();
  final AtomicLong unheard = new AtomicLong();
  final AtomicLong droppedFrames = new AtomicLong();
  final AtomicLong ignored = new AtomicLong();
  volatile String lastError = "";

  UplinkCounters counters(long itemBytes) {
    return new UplinkCounters(
        connects.get(),
        disconnects.get(),
        failedConnects.get(),
        events.get(),
        clips.get(),
        states.get(),
        frames.get(),
        bytes.get() + itemBytes,
        refusals.get(),
        setAside.get(),
        unheard.get(),
        droppedFrames.get(),
        ignored.get(),
        lastError);
  }
}
