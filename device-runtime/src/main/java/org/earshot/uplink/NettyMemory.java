package org.earshot.uplink;

/**
 * Keeps the network library small: it would set 16 MiB of direct memory apart for each core.
 *
 * <p>It reads these properties once, when its first class is loaded, so they are set before a
 * client is made. A value that the command line gives is kept.
 */
final class NettyMemory {
  private NettyMemory() {}

  static void configure() {
    set("io.netty.allocator.type", "unpooled");
    set("io.netty.noPreferDirect", "true");
    set("io.netty.transport.noNative", "true");
    set("io.netty.recycler.maxCapacityPerThread", "0");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
