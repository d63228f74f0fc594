package org.earshot.agent.listen;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.earshot.agent.health.DeviceStatus;
import org.earshot.audio.AudioFiles;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.fixture.MosquittoBroker;
import org.opentest4j.TestAbortedException;

/**
 * A device that listens for a long time as fast as it can, and what that costs it.
 *
 * <p>After every minute of the stream the source waits until the device has heard all that it gave,
 * and looks. A minute is quiet when neither it nor the minute before had an alert; what the detect
 * thread allocates in quiet minutes after the first period is allocated for nothing.
 */
final class Soak {
  private static final int FRAMES_A_MINUTE = 6_000; // a hop is 10 ms
  private static final long DEADLINE_SECONDS = 120;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final int minutes;
  private final int periodMinutes;
  private final AtomicLong announced = new AtomicLong(); // messages
  private final AtomicLong alerts = new AtomicLong();
  private Device device;

  // of the capture thread, which the caller of run joins
  private long detectThread = -1;
  private long lastAllocated;
  private long lastAnnounced;
  private boolean lastQuiet;
  private int quietMinutes;
  private int allocatingMinutes;
  private long quietBytes;
  private long firstHeap;
  private long lastHeap;
  private long firstResident;
  private long lastResident;

  Soak(int minutes, int periodMinutes) {
    this.minutes = minutes;
    this.periodMinutes = periodMinutes;
  }

  /**
   * What it cost.
   *
   * @param firstHeapBytes in use after a collection after the first period
   * @param lastHeapBytes the same after the last
   * @param firstResidentKib of the process, after the first period
   * @param quietMinutes without an alert, after the first period
   * @param allocatingMinutes of them in which the detect thread allocated anything
   * @param quietBytes that the detect thread allocated in them
   */
  record Report(
      double audioSeconds,
      double seconds,
      long firstHeapBytes,
      long lastHeapBytes,
      long firstResidentKib,
      long lastResidentKib,
      long droppedSamples,
      long gapSamples,
      long alerts,
      long lostHandOffs,
      int waiting,
      int quietMinutes,
      int allocatingMinutes,
      long quietBytes) {
    double bytesPerFrame() {
      return quietBytes / (double) (quietMinutes * (long) FRAMES_A_MINUTE);
    }

    double heapChange() {
      return (lastHeapBytes - firstHeapBytes) / (double) firstHeapBytes;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.1f h of stream in %.0f s (%.0f times real time), %d alerts%n"
              + "heap after collection: %d bytes after the first period, %d after the last (%+.2f %%)%n"
              + "resident: %d KiB after the first period, %d KiB after the last%n"
              + "dropped samples %d, gaps %d, lost hand-offs %d, items that wait %d%n"
              + "allocated by the detect thread without alerts: %d bytes in %d minutes, %.4f a frame",
          audioSeconds / 3600,
          seconds,
          audioSeconds / seconds,
          alerts,
          firstHeapBytes,
          lastHeapBytes,
          100 * heapChange(),
          firstResidentKib,
          lastResidentKib,
          droppedSamples,
          gapSamples,
          lostHandOffs,
          waiting,
          quietBytes,
          quietMinutes,
          bytesPerFrame());
    }
  }

  /**
   * Runs it.
   *
   * @param broker null for none
   */
  Report run(Path folder, URI broker) throws IOException, InterruptedException {
    List<float[]> sounds = new ArrayList<>();
    for (Path recording : TestHome.demo()) {
      sounds.add(AudioFiles.readAll16k(recording, Integer.MAX_VALUE));
    }
    TestHome home = new TestHome(folder, broker, TestHome.EVERY_EVENT);
    long began = System.nanoTime();
    DeviceStatus status;
    double seconds;
    device =
        home.device(
            new SoakSource(minutes, periodMinutes, sounds, this::minute),
            Clock.fixed(TestHome.NOON, ZoneOffset.UTC),
            this::count);
    try (Device listening = device) {
      listening.start();
      listening.awaitEnd();
      seconds = (System.nanoTime() - began) / 1e9;
    }
    status = device.status();
    DeviceStatus.Microphone microphone = status.microphones().get(0);
    return new Report(
        microphone.audioSeconds(),
        seconds,
        firstHeap,
        lastHeap,
        firstResident,
        lastResident,
        microphone.droppedSamples(),
        Math.round(16_000 * microphone.gapSeconds()),
        alerts.get(),
        status.lostHandOffs(),
        status.outbox().items(),
        quietMinutes,
        allocatingMinutes,
        quietBytes);
  }

  private void count(EventMessage message) {
    announced.incrementAndGet();
    if (message.phase() == Phase.OPENED) {
      alerts.incrementAndGet();
    }
  }

  private void minute(int minute, long samples) throws InterruptedException {
    awaitHeard(samples);
    if (detectThread < 0) {
      detectThread = threadId("detect-kitchen");
    }
    long allocated = threads.getThreadAllocatedBytes(detectThread);
    boolean quiet = announced.get() == lastAnnounced;
    if (quiet && lastQuiet && minute > periodMinutes) {
      quietMinutes++;
      quietBytes += allocated - lastAllocated;
      allocatingMinutes += allocated > lastAllocated ? 1 : 0;
    }
    lastQuiet = quiet;
    lastAnnounced = announced.get();
    if (minute == periodMinutes) {
      firstHeap = heapAfterCollection();
      firstResident = residentKib();
    }
    if (minute == minutes) {
      lastHeap = heapAfterCollection();
      lastResident = residentKib();
    }
    lastAllocated = allocated;
  }

  private void awaitHeard(long samples) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (device.ears().get(0).processedSamples() < samples) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the device does not hear what it was given");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static long threadId(String name) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        return thread.getId();
      }
    }
    throw new IllegalStateException("there is no thread " + name);
  }

  /** What the collection left, without what was allocated since, which counts by whole buffers. */
  private static long heapAfterCollection() {
    System.gc();
    System.gc(); // what the first one found to be finalized or cleaned is gone
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  /** Of this process; 0 where there is no /proc. */
  private static long residentKib() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Arguments: hours of stream, an empty folder. Ends with 1 when something grew, was dropped or
   * allocated.
   */
  public static void main(String[] arguments) throws Exception {
    int hours = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[1]);
    MosquittoBroker broker = null;
    try {
      broker = MosquittoBroker.in(folder.resolve("broker")).start();
    } catch (TestAbortedException e) {
      System.err.println("without a broker: " + e.getMessage());
    }
    Report report;
    try {
      report = new Soak(60 * hours, 60).run(folder, broker == null ? null : broker.uri());
    } finally {
      if (broker != null) {
        broker.close();
      }
    }
    System.out.println(report);
    boolean well =
        report.quietMinutes() > 0 // else nothing was measured
            && report.droppedSamples() == 0
            && report.quietBytes() == 0
            && report.lostHandOffs() == 0
            && Math.abs(report.heapChange()) <= 0.02;
    System.out.println(well ? "well" : "NOT well");
    System.exit(well ? 0 : 1);
  }
}
