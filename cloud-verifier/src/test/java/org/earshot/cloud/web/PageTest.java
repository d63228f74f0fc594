package org.earshot.cloud.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.EventKey;
import org.earshot.event.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the page in a real browser share: a home, a window, somebody signed in. */
abstract class PageTest {
  private static Chromium chromium;

  @TempDir Path folder;
  Household home;
  final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void launch() {
    chromium = new Chromium();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    home = new Household(folder);
  }

  @AfterEach
  void close() {
    home.close();
  }

  Page window(int width, int height, ColorScheme scheme) {
    Page page = chromium.window(width, height, scheme);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("status of 4")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  Page signedIn(int width, int height, ColorScheme scheme) throws Exception {
    home.admin();
    Page page = window(width, height, scheme);
    page.navigate(home.address());
    page.getByLabel("Name").fill("anna");
    page.getByLabel("Password").fill(Household.PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("Events"))).isAttached();
    return page;
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true).setLevel(1);
  }

  EventKey smoke(Instant onset) throws Exception {
    EventKey key = home.happens("home", "hall", "smoke_alarm", onset, "smoke-alarm-t3.wav");
    home.judged(key, Verdict.CONFIRMED, 0.98);
    return key;
  }

  /** Several days of a home. */
  void life() throws Exception {
    Instant now = home.clock.instant();
    EventKey knock =
        home.happens("home", "porch", "door_knock", now.minusSeconds(3_600), "door-knock.wav");
    home.judged(knock, Verdict.REJECTED, 0.07);
    EventKey dog =
        home.happens("home", "hall", "dog_bark", now.minusSeconds(9_000), "dog-bark.wav");
    home.judged(dog, Verdict.UNSURE, 0.52);
    EventKey glass =
        home.happens("home", "porch", "glass_break", now.minusSeconds(86_400), "glass-break.wav");
    home.judged(glass, Verdict.CONFIRMED, 0.91);
    home.history.answer(glass, new Answer(Answer.Kind.WAS_IT, "", "anna", now));
    EventKey baby =
        home.happens("home", "hall", "baby_cry", now.minusSeconds(90_000), "baby-cry.wav");
    home.history.expire(now.plusSeconds(60), 10);
    home.history.answer(baby, new Answer(Answer.Kind.SOMETHING_ELSE, "television", "anna", now));
    home.opens("home", "porch", "siren", now.minusSeconds(200_000));
  }

  /** Playwright's own waiting needs eval, which the page forbids. */
  static void until(Page page, String condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Boolean.TRUE.equals(page.evaluate(condition))) {
      assertThat(System.nanoTime()).as("until %s", condition).isLessThan(end);
      page.waitForTimeout(50);
    }
  }
}
