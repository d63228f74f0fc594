package org.earshot.cloud.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.EventKey;
import org.junit.jupiter.api.Test;

/** The history in a real browser, on a real server. */
class HistoryPageTest extends PageTest {
  @Test
  void firstRunCodeMakesTheFirstAccountAndAnAlarmAppearsByItself() throws Exception {
    Page page = window(1200, 800, ColorScheme.LIGHT);
    page.navigate(home.address());
    assertThat(page.getByRole(AriaRole.HEADING, heading("Welcome"))).isVisible();
    Chromium.screenshot(page, "first-run");
    page.getByLabel("Code").fill(home.server.setupCode().orElseThrow().toLowerCase(Locale.ROOT));
    page.getByLabel("Your name").fill("Anna");
    page.getByLabel("Password").fill(Household.PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Make the account")).click();

    assertThat(page.getByText("Nothing has been heard")).isVisible();
    Chromium.screenshot(page, "empty");

    smoke(home.clock.instant().minusSeconds(40));

    Locator newest = page.getByRole(AriaRole.REGION, named("Newest alarm"));
    assertThat(newest.getByText("Smoke alarm")).isVisible();
    assertThat(newest.getByText("Confirmed")).isVisible();
    assertThat(page.locator("#assertive")).containsText("Alarm! Smoke alarm, hall");
    assertThat(newest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play")))
        .isVisible();
    assertThat(complaints).isEmpty();
  }

  @Test
  void clipPlaysIsAnsweredAndIsDeletedEverywhere() throws Exception {
    EventKey key = smoke(home.clock.instant().minusSeconds(300));
    life();
    Page page = signedIn(1200, 900, ColorScheme.LIGHT);
    Chromium.screenshot(page, "events-desktop-light");
    page.getByRole(AriaRole.LINK, named("Details")).click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("Smoke alarm"))).isFocused();

    Locator picture = page.locator(".picture img");
    assertThat(picture).hasJSProperty("complete", true);
    assertThat(picture).hasJSProperty("naturalHeight", 64);
    until(page, "document.querySelector('audio').duration > 11");
    page.getByRole(AriaRole.BUTTON, named("Play")).click();
    until(page, "document.querySelector('audio').currentTime > 0.3");
    page.getByRole(AriaRole.BUTTON, named("Pause")).click();
    Locator slider = page.getByRole(AriaRole.SLIDER, named("Position in the clip"));
    slider.fill("6");
    until(page, "Math.abs(document.querySelector('audio').currentTime - 6) < 0.2");
    Chromium.screenshot(page, "event-desktop-light");

    page.getByRole(AriaRole.BUTTON, named("No")).click();
    assertThat(page.getByText("anna said that this was not it")).isVisible();
    assertThat(home.history.find(key).orElseThrow().answer().kind())
        .isEqualTo(Answer.Kind.WAS_NOT_IT);

    page.getByRole(AriaRole.BUTTON, named("Something else")).click();
    page.getByLabel("Sound").selectOption("");
    page.getByLabel("What was it?").fill("Coffee grinder");
    Chromium.screenshot(page, "something-else");
    page.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(page.getByText("something else: Coffee grinder")).isVisible();
    assertThat(home.history.find(key).orElseThrow().answer().label()).isEqualTo("coffee_grinder");

    page.getByRole(AriaRole.BUTTON, named("Delete")).click();
    Chromium.screenshot(page, "delete");
    page.getByRole(AriaRole.BUTTON, named("Cancel")).click();
    assertThat(home.history.find(key)).isPresent();
    page.getByRole(AriaRole.BUTTON, named("Delete")).click();
    page.getByRole(AriaRole.BUTTON, named("Delete for good")).click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("Events"))).isAttached();
    assertThat(page.locator(".line.urgent")).hasCount(0);
    assertThat(home.history.find(key)).isEmpty();
    assertThat(home.clips.get(key)).isEmpty();
    assertThat(home.recalled).containsExactly(key.id());
    assertThat(complaints).isEmpty();
  }

  @Test
  void aPhoneInTheDarkShowsTheAlarmLargeAndPlaysItWithOneTap() throws Exception {
    smoke(home.clock.instant().minusSeconds(120));
    life();
    Page page = signedIn(360, 740, ColorScheme.DARK);
    Locator newest = page.getByRole(AriaRole.REGION, named("Newest alarm"));
    assertThat(newest).isVisible();
    Chromium.screenshot(page, "events-phone-dark", false);
    Chromium.screenshot(page, "events-phone-dark-whole");
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(overflow).isEqualTo(0);

    newest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play")).tap();
    assertThat(newest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause")))
        .isVisible();

    page.getByRole(AriaRole.LINK, named("Details")).tap();
    until(page, "document.querySelector('.picture img')?.complete");
    assertThat(page.getByText("What the models heard")).isVisible();
    Chromium.screenshot(page, "event-phone-dark");
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void filtersNarrowTheListAndManyAreDeletedAtOnce() throws Exception {
    life();
    Page page = signedIn(1200, 900, ColorScheme.DARK);
    assertThat(page.locator(".line")).hasCount(5);
    page.getByLabel("Sound").selectOption("dog_bark");
    assertThat(page.locator(".line")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("event=dog_bark"));
    page.getByLabel("Verdict").selectOption("confirmed");
    assertThat(page.getByText("Nothing matches")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Show all")).click();
    assertThat(page.locator(".line")).hasCount(5);

    page.getByRole(AriaRole.BUTTON, named("Choose several")).click();
    page.getByRole(AriaRole.CHECKBOX).nth(0).check();
    page.getByRole(AriaRole.CHECKBOX).nth(1).check();
    assertThat(page.getByText("2 chosen")).isVisible();
    Chromium.screenshot(page, "events-desktop-dark-chosen");
    page.getByRole(AriaRole.REGION, named("Chosen events"))
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
        .click();
    page.getByRole(AriaRole.BUTTON, named("Delete for good")).click();
    assertThat(page.locator(".line")).hasCount(3);
    assertThat(home.recalled).hasSize(2);
    assertThat(complaints).isEmpty();
  }

  @Test
  void everythingCanBeDoneWithTheKeyboard() throws Exception {
    EventKey key = smoke(home.clock.instant().minusSeconds(60));
    Page page = signedIn(1200, 800, ColorScheme.LIGHT);
    assertThat(page.getByRole(AriaRole.REGION, named("Newest alarm"))).isVisible();
    page.reload();
    assertThat(page.getByRole(AriaRole.REGION, named("Newest alarm"))).isVisible();

    tabTo(page, "Skip to the content");
    page.keyboard().press("Enter");
    tabTo(page, "Play");
    tabTo(page, "Details");
    Chromium.screenshot(page, "keyboard-focus");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.HEADING, heading("Smoke alarm"))).isFocused();
    tabTo(page, "Play");
    page.keyboard().press("Space");
    until(page, "document.querySelector('audio').currentTime > 0.2");
    page.keyboard().press("Space");
    page.keyboard().press("Tab"); // the slider
    page.keyboard().press("End");
    until(page, "document.querySelector('audio').currentTime > 11");
    tabTo(page, "Yes, it was");
    page.keyboard().press("Enter");
    assertThat(page.getByText("anna said that this was it")).isVisible();
    tabTo(page, "Delete");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Cancel"))).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(page.getByRole(AriaRole.BUTTON, named("Delete"))).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.getByText("Nothing has been heard")).isVisible();
    assertThat(home.history.find(key)).isEmpty();
    assertThat(complaints).isEmpty();
  }

  private static void tabTo(Page page, String name) {
    for (int i = 0; i < 40; i++) {
      page.keyboard().press("Tab");
      Object text = page.evaluate("document.activeElement.textContent.trim()");
      Object label = page.evaluate("document.activeElement.getAttribute('aria-label')");
      if (name.equals(text) || name.equals(label)) {
        return;
      }
    }
    throw new AssertionError("no '" + name + "' within 40 tabs");
  }

  @Test
  void tellsWhenTheServerIsGoneAndForgetsWhoWasSignedOut() throws Exception {
    Page page = signedIn(1200, 800, ColorScheme.LIGHT);
    home.clock.forward(Duration.ofDays(61)); // the open stream notices within seconds
    assertThat(page.getByRole(AriaRole.HEADING, heading("Sign in"))).isVisible();
    page.getByLabel("Name").fill("anna");
    page.getByLabel("Password").fill(Household.PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(page.getByText("Nothing has been heard")).isVisible();
    home.server.close();
    assertThat(page.locator("#notice")).containsText("Connection lost");
    Chromium.screenshot(page, "connection-lost");
  }
}
