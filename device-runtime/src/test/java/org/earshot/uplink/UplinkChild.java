package org.earshot.uplink;

import java.net.URI;
import java.nio.file.Path;
import org.earshot.event.MessageCodec;
import org.earshot.outbox.Losses;

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
      System.out.println("online");
      System.out.flush();
      Thread.currentThread().join(); // for ever
    }
  }
}
