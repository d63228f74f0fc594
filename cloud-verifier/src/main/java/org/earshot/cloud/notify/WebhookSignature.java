package org.earshot.cloud.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the body of a webhook with the time of sending, so that a receiver knows who sent it, that
 * nobody changed it, and that it is not an old one sent again.
 *
 * <p>{@code t=SECONDS,v1=HEX}: seconds since 1970, and the HMAC-SHA256 (RFC 2104, FIPS 180-4), in
 * lower-case hexadecimal, of the seconds in decimal, a full stop and the body's bytes.
 */
final class WebhookSignature {
  static final String HEADER = "Earshot-Signature";
  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /** Returns the header's value. */
  static String of(Secret secret, long epochSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
      mac.update((epochSeconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + epochSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
