package org.earshot.uplink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.earshot.event.CommandMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;

/**
 * Describes a device to Home Assistant by MQTT device discovery: one retained JSON.
 *
 * <p>Components: a binary sensor and a sensitivity for each event, an alarm panel for the mode, the
 * siren, a switch for live listening where that is enabled, and for diagnosis problem, level and
 * connectivity. All commands go to the device's one command topic as the messages of
 * docs/event-protocol.md, with Home Assistant's default QoS 0, so that a broker does not keep them
 * for a device that is away. Pure functions. Source: Home Assistant's documentation of the MQTT
 * integration, discovery payload of a device.
 */
public final class HomeAssistantDiscovery {
  private static final JsonFactory JSON = new JsonFactory();

  /** Device classes of binary sensors; all others are a {@code sound}. */
  private static final Map<String, String> DEVICE_CLASSES =
      Map.of(
          "smoke_alarm", "smoke",
          "co_alarm", "carbon_monoxide",
          "glass_break", "safety",
          "siren", "safety",
          "footsteps", "occupancy");

  private static final String STATE = "{{ value_json.state }}";

  private final DeviceDescription device;
  private final Topics topics;
  private final String id;

  private HomeAssistantDiscovery(DeviceDescription device) {
    this.device = device;
    topics = device.topics();
    id = id(topics);
  }

  /** Returns the topic of the description. */
  public static String topic(Topics topics) {
    return "homeassistant/device/" + id(topics) + "/config";
  }

