package org.earshot.cloud.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.earshot.cloud.web.MutableClock;
import org.junit.jupiter.api.Test;

/** Passwords, tokens and the pace of guessing. */
class PasswordsTest {
  private final Passwords passwords = new Passwords(new SecureRandom());

  @Test
  void knowsThePasswordThatWasHashedAndNoOther() {
    String stored = passwords.hash("correct horse battery");
    assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.hash("correct horse battery")).isNotEqualTo(stored);
    assertThat(passwords.matches("correct horse battery", stored)).isTrue();
    assertThat(passwords.matches("correct horse batterY", stored)).isFalse();
    assertThat(passwords.matches("", stored)).isFalse();
    assertThat(passwords.matches("x".repeat(10_000), stored)).isFalse();
    assertThat(passwords.matches("correct horse battery", null)).isFalse();
    assertThat(Passwords.outdated(stored)).isFalse();
  }

  /** Made by the reference implementation's parameters of RFC 9106, in the same notation. */
  @Test
  void readsHashesOfOtherParameters() {
    String older =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.matches("password", older)).isTrue();
    assertThat(passwords.matches("passwort", older)).isFalse();
    assertThat(Passwords.outdated(older)).isTrue();
  }

  @Test
  void refusesStoredStringsThatAskForTooMuch() {
    for (String stored :
        List.of(
            "",
            "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
            "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8")) {
      assertThatThrownBy(() -> passwords.matches("password", stored))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesPasswordsThatAreEasyToGuess() {
    for (String easy : List.of("short", "anna123456", "aaaaaaaaaaaaaaa", "x".repeat(300))) {
      assertThatThrownBy(() -> Passwords.check("anna123456", easy))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Passwords.check("anna", "several words together");
  }

  @Test
  void tokensAreLongAndTheRequestTokenFollowsFromThem() {
    Tokens tokens = new Tokens(new SecureRandom());
    String token = tokens.next();
    assertThat(token).hasSize(43).isNotEqualTo(tokens.next());
    assertThat(Tokens.csrf(token)).isEqualTo(Tokens.csrf(token)).isNotEqualTo(token);
    assertThat(Tokens.hash(token)).hasSize(64).doesNotContain(token);
    assertThat(Tokens.same(token, null)).isFalse();
    assertThat(tokens.nextCode()).matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}");
  }

  @Test
  void aBucketAllowsSomeTriesAndThenOneNowAndThen() {
    MutableClock clock = new MutableClock();
    Throttle throttle = new Throttle(3, Duration.ofMinutes(1), 2, clock);
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.take("a")).isEmpty();
    }
    assertThat(throttle.take("a").orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    throttle.giveBack("a");
    assertThat(throttle.take("a")).isEmpty();
    clock.forward(Duration.ofMinutes(1));
    assertThat(throttle.take("a")).isEmpty();
    assertThat(throttle.take("a")).isPresent();
    assertThat(throttle.take("b")).isEmpty();
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.take("c" + i)).isEmpty();
    }
    assertThat(throttle.keys()).isEqualTo(2);
  }

  @Test
  void namesAreWrittenInOneWay() {
    assertThat(Account.name("  Anna@Example.org ")).isEqualTo("anna@example.org");
    for (String wrong : List.of("", " ", "-x", "a b", "ä", "x".repeat(65), "a/b")) {
      assertThatThrownBy(() -> Account.name(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
