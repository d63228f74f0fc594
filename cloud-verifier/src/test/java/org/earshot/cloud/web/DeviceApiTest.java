package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.earshot.cloud.store.Audit;
import org.earshot.event.CommandMessage;
import org.earshot.event.LiveFrame;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices over HTTP: what they say, what they are told, and listening to them. */
@Timeout(120)
class DeviceApiTest {
  private static final Topics HALL = new Topics("home", "hall");

  @TempDir Path folder;
  private Household home;
  private Browser anna;

  @BeforeEach
  void open() throws Exception {
    home = new Household(folder);
    anna = home.admin();
    home.reports("home", "hall", "away", null);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void showsHowADeviceIs() throws Exception {
    home.hasProblem("home", "hall");
    String device = anna.get("/devices/home/hall").mustBe(200).text();
    assertThat(device)
        .contains("\"online\":true", "\"mode\":\"away\"", "\"role\":\"owner\"")
        .contains("\"sensitivities\":{\"smoke_alarm\":60}")
        .contains("\"kind\":\"device_absent\"")
        .contains("\"rmsDbfs\":-48.2");
    assertThat(anna.get("/devices").mustBe(200).text()).contains(device);
    anna.get("/devices/home/attic").mustBe(404);
    anna.get("/devices/home/no+device").mustBe(404);
  }

  @Test
  void sendsCommandsAsTheProtocolDemands() throws Exception {
    command("{\"v\":1,\"command\":\"set_mode\",\"mode\":\"night\"}", 202);
    command(
        "{\"v\":1,\"command\":\"select_events\",\"mode\":\"home\",\"events\":[\"siren\"]}", 202);
    command("{\"v\":1,\"command\":\"set_sensitivity\",\"event\":\"siren\",\"value\":40}", 202);
    command("{\"v\":1,\"command\":\"siren\",\"on\":true,\"seconds\":30}", 202);
    assertThat(home.sent())
        .containsExactly(
            new Household.Sent("home", "hall", new CommandMessage.SetMode("night"), Delivery.SOON),
            new Household.Sent(
                "home",
                "hall",
                new CommandMessage.SelectEvents("home", Set.of("siren")),
                Delivery.EVENTUALLY),
            new Household.Sent(
                "home",
                "hall",
                new CommandMessage.SetSensitivity("siren", 40),
                Delivery.EVENTUALLY),
            new Household.Sent(
                "home", "hall", new CommandMessage.SoundSiren(true, 30), Delivery.NOW));
    assertThat(Delivery.NOW.qos()).isZero();
    assertThat(Delivery.NOW.expiry()).isPresent();
    assertThat(home.audit.latest(Set.of("home"), 10))
        .extracting(Audit.Line::action)
        .containsExactly("siren", "set_sensitivity", "select_events", "set_mode");
  }

  @Test
  void refusesCommandsThatArePrivateOrWrong() throws Exception {
    for (String wrong :
        List.of(
            "{\"v\":1,\"command\":\"listen_live\",\"on\":true,\"who\":\"x\",\"seconds\":60}",
            "{\"v\":1,\"command\":\"reload\"}",
            "{\"v\":1,\"command\":\"delete_clip\",\"id\":\"01KG8NM3F00123456789ABCDEF\"}",
            "{\"v\":1,\"command\":\"set_mode\",\"mode\":\"party\"}",
            "{\"v\":1,\"command\":\"set_sensitivity\",\"event\":\"siren\",\"value\":101}",
            "{\"v\":2,\"command\":\"siren\",\"on\":true}",
            "{}")) {
      command(wrong, 400);
    }
    anna.post("/devices/home/attic/commands", "{\"v\":1,\"command\":\"siren\",\"on\":true}")
        .mustBe(404);
    assertThat(home.sent()).isEmpty();
  }

  @Test
  void saysSoWhenTheBrokerIsAway() throws Exception {
    home.brokerAway = true;
    assertThat(command("{\"v\":1,\"command\":\"siren\",\"on\":true}", 503).text())
        .contains("the broker cannot be reached");
    assertThat(home.audit.latest(Set.of("home"), 10)).isEmpty();
    listen(503);
    assertThat(home.listeners).isEmpty();
  }

  private Browser.Reply command(String json, int status) throws Exception {
    return anna.post("/devices/home/hall/commands", json).mustBe(status);
  }

  @Test
  void tellsWhatASensitivityCosts() throws Exception {
    String curves = anna.get("/curves").mustBe(200).text();
    assertThat(curves)
        .contains("\"event\":\"smoke_alarm\"", "\"event\":\"siren\"")
        .contains("\"sensitivity\":50,\"falseAlertsPerDay\":");
  }

  @Test
  void listensAsLongAsSomebodyReads() throws Exception {
    HttpResponse<InputStream> answer = listen(200);
    assertThat(home.commands.poll(30, TimeUnit.SECONDS))
        .isEqualTo(
            new Household.Sent(
                "home", "hall", new CommandMessage.ListenLive(true, 30, "anna"), Delivery.NOW));
    LiveFrame first = new LiveFrame(0, new short[] {1, 2, 3});
    LiveFrame second = new LiveFrame(3, new short[] {4, 5});
    home.listeners.get(HALL).accept(first);
    home.listeners.get(HALL).accept(second);
    try (InputStream in = answer.body()) {
      assertThat(in.readNBytes(first.toBytes().length)).isEqualTo(first.toBytes());
      assertThat(in.readNBytes(second.toBytes().length)).isEqualTo(second.toBytes());
      listen(409);
    }
    Household.Sent end = null;
    while (end == null) { // a writer learns that the reader is gone by writing
      home.listeners.getOrDefault(HALL, frame -> {}).accept(first);
      end = home.commands.poll(50, TimeUnit.MILLISECONDS);
    }
    assertThat(end.command()).isEqualTo(new CommandMessage.ListenLive(false, 0, "anna"));
    assertThat(home.listeners).isEmpty();
    assertThat(home.audit.latest(Set.of("home"), 1).get(0).action()).isEqualTo("listen_live");
  }

  @Test
  void listeningEndsWithTheSession() throws Exception {
    HttpResponse<InputStream> answer = listen(200);
    assertThat(home.commands.poll(30, TimeUnit.SECONDS)).isNotNull();
    anna.delete("/session").mustBe(204);
    assertThat(answer.body().readAllBytes()).isEmpty();
    assertThat(home.commands.poll(30, TimeUnit.SECONDS).command())
        .isEqualTo(new CommandMessage.ListenLive(false, 0, "anna"));
  }

  @Test
  void nobodyListensWithoutConsentOrBesideAnother() throws Exception {
    String path = "/devices/home/hall/live";
    anna.post(path, "{\"seconds\":30,\"consent\":false}").mustBe(400);
    anna.post(path, "{\"seconds\":30}").mustBe(400);
    anna.post(path, "{\"seconds\":3600,\"consent\":true}").mustBe(400);
    home.reports(
        "home",
        "hall",
        "home",
        new StateMessage.Live("Otto", home.clock.instant().plusSeconds(20)));
    assertThat(anna.post(path, "{\"seconds\":30,\"consent\":true}").mustBe(409).text())
        .contains("Otto listens already");
    assertThat(home.commands).isEmpty();
  }

  private HttpResponse<InputStream> listen(int status) throws Exception {
    HttpResponse<InputStream> answer =
        anna.open("POST", "/devices/home/hall/live", "{\"seconds\":30,\"consent\":true}");
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer;
  }
}
