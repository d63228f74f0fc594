package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
  private static final Topics TOPICS = new Topics("home", "hall-2");
  private static final EventId ID = new EventId("01ARZ3NDEKTSV4RRFFQ69G5FAV");

  private static String name(TopicKind kind) {
    return switch (kind) {
      case STATE -> TOPICS.state();
      case EVENT -> TOPICS.event();
      case CLIP -> TOPICS.clip(ID);
      case VERDICT -> TOPICS.verdict();
      case HEALTH -> TOPICS.health();
      case COMMAND -> TOPICS.command();
      case HEAD -> TOPICS.head();
      case LIVE -> TOPICS.live();
      case SOUND -> TOPICS.sound("smoke_alarm");
      case MODE -> TOPICS.mode();
      case SENSITIVITY -> TOPICS.sensitivity("smoke_alarm");
      case PROBLEM -> TOPICS.problem();
      case LEVEL -> TOPICS.level();
      case SIREN -> TOPICS.siren();
    };
  }

  @ParameterizedTest
  @EnumSource(TopicKind.class)
  void everyTopicIsReadBack(TopicKind kind) {
    String detail =
        switch (kind) {
          case CLIP -> ID.text();
          case SOUND, SENSITIVITY -> "smoke_alarm";
          default -> "";
        };
    assertThat(Topics.parse(name(kind))).contains(new Topics.Address(TOPICS, kind, detail));
  }

  @Test
  void namesAreThoseOfTheProtocol() {
    assertThat(TOPICS.event()).isEqualTo("earshot/home/hall-2/event");
    assertThat(TOPICS.clip(ID)).isEqualTo("earshot/home/hall-2/clip/01ARZ3NDEKTSV4RRFFQ69G5FAV");
    assertThat(Topics.everyDevice(TopicKind.CLIP)).isEqualTo("earshot/+/+/clip/+");
    assertThat(Topics.everyDevice(TopicKind.EVENT)).isEqualTo("earshot/+/+/event");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "earshot",
        "earshot/home/hall/event/x",
        "earshot/home/hall/clip",
        "earshot/home/hall/clip/x",
        "earshot/home/hall/sound/Smoke",
        "earshot/home//event",
        "earshot/ho me/hall/event",
        "earshot/home/hall/event/",
        "/earshot/home/hall/event",
        "other/home/hall/event",
        "earshot/home/hall/EVENT"
      })
  void otherTopicsAreNone(String topic) {
    assertThat(Topics.parse(topic)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "+", "#", "a b", "ä"})
  void aNameThatIsNoLevelIsRefused(String name) {
    assertThatThrownBy(() -> new Topics(name, "hall")).hasMessageContaining("site");
    assertThatThrownBy(() -> new Topics("home", name)).hasMessageContaining("device");
  }
}
