package org.earshot.cloud.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a request comes from, as far as that can be believed.
 *
 * @param address of the browser, in numbers
 * @param forwarded whether a proxy stands between, or claims to
 * @param secure whether the browser speaks TLS
 * @param origin of the page, such as {@code https://earshot.example}
 */
record Caller(String address, boolean forwarded, boolean secure, String origin) {
  private static final int V6_NETWORK_BYTES = 8; // what one customer has

  /** Reads callers from requests; believes the proxies that it is told. */
  static final class Reader {
    private final List<Network> proxies;
    private final String publicUrl;

    Reader(WebSettings settings) {
      proxies = settings.trustedProxies().stream().map(Network::parse).toList();
      publicUrl = settings.publicUrl();
    }

    Caller read(HttpServletRequest request) {
      String address = request.getRemoteAddr();
      boolean forwarded =
          request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
      String scheme = request.getScheme();
      String host = request.getHeader("Host");
      if (trusted(address)) {
        address = forwardedFor(request.getHeader("X-Forwarded-For"), address);
        scheme = or(last(request.getHeader("X-Forwarded-Proto")), scheme);
        host = or(last(request.getHeader("X-Forwarded-Host")), host);
      }
      String origin = publicUrl.isEmpty() ? scheme + "://" + host : publicUrl;
      return new Caller(address, forwarded, origin.startsWith("https://"), origin);
    }

    /** The last address that no trusted proxy vouches for; what stands before it may be made up. */
    private String forwardedFor(String header, String direct) {
      if (header == null) {
        return direct;
      }
      String[] hops = header.split(",", -1);
      String address = direct;
      for (int i = hops.length - 1; i >= 0; i--) {
        String hop = hops[i].strip();
        if (Network.bytes(hop) == null) {
          return address;
        }
        address = hop;
        if (!trusted(hop)) {
          return address;
        }
      }
      return address;
    }

    private boolean trusted(String address) {
      byte[] bytes = Network.bytes(address);
      return bytes != null && proxies.stream().anyMatch(proxy -> proxy.holds(bytes));
    }

    private static String last(String list) {
      return list == null ? null : list.substring(list.lastIndexOf(',') + 1).strip();
    }

    private static String or(String value, String otherwise) {
      return value == null || value.isEmpty() ? otherwise : value;
    }
  }

  /** What tries are counted by: the address, of IPv6 the network. */
  String network() {
    byte[] bytes = Network.bytes(address);
    return bytes == null || bytes.length == 4
        ? address
        : HexFormat.of().formatHex(bytes, 0, V6_NETWORK_BYTES);
  }

  /** Whether the request was made on this machine, and by no proxy. */
  boolean local() {
    byte[] bytes = Network.bytes(address);
    try {
      return !forwarded && bytes != null && InetAddress.getByAddress(bytes).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
