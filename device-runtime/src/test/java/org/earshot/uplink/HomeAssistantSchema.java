package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Home Assistant's documentation of its MQTT integration says of device discovery and of the
 * platforms that a device uses: keys that must be there, keys that may be, and values of some.
 *
 * <p>Home Assistant refuses a whole component for one unknown value and ignores unknown keys, so
 * that a misspelt key is a feature that is missing without a word.
 */
final class HomeAssistantSchema {
  private static final Set<String> DEVICE_KEYS =
      Set.of(
          "identifiers",
          "connections",
          "name",
          "manufacturer",
          "model",
          "model_id",
          "sw_version",
          "hw_version",
          "serial_number",
          "suggested_area",
          "configuration_url",
          "via_device");

  private static final Set<String> ORIGIN_KEYS = Set.of("name", "sw_version", "support_url");

  /** Of every entity, with availability by one topic. */
  private static final Set<String> ENTITY_KEYS =
      Set.of(
          "p",
          "platform",
          "unique_id",
          "name",
          "icon",
          "entity_category",
          "entity_picture",
          "enabled_by_default",
          "default_entity_id",
          "availability_topic",
          "availability_template",
          "availability_mode",
          "payload_available",
          "payload_not_available",
          "json_attributes_topic",
          "json_attributes_template",
          "qos",
          "encoding");

  private static final Set<String> CATEGORIES = Set.of("config", "diagnostic");

  private record Platform(Set<String> required, Set<String> optional, Set<String> classes) {}

  private static final Map<String, Platform> PLATFORMS =
      Map.of(
          "binary_sensor",
          new Platform(
              Set.of("state_topic"),
              Set.of(
                  "device_class",
                  "payload_on",
                  "payload_off",
                  "value_template",
                  "expire_after",
                  "off_delay",
                  "force_update"),
              Set.of(
                  "battery",
                  "battery_charging",
                  "carbon_monoxide",
                  "cold",
                  "connectivity",
                  "door",
                  "garage_door",
                  "gas",
                  "heat",
                  "light",
                  "lock",
                  "moisture",
                  "motion",
                  "moving",
                  "occupancy",
                  "opening",
                  "plug",
                  "power",
                  "presence",
                  "problem",
                  "running",
                  "safety",
                  "smoke",
                  "sound",
                  "tamper",
                  "update",
                  "vibration",
                  "window")),
          "sensor",
          new Platform(
              Set.of("state_topic"),
              Set.of(
                  "device_class",
                  "state_class",
                  "unit_of_measurement",
                  "value_template",
                  "expire_after",
                  "force_update",
                  "suggested_display_precision",
                  "options",
                  "last_reset_value_template"),
              Set.of()),
          "number",
          new Platform(
              Set.of("command_topic"),
              Set.of(
                  "state_topic",
                  "command_template",
                  "device_class",
                  "min",
                  "max",
                  "step",
                  "mode",
                  "unit_of_measurement",
                  "value_template",
                  "optimistic",
                  "payload_reset",
                  "retain"),
              Set.of()),
          "alarm_control_panel",
          new Platform(
              Set.of("state_topic", "command_topic"),
              Set.of(
                  "code",
                  "code_arm_required",
                  "code_disarm_required",
                  "code_trigger_required",
                  "command_template",
                  "payload_arm_away",
                  "payload_arm_home",
                  "payload_arm_night",
                  "payload_arm_vacation",
                  "payload_arm_custom_bypass",
                  "payload_disarm",
                  "payload_trigger",
                  "retain",
                  "supported_features",
                  "value_template"),
              Set.of()),
          "siren",
          new Platform(
              Set.of("command_topic"),
              Set.of(
                  "state_topic",
                  "state_value_template",
                  "state_on",
                  "state_off",
                  "payload_on",
                  "payload_off",
                  "command_template",
                  "command_off_template",
                  "available_tones",
                  "support_duration",
                  "support_volume_set",
                  "optimistic",
                  "retain"),
              Set.of()),
          "switch",
          new Platform(
              Set.of("command_topic"),
              Set.of(
                  "state_topic",
                  "value_template",
                  "state_on",
                  "state_off",
                  "payload_on",
                  "payload_off",
                  "command_template",
                  "device_class",
                  "optimistic",
                  "retain"),
              Set.of("outlet", "switch")));

  private static final Set<String> PANEL_FEATURES =
      Set.of("arm_home", "arm_away", "arm_night", "arm_vacation", "arm_custom_bypass", "trigger");

  private HomeAssistantSchema() {}

  /** Fails at the first key or value that the documentation does not have. */
  static void check(Map<String, Object> discovery) {
    assertThat(discovery.keySet()).isSubsetOf("dev", "o", "cmps").contains("dev", "o", "cmps");
    Map<String, Object> device = Json.member(discovery, "dev");
    assertThat(DEVICE_KEYS).containsAll(device.keySet());
    assertThat(device.containsKey("identifiers") || device.containsKey("connections")).isTrue();
    Map<String, Object> origin = Json.member(discovery, "o");
    assertThat(ORIGIN_KEYS).containsAll(origin.keySet());
    assertThat(origin).containsKey("name");
    Map<String, Object> components = Json.member(discovery, "cmps");
    assertThat(components).isNotEmpty();
    Set<Object> ids = new HashSet<>();
    for (String key : components.keySet()) {
      Map<String, Object> component = Json.member(components, key);
      checkComponent(key, component);
      assertThat(ids.add(component.get("unique_id"))).as("unique_id of %s", key).isTrue();
    }
  }

  private static void checkComponent(String key, Map<String, Object> component) {
    assertThat(component).as(key).containsKeys("p", "unique_id");
    Platform platform = PLATFORMS.get((String) component.get("p"));
    assertThat(platform).as("platform of %s", key).isNotNull();
    assertThat(component.keySet()).as(key).containsAll(platform.required());
    Set<String> allowed = new TreeSet<>(ENTITY_KEYS);
    allowed.addAll(platform.required());
    allowed.addAll(platform.optional());
    assertThat(allowed).as(key).containsAll(component.keySet());
    Object deviceClass = component.get("device_class");
    if (deviceClass != null) {
      assertThat(platform.classes()).as(key).contains((String) deviceClass);
    }
    Object category = component.get("entity_category");
    if (category != null) {
      assertThat(CATEGORIES).as(key).contains((String) category);
      // only what can be set is configuration, and sensors must not be
      boolean sensor = component.get("p").toString().endsWith("sensor");
      assertThat(category).as(key).isEqualTo(sensor ? "diagnostic" : "config");
    }
    if (component.get("supported_features") instanceof List<?> features) {
      assertThat(PANEL_FEATURES)
          .as(key)
          .containsAll(features.stream().map(String.class::cast).toList());
    }
    for (Map.Entry<String, Object> entry : component.entrySet()) {
      if (entry.getKey().endsWith("_topic")) {
        assertThat((String) entry.getValue()).as(key).isNotEmpty().doesNotContain("#", "+");
      }
      if (entry.getKey().endsWith("_template")) {
        checkTemplate(entry.getKey() + " of " + key, (String) entry.getValue());
      }
    }
  }

  /** Each expression that is opened is closed before the next one opens. */
  private static void checkTemplate(String what, String template) {
    int position = template.indexOf("{{");
    while (position >= 0) {
      int end = template.indexOf("}}", position);
      int next = template.indexOf("{{", position + 2);
      assertThat(end).as(what).isGreaterThan(position);
      assertThat(next < 0 || next > end).as(what).isTrue();
      position = next;
    }
  }
}
