package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final long SEED = 20_260_131;
  private static final int ROUNDS = 400;

  private interface Write<T> {
    byte[] json(T message);
  }

  private interface Parse<T> {
    T message(byte[] json) throws IOException;
  }

  private interface Draw<T> {
    T message(RandomMessages random);
  }

  @Test
  void everyEventSurvives() throws IOException {
    roundTrip(RandomMessages::event, MessageCodec::toJson, MessageCodec::parseEvent);
  }

  @Test
  void everyVerdictSurvives() throws IOException {
    roundTrip(RandomMessages::verdict, MessageCodec::toJson, MessageCodec::parseVerdict);
  }

  @Test
  void everyStateSurvives() throws IOException {
    roundTrip(RandomMessages::state, MessageCodec::toJson, MessageCodec::parseState);
  }

  @Test
  void everyListOfProblemsSurvives() throws IOException {
    roundTrip(RandomMessages::problems, MessageCodec::toJson, MessageCodec::parseProblems);
  }

  @Test
  void everyHealthSurvives() throws IOException {
    roundTrip(RandomMessages::health, MessageCodec::toJson, MessageCodec::parseHealth);
  }

  @Test
  void everyCommandSurvives() throws IOException {
    roundTrip(RandomMessages::command, MessageCodec::toJson, MessageCodec::parseCommand);
  }

  private static <T> void roundTrip(Draw<T> draw, Write<T> write, Parse<T> parse)
      throws IOException {
    RandomMessages random = new RandomMessages(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      T message = draw.message(random);
      byte[] json = write.json(message);
      assertThat(json.length)
          .as("seed %d, round %d", SEED, round)
          .isLessThanOrEqualTo(MessageCodec.MAX_BYTES);
      assertThat(parse.message(json)).as("seed %d, round %d", SEED, round).isEqualTo(message);
    }
  }

  @Test
  void anEventIsWrittenAsDocumented() {
    EventMessage message =
        new EventMessage(
            new EventId("01KG8NM3F00000000000000000"),
            "smoke_alarm",
            Phase.ENDED,
            Instant.parse("2026-01-31T12:00:09.5Z"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:08.120999Z"),
            0.97,
            "kitchen",
            "away",
            50,
            true,
            2,
            "home",
            "hall",
            "2026.1");
    assertThat(MessageCodec.toJson(message))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            String.join(
                    "",
                    "{'v':1,'id':'01KG8NM3F00000000000000000','event':'smoke_alarm',",
                    "'phase':'ended','at':'2026-01-31T12:00:09.500Z',",
                    "'onset':'2026-01-31T12:00:00.000Z','offset':'2026-01-31T12:00:08.120Z',",
                    "'posterior':0.97,'microphone':'kitchen','mode':'away','sensitivity':50,",
                    "'clipExpected':true,'suppressedBefore':2,'site':'home','device':'hall',",
                    "'model':'2026.1'}")
                .replace('\'', '"'));
  }

  @Test
  void theLastWillIsShort() {
    assertThat(MessageCodec.toJson(StateMessage.offline()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"v\":1,\"state\":\"offline\",\"microphones\":[],\"events\":[]}");
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() throws IOException {
    String json =
        "{'later':{'v':9,'mode':[1,{'v':2}]},'command':'set_mode','v':1,'mode':'away','who':null}";
    assertThat(MessageCodec.parseCommand(bytes(json)))
        .isEqualTo(new CommandMessage.SetMode("away"));
  }

  @Test
  void aSirenWithoutSecondsLeavesThemToTheDevice() throws IOException {
    assertThat(MessageCodec.parseCommand(bytes("{'v':1,'command':'siren','on':true}")))
        .isEqualTo(new CommandMessage.SoundSiren(true, 0));
  }

  @Test
  void aListThatNamesAnEventTwiceIsASet() throws IOException {
    String json = "{'v':1,'command':'select_events','mode':'home','events':['siren','siren']}";
    assertThat(((CommandMessage.SelectEvents) MessageCodec.parseCommand(bytes(json))).events())
        .isEqualTo(Set.of("siren"));
  }

  @Test
  void problemSaysOnWhenThereAreSome() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    ProblemMessage.Problem problem = new ProblemMessage.Problem("silent", "hall", "dead", now);
    assertThat(MessageCodec.toJson(new ProblemMessage(now, List.of(problem))))
        .asString(StandardCharsets.UTF_8)
        .contains("\"problem\":\"ON\"");
    assertThat(MessageCodec.toJson(new ProblemMessage(now, List.of())))
        .asString(StandardCharsets.UTF_8)
        .contains("\"problem\":\"OFF\"");
  }

  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
