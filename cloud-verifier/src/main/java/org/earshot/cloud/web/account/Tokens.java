package org.earshot.cloud.web.account;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that browsers hold: 256 random bits, kept here as a hash only.
 *
 * <p>All methods are thread-safe.
 */
public final class Tokens {
  private static final int TOKEN_BYTES = 32;
  private static final int CODE_GROUPS = 4;
  private static final int CODE_GROUP_CHARS = 5; // 20 characters of 5 bits: 100 bits
  private static final String CODE_CHARS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's
  private static final byte[] CSRF_TEXT =
      "earshot request".getBytes(StandardCharsets.US_ASCII); // never changed

  private final SecureRandom random;

  /** Draws from a generator. */
  public Tokens(SecureRandom random) {
    this.random = random;
  }

  /** Returns a new token: 43 characters of base64url. */
  public String next() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns a new code that a person can type. */
  String nextCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_GROUPS * CODE_GROUP_CHARS; i++) {
      if (i > 0 && i % CODE_GROUP_CHARS == 0) {
        code.append('-');
      }
      code.append(CODE_CHARS.charAt(random.nextInt(CODE_CHARS.length())));
    }
    return code.toString();
  }

  /** Returns what is stored of a token: SHA-256, which suffices for 256 random bits. */
  public static String hash(String token) {
    return HexFormat.of().formatHex(sha256(token));
  }

  /**
   * Returns what a page must send with every request that changes something. It follows from the
   * token, which scripts cannot read, so that only this server can make it.
   */
  public static String csrf(String token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(CSRF_TEXT));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Whether two secrets are the same, in a time that does not tell where they differ. */
  public static boolean same(String expected, String given) {
    return given != null && MessageDigest.isEqual(sha256(expected), sha256(given));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
