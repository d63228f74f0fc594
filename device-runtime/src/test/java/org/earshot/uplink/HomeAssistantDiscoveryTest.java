package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.earshot.event.CommandMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Topics;
import org.earshot.model.EventLabels;
import org.junit.jupiter.api.Test;

class HomeAssistantDiscoveryTest {
  private static final Topics TOPICS = new Topics("home", "hall");

  private static Map<String, Object> discovery(boolean live) throws IOException {
    List<String> events = new ArrayList<>(EventLabels.STANDARD);
    events.add("my_kettle");
    DeviceDescription device =
        new DeviceDescription(TOPICS, "Earshot hall", "1.2", events, List.of(), live);
    return Json.object(HomeAssistantDiscovery.payload(device));
  }

  private static Map<String, Object> component(String key) throws IOException {
    return Json.member(Json.member(discovery(true), "cmps"), key);
  }

  private static CommandMessage command(Object payload) throws IOException {
    return MessageCodec.parseCommand(((String) payload).getBytes(StandardCharsets.UTF_8));
  }

  /** What Home Assistant's templates would make of the only expressions that are used. */
  private static String rendered(Object template, String expression, String value) {
    String text = (String) template;
    assertThat(text).contains("{{ " + expression + " }}");
    return text.replace("{{ " + expression + " }}", value);
  }

  @Test
  void whatIsNoLongerHeardIsTakenAwayByItsPlatformAlone() throws IOException {
    DeviceDescription device =
        new DeviceDescription(
            TOPICS, "Earshot hall", "1.2", List.of("siren"), List.of("my_kettle"), false);
    Map<String, Object> components =
        Json.member(Json.object(HomeAssistantDiscovery.payload(device)), "cmps");
    assertThat(components)
        .containsEntry("sound_my_kettle", Map.of("p", "binary_sensor"))
        .containsEntry("sensitivity_my_kettle", Map.of("p", "number"))
        .containsKey("sound_siren");
  }

  @Test
  void fitsTheDocumentedSchema() throws IOException {
    HomeAssistantSchema.check(discovery(true));
    HomeAssistantSchema.check(discovery(false));
  }

  @Test
  void theTopicHasTheFormThatIsSearched() {
    assertThat(HomeAssistantDiscovery.topic(TOPICS))
        .isEqualTo("homeassistant/device/earshot_home_hall/config")
        .matches("homeassistant/device/[a-zA-Z0-9_-]+/config");
  }

  @Test
  void everyEventIsABinarySensorOfItsClass() throws IOException {
    Map<String, String> classes =
        Map.of(
            "smoke_alarm", "smoke",
            "co_alarm", "carbon_monoxide",
            "glass_break", "safety",
            "siren", "safety",
            "footsteps", "occupancy",
            "door_close", "sound",
            "door_knock", "sound",
            "baby_cry", "sound",
            "dog_bark", "sound",
            "my_kettle", "sound");
    for (Map.Entry<String, String> wanted : classes.entrySet()) {
      Map<String, Object> sensor = component("sound_" + wanted.getKey());
      assertThat(sensor)
          .containsEntry("p", "binary_sensor")
          .containsEntry("device_class", wanted.getValue())
          .containsEntry("state_topic", TOPICS.sound(wanted.getKey()));
    }
    assertThat(component("sound_co_alarm")).containsEntry("name", "CO alarm");
    assertThat(component("sound_baby_cry")).containsEntry("name", "Baby cry");
  }

  @Test
  void allButTheConnectionAreAvailableByTheLastWill() throws IOException {
    Map<String, Object> components = Json.member(discovery(true), "cmps");
    for (String key : components.keySet()) {
      Map<String, Object> component = Json.member(components, key);
      if (key.equals("connectivity")) {
        assertThat(component)
            .doesNotContainKey("availability_topic")
            .containsEntry("device_class", "connectivity")
            .containsEntry("state_topic", TOPICS.state())
            .containsEntry("payload_on", "online")
            .containsEntry("payload_off", "offline");
      } else {
        assertThat(component)
            .as(key)
            .containsEntry("availability_topic", TOPICS.state())
            .containsEntry("availability_template", "{{ value_json.state }}")
            .containsEntry("payload_available", "online")
            .containsEntry("payload_not_available", "offline");
      }
    }
  }

  @Test
  void thePanelsPayloadsAreCommands() throws IOException {
    Map<String, Object> panel = component("mode");
    assertThat(panel)
        .containsEntry("p", "alarm_control_panel")
        .containsEntry("state_topic", TOPICS.mode())
        .containsEntry("command_topic", TOPICS.command())
        .containsEntry("code_arm_required", false)
        .containsEntry("supported_features", List.of("arm_home", "arm_away", "arm_night"))
        .doesNotContainKey("command_template"); // the default sends the payload as it is
    assertThat(command(panel.get("payload_disarm")))
        .isEqualTo(new CommandMessage.SetMode("disarmed"));
    assertThat(command(panel.get("payload_arm_home")))
        .isEqualTo(new CommandMessage.SetMode("home"));
    assertThat(command(panel.get("payload_arm_away")))
        .isEqualTo(new CommandMessage.SetMode("away"));
    assertThat(command(panel.get("payload_arm_night")))
        .isEqualTo(new CommandMessage.SetMode("night"));
  }

  @Test
  void aSensitivityIsANumberFromZeroToAHundred() throws IOException {
    Map<String, Object> number = component("sensitivity_dog_bark");
    assertThat(number)
        .containsEntry("p", "number")
        .containsEntry("min", 0L)
        .containsEntry("max", 100L)
        .containsEntry("step", 1L)
        .containsEntry("state_topic", TOPICS.sensitivity("dog_bark"));
    assertThat(command(rendered(number.get("command_template"), "value | int", "37")))
        .isEqualTo(new CommandMessage.SetSensitivity("dog_bark", 37));
  }

  @Test
  void theSirenSoundsForAsLongAsIsAskedAndIsSilenced() throws IOException {
    Map<String, Object> siren = component("siren");
    assertThat(siren).containsEntry("p", "siren").containsEntry("state_topic", TOPICS.siren());
    String template = "duration | default(0) | int";
    assertThat(command(rendered(siren.get("command_template"), template, "20")))
        .isEqualTo(new CommandMessage.SoundSiren(true, 20));
    assertThat(command(rendered(siren.get("command_template"), template, "0")))
        .isEqualTo(new CommandMessage.SoundSiren(true, 0));
    assertThat(command(siren.get("command_off_template")))
        .isEqualTo(new CommandMessage.SoundSiren(false, 0));
  }

  @Test
  void theSwitchForListeningInIsThereOnlyWhereThatIsEnabled() throws IOException {
    assertThat(Json.member(discovery(false), "cmps")).doesNotContainKey("live");
    Map<String, Object> live = component("live");
    assertThat(live).containsEntry("p", "switch");
    assertThat(command(live.get("payload_on")))
        .isEqualTo(new CommandMessage.ListenLive(true, 0, "Home Assistant"));
    assertThat(command(live.get("payload_off")))
        .isEqualTo(new CommandMessage.ListenLive(false, 0, "Home Assistant"));
  }

  @Test
  void problemAndLevelAreForDiagnosis() throws IOException {
    assertThat(component("problem"))
        .containsEntry("device_class", "problem")
        .containsEntry("entity_category", "diagnostic")
        .containsEntry("value_template", "{{ value_json.problem }}");
    assertThat(component("level"))
        .containsEntry("p", "sensor")
        .containsEntry("unit_of_measurement", "dBFS")
        .doesNotContainKey("device_class"); // dBFS is no unit of any
  }
}
