package org.earshot.cloud.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.earshot.event.CommandMessage;
import org.earshot.event.LiveFrame;
import org.earshot.event.Topics;
import org.junit.jupiter.api.Test;

/** Devices, people and accounts in a real browser, on a real server. */
class HomePageTest extends PageTest {
  @Test
  void devicesAreArmedAdjustedAndListenedTo() throws Exception {
    home.reports("home", "hall", "home", null);
    home.reports("home", "porch", "away", null);
    home.hasProblem("home", "porch");
    Page page = signedIn(1200, 1000, ColorScheme.LIGHT);
    page.getByRole(AriaRole.LINK, named("Devices")).click();
    Locator hall = page.getByRole(AriaRole.REGION, named("hall"));
    Locator porch = page.getByRole(AriaRole.REGION, named("porch"));
    assertThat(porch.getByText("no capture device 'hw:1'")).isVisible();
    assertThat(hall.getByRole(AriaRole.RADIO, role("Home"))).isChecked();

    hall.getByRole(AriaRole.RADIO, role("Night")).check();
    assertThat(command().command()).isEqualTo(new CommandMessage.SetMode("night"));
    home.reports("home", "hall", "night", null);

    hall.getByText("Sounds and sensitivity").click();
    Locator slider = hall.getByRole(AriaRole.SLIDER, role("Smoke alarm"));
    assertThat(slider).hasValue("60");
    assertThat(hall.getByText(Pattern.compile("false alerts? a day")).first()).isVisible();
    slider.focus();
    page.keyboard().press("ArrowRight");
    Household.Sent sensitivity = command();
    assertThat(sensitivity.command())
        .isEqualTo(new CommandMessage.SetSensitivity("smoke_alarm", 61));
    assertThat(sensitivity.delivery()).isEqualTo(Delivery.EVENTUALLY);
    Chromium.screenshot(page, "devices-desktop-light");

    hall.getByRole(AriaRole.BUTTON, role("Sound the siren")).click();
    page.getByRole(AriaRole.BUTTON, named("Sound it")).click();
    Household.Sent siren = command();
    assertThat(siren.command()).isEqualTo(new CommandMessage.SoundSiren(true, 60));
    assertThat(siren.delivery()).isEqualTo(Delivery.NOW);

    hall.getByRole(AriaRole.BUTTON, role("Listen in")).click();
    page.getByRole(AriaRole.BUTTON, named("Listen")).click();
    assertThat(page.getByText("Say first that those in the room know")).isVisible();
    assertThat(home.commands).isEmpty();
    Chromium.screenshot(page, "listen-consent");
    page.getByLabel("I may listen there").check();
    page.getByRole(AriaRole.BUTTON, named("Listen")).click();
    assertThat(command().command()).isEqualTo(new CommandMessage.ListenLive(true, 30, "anna"));
    short[] tone = new short[1600];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) (8000 * Math.sin(i / 5.0));
    }
    for (int i = 0; i < 4; i++) {
      home.listeners.get(new Topics("home", "hall")).accept(new LiveFrame(1600L * i, tone));
    }
    assertThat(page.getByText("You are listening in")).isVisible();
    until(page, "document.querySelector('.onair .meter').ariaValueNow > 0.5");
    Chromium.screenshot(page, "listening");
    page.getByRole(AriaRole.BUTTON, named("Stop")).click();
    assertThat(command().command()).isEqualTo(new CommandMessage.ListenLive(false, 0, "anna"));
    assertThat(page.getByText("You are listening in")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  private static Locator.GetByRoleOptions role(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private Household.Sent command() throws InterruptedException {
    Household.Sent sent = home.commands.poll(30, TimeUnit.SECONDS);
    assertThat(sent).as("a command within 30 s").isNotNull();
    return sent;
  }

  @Test
  void peopleAreAddedAndSeeWhatTheyMay() throws Exception {
    life();
    home.reports("home", "hall", "home", null);
    Page page = signedIn(360, 740, ColorScheme.LIGHT);
    page.getByRole(AriaRole.LINK, named("People")).tap();
    page.getByRole(AriaRole.BUTTON, named("Add somebody")).tap();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("ben");
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(Household.PASSWORD);
    page.getByLabel("At home").selectOption("viewer");
    Chromium.screenshot(page, "add-somebody-phone");
    page.getByRole(AriaRole.BUTTON, named("Add")).tap();
    assertThat(page.getByText("home (viewer)")).isVisible();
    Chromium.screenshot(page, "people-phone");
    page.getByRole(AriaRole.LINK, named("Account")).tap();
    assertThat(page.getByText("this one")).isVisible();
    Chromium.screenshot(page, "account-phone");
    page.getByRole(AriaRole.BUTTON, named("Sign out")).tap();

    assertThat(page.getByRole(AriaRole.HEADING, heading("Sign in"))).isVisible();
    page.getByLabel("Name").fill("ben");
    page.getByLabel("Password").fill("wrong password");
    page.getByRole(AriaRole.BUTTON, named("Sign in")).tap();
    assertThat(page.getByText("do not belong together")).isVisible();
    Chromium.screenshot(page, "sign-in-phone");
    page.getByLabel("Password").fill(Household.PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).tap();
    assertThat(page.locator(".line")).hasCount(5);
    assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(0);
    assertThat(page.getByRole(AriaRole.LINK, named("People"))).hasCount(0);
    Chromium.screenshot(page, "viewer-phone");
    page.getByRole(AriaRole.LINK, named("Devices")).tap();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Listen in"))).hasCount(0);
    assertThat(page.getByRole(AriaRole.RADIO, named("Away"))).isDisabled();
    Chromium.screenshot(page, "devices-phone");
    assertThat(complaints).isEmpty();
  }
}
