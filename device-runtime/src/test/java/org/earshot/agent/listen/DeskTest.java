package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.earshot.clip.Clip;
import org.earshot.clip.ClipBudget;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.guard.Guard;
import org.earshot.guard.GuardListener;
import org.earshot.guard.GuardMode;
import org.earshot.guard.GuardRules;
import org.earshot.guard.GuardSettings;
import org.earshot.guard.ModeChoice;
import org.junit.jupiter.api.Test;

/** What becomes of what the microphones heard. */
class DeskTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final int SECOND = 16_000;

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final MemoryPost post = new MemoryPost();
  private final List<EventMessage> announced = new ArrayList<>();
  private final List<String> storage = new ArrayList<>();
  private String ownSound = "";
  private final Guard guard = new Guard(rules(), armed(), clock, new GuardListener() {});
  private final Desk desk =
      new Desk(
          new Desk.Identity("home", "hall", "m1"),
          guard,
          new ClipBudget(Duration.ofSeconds(30), 12),
          new EventIds(clock, new Random(1)),
          Tasks.inline(),
          post,
          List.of(announced::add),
          event -> event.equals(ownSound),
          storage::add);

  private static GuardRules rules() {
    return GuardRules.standard(ZoneOffset.UTC);
  }

  private static GuardSettings armed() {
    return new GuardSettings(
        ModeChoice.byHand(GuardMode.AWAY, NOW),
        GuardSettings.standard(NOW).selection(),
        Map.of("dog_bark", 30));
  }

  private OpenAlert hear(String event, String microphone, int second) {
    Instant at = NOW.plusSeconds(second);
    return desk.opened(event, microphone, at.minusMillis(500), at, 0.75f);
  }

  private static Clip clipOf(OpenAlert alert) {
    return new Clip(
        alert.id.text(), alert.event, 0, 3 * SECOND, new short[10 * SECOND], 0, 0, false);
  }

  @Test
  void anAlertIsToldAtOnceAndItsClipAndEndFollow() {
    OpenAlert dog = hear("dog_bark", "kitchen", 1);
    assertThat(announced).singleElement().extracting(EventMessage::phase).isEqualTo(Phase.OPENED);
    desk.goesOn(dog, NOW.plusSeconds(11), 0.5f);
    desk.ready(clipOf(dog));
    desk.ended(dog, NOW.plusSeconds(12), 0.9f);
    assertThat(post.lines())
        .containsExactly(
            "sound dog_bark on",
            "message dog_bark opened",
            "message dog_bark updated",
            "clip of " + dog.id,
            "sound dog_bark off",
            "message dog_bark ended");
    assertThat(announced).isEqualTo(post.messages());
    assertThat(announced.get(2))
        .isEqualTo(
            new EventMessage(
                dog.id,
                "dog_bark",
                Phase.ENDED,
                NOW.plusSeconds(12),
                NOW.plusMillis(500),
                NOW.plusSeconds(12),
                0.9f,
                "kitchen",
                "away",
                30,
                true,
                0,
                "home",
                "hall",
                "m1"));
    assertThat(announced.get(1).posterior()).as("the largest so far").isEqualTo(0.75f);
    assertThat(desk.open()).isEmpty();
    assertThat(desk.told()).containsExactly(Map.entry("dog_bark", 1L));
  }

  @Test
  void anEventThatDoesNotCountLeavesNothing() {
    assertThat(hear("baby_cry", "kitchen", 1)).isNull();
    assertThat(post.lines()).isEmpty();
    assertThat(announced).isEmpty();
    assertThat(desk.open()).isEmpty();
    assertThat(desk.told()).isEmpty();
    assertThat(desk.suppressed()).containsExactly(Map.entry("baby_cry", 1L));
  }

  @Test
  void anEventThatIsDisarmedInTimeLeavesNothing() {
    OpenAlert before = hear("footsteps", "hall", 0);
    OpenAlert after = hear("door_close", "hall", 0);
    desk.goesOn(before, NOW.plusSeconds(10), 0.9f);
    desk.ready(clipOf(before));
    desk.ended(before, NOW.plusSeconds(11), 0.9f);
    guard.disarm("test");
    desk.ready(clipOf(after));
    desk.ended(after, NOW.plusSeconds(12), 0.9f);
    assertThat(post.lines()).isEmpty();
    assertThat(announced).isEmpty();
    assertThat(desk.open()).isEmpty();
    assertThat(desk.suppressed())
        .containsOnly(Map.entry("footsteps", 1L), Map.entry("door_close", 1L));
  }

  @Test
  void anEventThatIsNotDisarmedSendsMessageThenClipThenItsEnd() {
    OpenAlert steps = hear("footsteps", "hall", 0);
    desk.ready(clipOf(steps));
    desk.ended(steps, NOW.plusSeconds(4), 0.9f);
    assertThat(post.lines()).isEmpty();
    guard.advance(NOW.plusSeconds(30));
    assertThat(post.lines())
        .containsExactly(
            "sound footsteps on",
            "message footsteps opened",
            "clip of " + steps.id,
            "sound footsteps off",
            "message footsteps ended");
    assertThat(announced).extracting(EventMessage::at).contains(NOW, NOW.plusSeconds(4));
    assertThat(desk.open()).isEmpty();
  }

  @Test
  void aSmokeAlarmIsToldWhileOtherEventsWait() {
    hear("footsteps", "hall", 0);
    guard.disarm("test");
    hear("smoke_alarm", "hall", 0);
    assertThat(post.lines())
        .containsExactly("sound smoke_alarm on", "message smoke_alarm opened, life safety");
  }

  @Test
  void aDiskThatFailsStillAnnouncesAndIsAProblemThatClears() {
    post.fail(true);
    OpenAlert smoke = hear("smoke_alarm", "hall", 1);
    assertThat(post.messages()).isEmpty();
    assertThat(announced).singleElement().extracting(EventMessage::id).isEqualTo(smoke.id);
    assertThat(storage).containsExactly("smoke_alarm could not be stored: no space left on device");
    post.fail(false);
    desk.ended(smoke, NOW.plusSeconds(9), 0.9f);
    assertThat(post.messages()).hasSize(1);
    assertThat(storage).hasSize(2).last().asString().isEmpty();
  }

  @Test
  void theDevicesOwnSirenIsNoEvent() {
    ownSound = "smoke_alarm";
    assertThat(desk.opened("smoke_alarm", "hall", NOW, NOW, 0.8f)).isNull();
    assertThat(announced).isEmpty();
    ownSound = "";
    assertThat(desk.opened("smoke_alarm", "hall", NOW, NOW, 0.8f)).isNotNull();
    assertThat(announced).hasSize(1);
  }

  @Test
  void anAnnouncerThatFailsDoesNotKeepTheOthersFromHearing() {
    List<EventMessage> heard = new ArrayList<>();
    Announcer broken =
        message -> {
          throw new IllegalStateException("a broken siren");
        };
    Desk other =
        new Desk(
            new Desk.Identity("home", "hall", "m1"),
            guard,
            ClipBudget.standard(),
            new EventIds(clock, new Random(2)),
            Tasks.inline(),
            post,
            List.of(broken, heard::add),
            event -> false,
            storage::add);
    OpenAlert dog = other.opened("dog_bark", "hall", NOW, NOW, 0.8f);
    other.ended(dog, NOW.plusSeconds(1), 0.8f);
    other.ready(clipOf(dog));
    assertThat(heard).extracting(EventMessage::phase).containsExactly(Phase.OPENED, Phase.ENDED);
    assertThat(other.open()).isEmpty();
  }

  @Test
  void alertsBeyondTheBudgetComeWithoutClipAndTheNextClipTellsHowMany() {
    List<OpenAlert> alerts = new ArrayList<>();
    for (int second : new int[] {0, 10, 20, 40}) {
      OpenAlert alert = hear("dog_bark", "hall", second);
      alerts.add(alert);
      desk.ready(clipOf(alert));
      desk.ended(alert, NOW.plusSeconds(second + 1), 0.9f);
    }
    List<EventMessage> opened =
        post.messages().stream().filter(message -> message.phase() == Phase.OPENED).toList();
    assertThat(opened)
        .extracting(EventMessage::clipExpected)
        .containsExactly(true, false, false, true);
    assertThat(opened).extracting(EventMessage::suppressedBefore).containsExactly(0, 0, 0, 2);
    assertThat(post.lines().stream().filter(line -> line.startsWith("clip")))
        .containsExactly("clip of " + alerts.get(0).id, "clip of " + alerts.get(3).id);
    assertThat(desk.suppressedClips()).isEqualTo(2);
    assertThat(desk.open()).isEmpty();
  }

  @Test
  void anEventWhoseClipIsLostEndsAllTheSame() {
    OpenAlert dog = hear("dog_bark", "hall", 0);
    desk.ended(dog, NOW.plusSeconds(1), 0.9f);
    assertThat(desk.open()).containsExactly(dog);
    desk.lost(dog.id.text(), dog.event);
    assertThat(desk.open()).isEmpty();
  }

  @Test
  void aClipThatIsDeletedBeforeItIsCutIsNotSent() {
    OpenAlert dog = hear("dog_bark", "hall", 0);
    OpenAlert steps = hear("footsteps", "hall", 0);
    desk.deleteClip(dog.id);
    desk.ready(clipOf(steps));
    desk.deleteClip(steps.id);
    guard.advance(NOW.plusSeconds(30));
    desk.ready(clipOf(dog));
    desk.ended(dog, NOW.plusSeconds(1), 0.9f);
    desk.ended(steps, NOW.plusSeconds(1), 0.9f);
    desk.lost(steps.id.text(), steps.event);
    assertThat(post.lines())
        .contains("message dog_bark ended", "message footsteps ended")
        .doesNotContain("clip of " + dog.id, "clip of " + steps.id);
    assertThat(desk.open()).isEmpty();
  }

  @Test
  void anEventOnTwoMicrophonesSoundsUntilTheLastHasEnded() {
    OpenAlert kitchen = hear("siren", "kitchen", 0);
    OpenAlert hall = hear("siren", "hall", 1);
    desk.ended(kitchen, NOW.plusSeconds(2), 0.9f);
    assertThat(post.lines()).contains("sound siren on").doesNotContain("sound siren off");
    desk.ended(hall, NOW.plusSeconds(3), 0.9f);
    assertThat(post.lines().stream().filter(line -> line.startsWith("sound")))
        .containsExactly("sound siren on", "sound siren off");
    assertThat(post.messages()).extracting(EventMessage::microphone).contains("kitchen", "hall");
  }

  @Test
  void anEndBeforeTheOnsetIsTheOnset() {
    OpenAlert dog = hear("dog_bark", "hall", 5);
    desk.ended(dog, NOW, 0.9f);
    assertThat(post.messages().get(1).offset()).isEqualTo(dog.onset);
  }
}
