package org.earshot.cloud.notify;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which addresses secrets and notices may be sent to without encryption: the loopback only. */
final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private Addresses() {}

  /**
   * Returns an address of http or https; throws IllegalArgumentException that says what is wrong.
   */
  static URI web(String what, URI address, boolean allowPlain) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException(what + " '" + address.getHost() + "'; wanted https://...");
    }
    if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(what + ": a login does not belong into the address");
    }
    if (scheme.equals("http") && !allowPlain && !isLoopback(address.getHost())) {
      throw new IllegalArgumentException(
          what + " '" + address.getHost() + "' is not encrypted; use https, or allow plain http");
    }
    return address;
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
