package org.earshot.uplink;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.earshot.event.MessageCodec;
import org.earshot.outbox.Losses;
import org.earshot.outbox.Priority;

/** A device in a process of its own that says when it is online, and stays until it is killed. */
final class UplinkChild {
  private UplinkChild() {}

  /** Arguments: folder of the outbox, broker. */
  public static void main(String[] arguments) throws Exception {
    try (Device device =
        new Device(
            Path.of(arguments[0]), Device.settings(URI.create(arguments[1])), new Losses())) {
      device.uplink.retain(Device.TOPICS.state(), MessageCodec.toJson(Device.online()));
      device.uplink.start();
      device.heard.await("state", () -> device.uplink.counters().states() == 1);
      device.putClip(device.nextId(), Priority.NORMAL, 100_000); // needs the second connection
      device.heard.await("clip", () -> device.outbox.depth() == 0);
      System.out.println("online with threads " + threads());
      System.out.flush();
      Thread.currentThread().join(); // for ever
    }
  }

  /** The threads that were started beside the JVM's own. */
  private static Set<String> threads() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Thread[] threads = new Thread[group.activeCount() + 10];
    int count = group.enumerate(threads);
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      names.add(threads[i].getName());
    }
    return names;
  }
}
