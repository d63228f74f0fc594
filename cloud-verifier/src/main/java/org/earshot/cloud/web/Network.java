package org.earshot.cloud.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses: one, or all that share the first bits.
 *
 * @param prefix the address, 4 or 16 bytes
 * @param bits that count
 */
record Network(byte[] prefix, int bits) {
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** Reads {@code 10.0.0.0/8}, {@code ::1} and the like. Throws IllegalArgumentException. */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "trusted_proxies has '" + text + "', wanted an address or a network such as 10.0.0.0/8");
    }
    int bits = 8 * address.length;
    if (slash >= 0) {
      String digits = text.substring(slash + 1);
      if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > bits) {
        throw new IllegalArgumentException(
            "trusted_proxies has '" + text + "', wanted a prefix of 0 to " + bits + " bits");
      }
      bits = Integer.parseInt(digits);
    }
    return new Network(address, bits);
  }

  /** Returns the bytes of an address that is written in numbers; null for anything else. */
  static byte[] bytes(String address) {
    boolean v6 = address.indexOf(':') >= 0 && V6.matcher(address).matches();
    if (!v6 && !V4.matcher(address).matches()) {
      return null; // a name must never be looked up because of what a request says
    }
    try {
      return InetAddress.getByName(v6 ? "[" + address + "]" : address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  boolean holds(byte[] address) {
    if (address == null || address.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
      if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
