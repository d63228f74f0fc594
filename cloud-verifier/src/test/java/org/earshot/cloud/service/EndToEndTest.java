package org.earshot.cloud.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.ingest.Conditions.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.earshot.agent.listen.Device;
import org.earshot.cloud.notify.WebServer;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.verify.FusedVerifier;
import org.earshot.cloud.verify.Verifier;
import org.earshot.cloud.web.Browser;
import org.earshot.cloud.web.Chromium;
import org.earshot.event.Verdict;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.earshot.verifier.VerifierFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a sound to its last trace: a real device, a real Mosquitto, the whole service, a real
 * browser.
 */
class EndToEndTest {
  private static final Path VERIFIER = Path.of("..", "models", "verifier");
  private static final Map<Verdict, String> NAMES =
      Map.of(
          Verdict.CONFIRMED,
          "Confirmed",
          Verdict.REJECTED,
          "Probably not",
          Verdict.UNSURE,
          "Unsure");

  private static Chromium chromium;

  @TempDir Path folder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>(); // of the browser

  @BeforeAll
  static void launch() {
    MosquittoBroker.assumeInstalled();
    chromium = new Chromium();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void close() throws Exception {
    for (int i = parts.size() - 1; i >= 0; i--) {
      parts.get(i).close();
    }
  }

  private <T extends AutoCloseable> T with(T part) {
    parts.add(part);
    return part;
  }

  /** The shipped one; before there is one, the tests'. */
  private Verifier verifier() throws IOException {
    return Files.exists(VERIFIER.resolve(VerifierFile.NAME))
        ? with(FusedVerifier.open(VERIFIER, null))
        : new FaultyVerifier();
  }

  @Test
  void whatADeviceHearsIsToldLivePlayedAnsweredAndLeavesNoTraceOnceDeleted() throws Exception {
    MosquittoBroker broker = with(Installation.broker(folder).start());
    WebServer hook = with(new WebServer());
    Installation cloud =
        with(new Installation(folder, broker.uri(), verifier(), hook.uri("/hook"), Map.of()));
    cloud.awaitTaking(broker);
    MqttReader commands = with(new MqttReader(broker.port(), Speaker.TOPICS.command()));
    Page page = window(1200, 900, ColorScheme.LIGHT);
    firstAccount(page, cloud);

    Path state = folder.resolve("device");
    Device device = with(Speaker.device(state, broker.uri(), false, "smoke-alarm-t3", "dog-bark"));
    device.start();

    Locator newest = page.getByRole(AriaRole.REGION, named("Newest alarm"));
    assertThat(
            newest.getByRole(
                AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Smoke alarm")))
        .isVisible();
    assertThat(page.locator("#assertive")).containsText("Smoke alarm");
    Chromium.screenshot(page, "e2e-alarm-sounds");
    await("its verdict and clip", () -> isComplete(cloud, "smoke_alarm"), () -> state(cloud));
    await("those of the dog", () -> isComplete(cloud, "dog_bark"), () -> state(cloud));
    EventRecord smoke = cloud.newest("smoke_alarm").orElseThrow();
    EventRecord dog = cloud.newest("dog_bark").orElseThrow();
    assertThat(newest.locator(".badge")).hasText(NAMES.get(smoke.judgement().verdict()));
    assertThat(page.locator(".line").getByText("Barking dog")).isVisible();
    Chromium.screenshot(page, "e2e-verdict-desktop");
    String verdict = smoke.judgement().verdict().name().toLowerCase(Locale.ROOT);
    hook.await(all -> all.stream().anyMatch(r -> isOf(r, smoke.key(), "verdict", verdict)));

    play(page, cloud, smoke);
    page.getByRole(AriaRole.BUTTON, named("No")).click();
    assertThat(page.getByText("anna said that this was not it")).isVisible();
    Chromium.screenshot(page, "e2e-not-it-desktop");
    onAPhone(cloud, smoke);

    byte[] flac = Files.readAllBytes(clip(cloud, smoke.key()));
    byte[] sound = Arrays.copyOfRange(flac, flac.length / 2, flac.length / 2 + 32);
    assertThat(Traces.files(cloud.state(), sound)).isNotEmpty();
    page.getByRole(AriaRole.BUTTON, named("Delete")).click();
    page.getByRole(AriaRole.BUTTON, named("Delete for good")).click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("Events"))).isAttached();
    assertThat(page.locator(".line.urgent")).hasCount(0);
    assertThat(newest.getByRole(AriaRole.HEADING)).hasText("Barking dog"); // the newest now
    Chromium.screenshot(page, "e2e-deleted-desktop");

    String id = smoke.key().id().text();
    commands.awaitOn(Speaker.TOPICS.command(), message -> message.text().contains(id));
    hook.await(all -> all.stream().anyMatch(r -> isOf(r, smoke.key(), "stage", "withdrawn")));
    gone(cloud, smoke, sound);
    await("nothing in the device", () -> Traces.files(state, id).isEmpty());
    assertThat(retained(broker)).isNotEmpty().noneMatch(message -> names(message, id));
    await(
        "nothing in the broker's store",
        () -> Traces.files(folder.resolve("broker"), id).stream().allMatch(EndToEndTest::isLog));
    assertThat(cloud.history().find(dog.key())).isPresent();
    assertThat(clip(cloud, dog.key())).exists();
    assertThat(complaints).isEmpty();
  }

  private void firstAccount(Page page, Installation cloud) {
    page.navigate(cloud.page());
    page.getByLabel("Code").fill(cloud.setupCode());
    page.getByLabel("Your name").fill("anna");
    page.getByLabel("Password").fill(Installation.PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Make the account")).click();
    assertThat(page.getByText("Nothing has been heard")).isVisible();
  }

  private static boolean isComplete(Installation cloud, String event) {
    return cloud
        .newest(event)
        .filter(record -> record.clip() != null && record.latest().offset() != null)
        .filter(record -> record.judgement() != null)
        .filter(record -> NAMES.containsKey(record.judgement().verdict()))
        .isPresent();
  }

  private static String state(Installation cloud) {
    return cloud.newest("smoke_alarm") + "; " + cloud.newest("dog_bark") + cloud.health().text();
  }

  private static void play(Page page, Installation cloud, EventRecord smoke) {
    page.navigate(cloud.page() + "/events/" + Installation.SITE + "/" + smoke.key().id().text());
    assertThat(page.getByRole(AriaRole.HEADING, heading("Smoke alarm"))).isVisible();
    double seconds = smoke.clip().length().toMillis() / 1000.0;
    until(page, "Math.abs(document.querySelector('audio')?.duration - " + seconds + ") < 0.1");
    until(page, "document.querySelector('.picture img')?.naturalHeight > 0");
    page.getByRole(AriaRole.BUTTON, named("Play")).click();
    until(page, "document.querySelector('audio').currentTime > 0.3");
    Chromium.screenshot(page, "e2e-playing-desktop");
    page.getByRole(AriaRole.BUTTON, named("Pause")).click();
  }

  private void onAPhone(Installation cloud, EventRecord smoke) {
    Page phone = window(360, 740, ColorScheme.DARK);
    phone.navigate(cloud.page() + "/events/" + Installation.SITE + "/" + smoke.key().id().text());
    phone.getByLabel("Name").fill("anna");
    phone.getByLabel("Password").fill(Installation.PASSWORD);
    phone.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(phone.getByText("anna said that this was not it")).isVisible();
    until(phone, "document.querySelector('.picture img')?.naturalHeight > 0");
    Chromium.screenshot(phone, "e2e-not-it-phone");
    phone.navigate(cloud.page());
    assertThat(phone.locator(".line").getByText("Barking dog")).isVisible();
    Chromium.screenshot(phone, "e2e-events-phone");
    assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    phone.context().close();
  }

  /** Of a deleted event the database keeps that it was deleted, and nothing else. */
  private static void gone(Installation cloud, EventRecord event, byte[] sound) throws Exception {
    String id = event.key().id().text();
    Path database = cloud.state().resolve("history.db");
    assertThat(cloud.history().find(event.key())).isEmpty();
    assertThat(Traces.files(cloud.state().resolve("clips"), id)).isEmpty();
    await(
        "only what says that it was deleted",
        () -> Set.of("audit_lines", "changes", "tombstones").equals(Traces.tables(database, id)),
        () -> Traces.tables(database, id).toString());
    await(
        "no byte of the clip, nor what describes it, in any file",
        () ->
            Traces.files(cloud.state(), sound).isEmpty()
                && Traces.files(cloud.state(), event.clip().sha256()).isEmpty());
    Browser anna = new Browser(cloud.page());
    anna.signIn("anna", Installation.PASSWORD).mustBe(200);
    assertThat(anna.get("/audit").mustBe(200).text())
        .contains("event_deleted", id, "anna", "on the history page");
  }

  /** What a broker still tells who comes new, in order, up to a message of the reader's own. */
  private static List<MqttReader.Received> retained(MosquittoBroker broker) {
    String end = Speaker.TOPICS.level();
    try (MqttReader reader = new MqttReader(broker.port(), "#")) {
      reader.publish(end, new byte[] {'e', 'n', 'd'}, false);
      reader.awaitOn(end, message -> message.text().equals("end"));
      return reader.received().stream().filter(MqttReader.Received::retained).toList();
    }
  }

  private static boolean names(MqttReader.Received message, String id) {
    return message.topic().contains(id) || message.text().contains(id);
  }

  private static boolean isLog(Path file) {
    return file.endsWith("mosquitto.log");
  }

  private static Path clip(Installation cloud, EventKey key) {
    List<Path> files = Traces.files(cloud.state().resolve("clips"), key.id().text());
    assertThat(files).as("clip of %s", key).hasSize(1);
    return files.get(0);
  }

  @Test
  void whatTheDeviceCouldNotSendYetIsDeletedThere() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("acl"), "topic readwrite #\ntopic deny earshot/+/+/clip/#\n");
    MosquittoBroker broker = with(Installation.broker(folder, "acl_file " + rules).start());
    Installation cloud = with(new Installation(folder, broker.uri(), verifier(), null, Map.of()));
    cloud.awaitTaking(broker);
    Browser anna = cloud.owner();
    Path state = folder.resolve("device");
    Device device = with(Speaker.device(state, broker.uri(), true, "dog-bark"));

    device.start();

    await("the event", () -> cloud.newest("dog_bark").isPresent());
    EventKey key = cloud.newest("dog_bark").orElseThrow().key();
    await("its clip waits", () -> waits(state, "clip/" + key.id().text()));
    anna.delete("/events/" + key.site() + "/" + key.id().text()).mustBe(204);
    await("it waits no more", () -> Traces.files(state, key.id().text()).isEmpty());
    assertThat(cloud.history().find(key)).isEmpty();
  }

  private static boolean waits(Path state, String topic) {
    return Traces.files(state, topic).stream().anyMatch(file -> file.toString().endsWith(".item"));
  }

  private static boolean isOf(WebServer.Request request, EventKey key, String field, String is) {
    Map<String, String> notice = request.json();
    return key.id().text().equals(notice.get("id")) && is.equals(notice.get(field));
  }

  private Page window(int width, int height, ColorScheme scheme) {
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

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true).setLevel(1);
  }

  /** Playwright's own waiting needs eval, which the page forbids. */
  private static void until(Page page, String condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Boolean.TRUE.equals(page.evaluate(condition))) {
      assertThat(System.nanoTime()).as("until %s", condition).isLessThan(end);
      page.waitForTimeout(50);
    }
  }
}