  /** Returns the description, to be retained. */
  public static byte[] payload(DeviceDescription device) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      new HomeAssistantDiscovery(device).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static String id(Topics topics) {
    return "earshot_" + topics.site() + "_" + topics.device();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("dev");
    out.writeArrayFieldStart("identifiers");
    out.writeString(id);
    out.writeEndArray();
    out.writeStringField("name", device.name());
    out.writeStringField("manufacturer", "Earshot");
    out.writeStringField("model", "Sound detector");
    out.writeStringField("sw_version", device.softwareVersion());
    out.writeEndObject();
    out.writeObjectFieldStart("o");
    out.writeStringField("name", "Earshot");
    out.writeStringField("sw_version", device.softwareVersion());
    out.writeEndObject();
    out.writeObjectFieldStart("cmps");
    for (String event : device.events()) {
      writeSound(out, event);
      writeSensitivity(out, event);
    }
    for (String event : device.formerEvents()) {
      writeRemoval(out, soundKey(event), "binary_sensor");
      writeRemoval(out, sensitivityKey(event), "number");
    }
    writePanel(out);
    writeSiren(out);
    if (device.live()) {
      writeLive(out);
    }
    writeProblem(out);
    writeLevel(out);
    writeConnectivity(out);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static String soundKey(String event) {
    return "sound_" + event;
  }

  private static String sensitivityKey(String event) {
    return "sensitivity_" + event;
  }

  /** A component with nothing but its platform is one that is to go. */
  private static void writeRemoval(JsonGenerator out, String key, String platform)
      throws IOException {
    out.writeObjectFieldStart(key);
    out.writeStringField("p", platform);
    end(out);
  }

  private void writeSound(JsonGenerator out, String event) throws IOException {
    begin(out, soundKey(event), "binary_sensor", title(event));
    out.writeStringField("device_class", DEVICE_CLASSES.getOrDefault(event, "sound"));
    out.writeStringField("state_topic", topics.sound(event));
    end(out);
  }

  private void writeSensitivity(JsonGenerator out, String event) throws IOException {
    begin(out, sensitivityKey(event), "number", title(event) + " sensitivity");
    out.writeStringField("entity_category", "config");
    out.writeStringField("state_topic", topics.sensitivity(event));
    out.writeStringField("command_topic", topics.command());
    String zero = json(new CommandMessage.SetSensitivity(event, 0));
    out.writeStringField(
        "command_template", zero.replace("\"value\":0", "\"value\":{{ value | int }}"));
    out.writeNumberField("min", 0);
    out.writeNumberField("max", 100);
    out.writeNumberField("step", 1);
    out.writeStringField("mode", "slider");
    end(out);
  }

  private void writePanel(JsonGenerator out) throws IOException {
    begin(out, "mode", "alarm_control_panel", "Guard");
    out.writeStringField("state_topic", topics.mode());
    out.writeStringField("command_topic", topics.command());
    out.writeArrayFieldStart("supported_features");
    out.writeString("arm_home");
    out.writeString("arm_away");
    out.writeString("arm_night");
    out.writeEndArray();
    out.writeBooleanField("code_arm_required", false);
    out.writeBooleanField("code_disarm_required", false);
    out.writeStringField("payload_disarm", json(new CommandMessage.SetMode("disarmed")));
    out.writeStringField("payload_arm_home", json(new CommandMessage.SetMode("home")));
    out.writeStringField("payload_arm_away", json(new CommandMessage.SetMode("away")));
    out.writeStringField("payload_arm_night", json(new CommandMessage.SetMode("night")));
    end(out);
  }

  private void writeSiren(JsonGenerator out) throws IOException {
    begin(out, "siren", "siren", "Siren");
    out.writeStringField("state_topic", topics.siren());
    out.writeStringField("command_topic", topics.command());
    String on = json(new CommandMessage.SoundSiren(true, 0));
    out.writeStringField(
        "command_template",
        on.replace("\"seconds\":0", "\"seconds\":{{ duration | default(0) | int }}"));
    out.writeStringField("command_off_template", json(new CommandMessage.SoundSiren(false, 0)));
    out.writeBooleanField("support_duration", true);
    out.writeBooleanField("support_volume_set", false);
    end(out);
  }

  private void writeLive(JsonGenerator out) throws IOException {
    begin(out, "live", "switch", "Listen in");
    out.writeStringField("icon", "mdi:ear-hearing");
    out.writeStringField("state_topic", topics.state());
    out.writeStringField("value_template", "{{ 'ON' if value_json.live is defined else 'OFF' }}");
    out.writeStringField("state_on", "ON");
    out.writeStringField("state_off", "OFF");
    out.writeStringField("command_topic", topics.command());
    String who = "Home Assistant";
    out.writeStringField("payload_on", json(new CommandMessage.ListenLive(true, 0, who)));
    out.writeStringField("payload_off", json(new CommandMessage.ListenLive(false, 0, who)));
    end(out);
  }

  private void writeProblem(JsonGenerator out) throws IOException {
    begin(out, "problem", "binary_sensor", "Problem");
    out.writeStringField("device_class", "problem");
    out.writeStringField("entity_category", "diagnostic");
    out.writeStringField("state_topic", topics.problem());
    out.writeStringField("value_template", "{{ value_json.problem }}");
    out.writeStringField("json_attributes_topic", topics.problem());
    end(out);
  }

  private void writeLevel(JsonGenerator out) throws IOException {
    begin(out, "level", "sensor", "Level");
    out.writeStringField("entity_category", "diagnostic");
    out.writeStringField("state_topic", topics.level());
    out.writeStringField("state_class", "measurement");
    // relative to full scale: no sound pressure, so no device class
    out.writeStringField("unit_of_measurement", "dBFS");
    out.writeNumberField("suggested_display_precision", 1);
    end(out);
  }

  /** Without availability: it is the one that says that the device is away. */
  private void writeConnectivity(JsonGenerator out) throws IOException {
    beginBare(out, "connectivity", "binary_sensor", "Connection");
    out.writeStringField("device_class", "connectivity");
    out.writeStringField("entity_category", "diagnostic");
    out.writeStringField("state_topic", topics.state());
    out.writeStringField("value_template", STATE);
    out.writeStringField("payload_on", "online");
    out.writeStringField("payload_off", "offline");
    end(out);
  }

  private void begin(JsonGenerator out, String key, String platform, String name)
      throws IOException {
    beginBare(out, key, platform, name);
    out.writeStringField("availability_topic", topics.state());
    out.writeStringField("availability_template", STATE);
    out.writeStringField("payload_available", "online");
    out.writeStringField("payload_not_available", "offline");
  }

  private void beginBare(JsonGenerator out, String key, String platform, String name)
      throws IOException {
    out.writeObjectFieldStart(key);
    out.writeStringField("p", platform);
    out.writeStringField("unique_id", id + "_" + key);
    out.writeStringField("name", name);
  }

  private static void end(JsonGenerator out) throws IOException {
    out.writeEndObject();
  }

  private static String json(CommandMessage command) {
    return new String(MessageCodec.toJson(command), StandardCharsets.UTF_8);
  }

  /** {@code co_alarm} to {@code CO alarm}, {@code baby_cry} to {@code Baby cry}. */
  private static String title(String event) {
    String words = event.replace('_', ' ');
    return words.startsWith("co ")
        ? "CO" + words.substring(2)
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
