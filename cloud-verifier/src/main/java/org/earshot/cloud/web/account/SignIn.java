package org.earshot.cloud.web.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks names and passwords, no faster than a person types.
 *
 * <p>Counted by name and address together, by address, and by name; a name that does not exist is
 * counted, and takes as long, as one that does, so that nothing tells them apart. What is right
 * gives its tries back. The limits by name alone are wider, so that a stranger cannot easily lock
 * an owner out. Thread-safe; remembers at most {@value #MAX_KEYS} of each.
 */
public final class SignIn {
  static final int MAX_KEYS = 20_000;

  /** Tries of a name from one address: 5, then one every 3 minutes. */
  static final int TRIES_BOTH = 5;

  /** Tries from an address: 20, then one a minute. */
  static final int TRIES_ADDRESS = 20;

  /** Tries of a name from anywhere: 50, then one a minute. */
  static final int TRIES_NAME = 50;

  /**
   * What came of a try.
   *
   * @param name of the account when it was right; else null
   * @param retryAfter how long to wait, when there were too many tries; else null
   */
  public record Result(String name, Duration retryAfter) {
    /** Whether it was right. */
    public boolean right() {
      return name != null;
    }
  }

  private final Accounts accounts;
  private final Throttle both;
  private final Throttle byAddress;
  private final Throttle byName;

  /** Checks against these accounts. */
  public SignIn(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    both = new Throttle(TRIES_BOTH, Duration.ofMinutes(3), MAX_KEYS, clock);
    byAddress = new Throttle(TRIES_ADDRESS, Duration.ofMinutes(1), MAX_KEYS, clock);
    byName = new Throttle(TRIES_NAME, Duration.ofMinutes(1), MAX_KEYS, clock);
  }

  /**
   * Tries a name and a password.
   *
   * @param address of the caller; of IPv6 the network
   */
  public Result attempt(String typedName, String password, String address) {
    String name;
    try {
      name = Account.name(typedName);
    } catch (IllegalArgumentException e) {
      name = "?"; // no account can have it; counted and answered like any other
    }
    Optional<Duration> wait = take(name, address);
    if (wait.isPresent()) {
      return new Result(null, wait.get());
    }
    if (!accounts.knows(name, password)) {
      return new Result(null, null);
    }
    both.giveBack(name + ' ' + address);
    byAddress.giveBack(address);
    byName.giveBack(name);
    return new Result(name, null);
  }

  /** Counts a try at the first-run code; returns how long to wait, when there were too many. */
  public Optional<Duration> attemptSetup(String address) {
    return take("", address);
  }

  private Optional<Duration> take(String name, String address) {
    Optional<Duration> wait = byAddress.take(address);
    if (wait.isEmpty()) {
      wait = both.take(name + ' ' + address);
    }
    return wait.isEmpty() ? byName.take(name) : wait;
  }
}
