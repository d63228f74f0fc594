package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.earshot.cloud.store.Audit;
import org.earshot.cloud.store.DeviceRecord;
import org.earshot.cloud.store.Devices;
import org.earshot.event.CommandMessage;
import org.earshot.event.MalformedMessageException;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.guard.GuardMode;
import org.earshot.model.HeadModel;

/** The devices: how they are, and what they are told. */
final class DeviceRoutes {
  private final Devices devices;
  private final Audit audit;
  private final CommandPublisher publisher;
  private final List<HeadModel> heads;
  private final Clock clock;

  DeviceRoutes(
      Devices devices,
      Audit audit,
      CommandPublisher publisher,
      List<HeadModel> heads,
      Clock clock) {
    this.devices = devices;
    this.audit = audit;
    this.publisher = publisher;
    this.heads = heads;
    this.clock = clock;
  }

  List<Route> routes() {
    Route.Need session = Route.Need.SESSION;
    return List.of(
        Route.get("/devices", session, this::list),
        Route.get("/devices/{site}/{device}", session, this::one),
        Route.post("/devices/{site}/{device}/commands", session, this::command),
        Route.get("/curves", session, this::curves));
  }

  private void list(Context context, Visit visit) {
    List<DeviceRecord> records = visit.sites().isEmpty() ? List.of() : devices.in(visit.sites());
    Http.json(
        context,
        200,
        Json.object(
            "devices",
            records.stream()
                .map(
                    device ->
                        DeviceJson.of(
                            device, visit.account().sites().get(device.site()), clock.instant()))
                .toList()));
  }

  private void one(Context context, Visit visit) {
    Topics topics = visit.device(context.pathParam("site"), context.pathParam("device"));
    DeviceRecord device =
        devices.find(topics.site(), topics.device()).orElseThrow(Problem::notFound);
    Http.json(
        context,
        200,
        DeviceJson.of(device, visit.account().sites().get(topics.site()), clock.instant()));
  }

  private void curves(Context context, Visit visit) {
    Http.json(context, 200, Json.object("curves", heads.stream().map(DeviceJson::curve).toList()));
  }

  private void command(Context context, Visit visit) throws IOException {
    Topics topics = visit.device(context.pathParam("site"), context.pathParam("device"));
    visit.mustOwn(topics.site());
    if (devices.find(topics.site(), topics.device()).isEmpty()) {
      throw Problem.notFound();
    }
    CommandMessage command = read(Http.bytes(context));
    String name;
    String detail;
    Delivery delivery;
    if (command instanceof CommandMessage.SetMode mode) {
      name = "set_mode";
      detail = checkedMode(mode.mode());
      delivery = Delivery.SOON;
    } else if (command instanceof CommandMessage.SelectEvents select) {
      name = "select_events";
      detail = checkedMode(select.mode()) + " " + select.events();
      delivery = Delivery.EVENTUALLY;
    } else if (command instanceof CommandMessage.SetSensitivity set) {
      name = "set_sensitivity";
      detail = set.event() + " " + set.value();
      delivery = Delivery.EVENTUALLY;
    } else if (command instanceof CommandMessage.SoundSiren siren) {
      name = "siren";
      detail = siren.on() ? "on" : "off";
      delivery = Delivery.NOW;
    } else {
      throw Problem.badRequest(
          "'command' is one of set_mode, select_events, set_sensitivity and siren");
    }
    send(publisher, topics, command, delivery);
    audit.append(
        new Audit.Line(
            clock.instant(),
            topics.site(),
            visit.account().name(),
            name,
            topics.device(),
            detail.substring(0, Math.min(256, detail.length()))));
    context.status(202);
  }

  /** Publishes, or answers that it could not be. */
  static void send(
      CommandPublisher publisher, Topics topics, CommandMessage command, Delivery delivery) {
    try {
      publisher.publish(topics.site(), topics.device(), command, delivery);
    } catch (IOException e) {
      throw Problem.unavailable("the device was not told: " + e.getMessage());
    }
  }

  private static CommandMessage read(byte[] json) {
    try {
      return MessageCodec.parseCommand(json);
    } catch (MalformedMessageException e) {
      throw Problem.badRequest(e.getMessage());
    }
  }

  private static String checkedMode(String mode) {
    try {
      return GuardMode.parse(mode).text();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage());
    }
  }
}
