package org.earshot.cloud.web.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with 19 MiB, two passes and one lane, as OWASP's password storage advice has it.
 *
 * <p>Stored as a PHC string, so that the parameters can be raised later: {@link #outdated} says so
 * at the next sign-in. At most two are computed at a time, which bounds memory; others wait up to
 * five seconds and are then refused with {@link BusyException}. Thread-safe.
 */
final class Passwords {
  static final int MEMORY_KIB = 19 * 1024;
  static final int PASSES = 2;
  static final int LANES = 1;

  /** Fewest characters of a new password. Source: ADR 0026. */
  static final int MIN_CHARS = 10;

  /** Most characters that are ever hashed. */
  static final int MAX_CHARS = 256;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 2;
  private static final long WAIT_SECONDS = 5;

  /** Bounds of what a stored string may ask for, so that a changed row cannot use up the memory. */
  private static final int MAX_MEMORY_KIB = 256 * 1024;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{8,128})\\$([A-Za-z0-9+/]{16,128})");

  private final SecureRandom random;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final String nobody; // the hash of a password that nobody knows

  Passwords(SecureRandom random) {
    this.random = random;
    byte[] unknown = new byte[HASH_BYTES];
    random.nextBytes(unknown);
    nobody = hash(Base64.getEncoder().encodeToString(unknown));
  }

  /**
   * Checks a new password. Throws IllegalArgumentException that says what is wanted.
   *
   * @param name of the account, which the password may not hold
   */
  static void check(String name, String password) {
    int chars = password.codePointCount(0, password.length());
    if (chars < MIN_CHARS || password.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "a password has " + MIN_CHARS + " to " + MAX_CHARS + " characters");
    }
    if (password.equalsIgnoreCase(name) || password.codePoints().distinct().count() < 4) {
      throw new IllegalArgumentException(
          "this password is too easy to guess; several words that do not belong together are good");
    }
  }

  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = compute(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return String.format(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
        MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /**
   * Whether a password is the stored one.
   *
   * @param stored a PHC string; null when there is no such account, which takes as long and is
   *     never right
   */
  boolean matches(String password, String stored) {
    if (password.length() > MAX_CHARS) {
      return false; // no such password can have been set
    }
    Matcher phc = PHC.matcher(stored == null ? nobody : stored);
    if (!phc.matches() || Integer.parseInt(phc.group(1)) > MAX_MEMORY_KIB) {
      throw new IllegalStateException("a stored password is damaged; have it set anew");
    }
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    byte[] given =
        compute(
            password,
            salt,
            Integer.parseInt(phc.group(1)),
            Integer.parseInt(phc.group(2)),
            Integer.parseInt(phc.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, given) && stored != null;
  }

  /** Whether a stored password was made with other parameters than today's. */
  static boolean outdated(String stored) {
    String today = String.format("$argon2id$v=19$m=%d,t=%d,p=%d$", MEMORY_KIB, PASSES, LANES);
    return !stored.startsWith(today);
  }

  private byte[] compute(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
    acquire();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[bytes];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      permits.release();
    }
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new BusyException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    }
  }
}
