package org.earshot.uplink;

/**
 * Keeps the MQTT client's libraries small: Netty would set 16 MiB of direct memory apart for each
 * core, and RxJava would start a thread that tidies its other threads.
 *
 * <p>They read these properties once, when their first class is loaded, so they are set before a
 * client is made. A value that the command line gives is kept.
 */
final class ClientLibrary {
  private ClientLibrary() {}

  static void configure() {
    set("io.netty.allocator.type", "unpooled");
    set("io.netty.noPreferDirect", "true");
    set("io.netty.transport.noNative", "true");
    set("io.netty.recycler.maxCapacityPerThread", "0");
    set("rx2.purge-enabled", "false");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
