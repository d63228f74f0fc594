package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.earshot.agent.config.BrokerConfig;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.Topics;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerPostTest {
  private static final Topics TOPICS = new Topics("home", "earshot");

  @TempDir private Path scratch;

  private static EventMessage smoke() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    return new EventMessage(
        new EventIds(Clock.systemUTC(), new Random(1)).next(),
        "smoke_alarm",
        Phase.OPENED,
        now,
        now,
        null,
        0.9,
        "hall",
        "home",
        50,
        false,
        0,
        "home",
        "earshot",
        "m1");
  }

  /** A closed outbox stands for a disk that takes nothing. */
  @Test
  void aMessageThatNoDiskTakesGoesStraightToTheBroker() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start();
        MqttReader reader = new MqttReader(broker.port(), "earshot/#")) {
      DeviceConfig config =
          DeviceConfig.standard().withBroker(BrokerConfig.at(broker.uri().toString()));
      DeviceProblems problems = new DeviceProblems(Clock.systemUTC());
      try (BrokerSide side =
          new BrokerSide(config, scratch.resolve("state"), problems, new Nothing())) {
        side.start();
        side.retainSiren(false);
        reader.awaitOn(TOPICS.siren(), state -> true); // it is connected
        Post post = side.post();
        side.closeOutbox();
        EventMessage message = smoke();

        assertThatThrownBy(() -> post.message(message, true))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("closed");

        byte[] arrived = reader.awaitOn(TOPICS.event(), any -> true).payload();
        assertThat(MessageCodec.parseEvent(arrived)).isEqualTo(message);
        assertThat(new String(arrived, StandardCharsets.UTF_8)).contains("smoke_alarm");
      }
    }
  }

  private static final class Nothing implements BrokerSide.Commands {
    @Override
    public void obey(CommandMessage command) {}

    @Override
    public void takeHead(byte[] file) {}
  }
}
