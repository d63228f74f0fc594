package org.earshot.agent.listen;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.earshot.agent.health.DeviceStatus;
import org.earshot.event.HealthMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done every so often: the guard's delays, level and health; thread {@code rounds}.
 */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final long GUARD_MILLIS = 250;
  private static final int HEAD_ROUNDS = 4; // a second
  private static final int LEVEL_ROUNDS = 40; // 10 s
  private static final int HEALTH_ROUNDS = 240; // a minute

  private final Device device;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rounds");
            thread.setDaemon(true);
            return thread;
          });
  private long count;
  private boolean healthIsDue;

  Rounds(Device device) {
    this.device = device;
  }

  void start() {
    var unused = timer.scheduleAtFixedRate(this::round, 0, GUARD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      Instant now = device.clock().instant();
      device.guard().advance(now);
      device.answers().advance(now);
      if (count % HEAD_ROUNDS == 0) {
        device.changeHeads(heads -> heads.look(Instant.now()));
      }
      if (device.broker() != null) {
        if (count % LEVEL_ROUNDS == 0) {
          device.broker().level(loudest(device.status().microphones()));
        }
        healthIsDue |= count % HEALTH_ROUNDS == 0;
        if (healthIsDue) {
          healthIsDue = !device.broker().health(health(device.status(), now));
        }
      }
      count++;
    } catch (RuntimeException e) { // else the timer would stop for good
      LOG.error("internal error, please report it", e);
    }
  }

  private static double loudest(List<DeviceStatus.Microphone> microphones) {
    return microphones.stream()
        .mapToDouble(DeviceStatus.Microphone::levelDb)
        .max()
        .orElse(HealthMessage.MIN_DBFS);
  }

  private HealthMessage health(DeviceStatus status, Instant now) {
    Runtime runtime = Runtime.getRuntime();
    return new HealthMessage(
        now,
        status.uptime().toSeconds(),
        runtime.totalMemory() - runtime.freeMemory(),
        status.outbox().items(),
        status.outbox().bytes(),
        status.outbox().discardedClips(),
        device.broker().itemsSetAside(),
        device.broker().counters().connects(),
        status.alerts().values().stream().mapToLong(Long::longValue).sum(),
        device.suppressedClips(),
        device.ears().stream().map(ear -> microphone(ear, device.problemOf(ear))).toList());
  }

  private static HealthMessage.Microphone microphone(Ear ear, String problem) {
    return new HealthMessage.Microphone(
        ear.name(),
        problem.isEmpty() ? "ok" : problem,
        level(ear.capture().level().rmsDbfs()),
        level(ear.capture().level().peakDbfs()),
        ear.capture().capturedSamples(),
        ear.capture().droppedSamples(),
        ear.capture().gapSamples(),
        ear.capture().reopens());
  }

  /** Within what a message may say: a float recording may exceed full scale. */
  private static double level(double dbfs) {
    return Math.max(HealthMessage.MIN_DBFS, Math.min(0, dbfs));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
