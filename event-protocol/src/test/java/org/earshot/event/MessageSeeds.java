package org.earshot.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The seeds of {@link MessageFuzzTest}: one message of each kind and some that are wrong. */
final class MessageSeeds {
  private static final EventId ID = new EventId("01KG8NM3F00123456789ABCDEF");
  private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

  private MessageSeeds() {}

  /** Writes the seeds into the folder given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, byte[]> seed : all().entrySet()) {
      Files.write(folder.resolve(seed.getKey()), seed.getValue());
    }
  }

  static Map<String, byte[]> all() {
    Map<String, byte[]> seeds = new TreeMap<>();
    EventMessage event =
        new EventMessage(
            ID,
            "smoke_alarm",
            Phase.ENDED,
            AT,
            AT,
            AT,
            0.97,
            "kitchen \u266b",
            "away",
            50,
            true,
            2,
            "home",
            "hall",
            "2026.1");
    seeds.put("event", MessageCodec.toJson(event));
    seeds.put(
        "verdict",
        MessageCodec.toJson(
            new VerdictMessage(ID, "smoke_alarm", Verdict.CONFIRMED, 0.99, "large", AT)));
    seeds.put(
        "state",
        MessageCodec.toJson(
            new StateMessage(
                true,
                AT,
                "1.0",
                "2026.1",
                "away",
                "arming",
                List.of("kitchen"),
                List.of("siren"),
                List.of(new StateMessage.Head("siren", 2)),
                new StateMessage.Live("Anna", AT))));
    seeds.put("state-offline", MessageCodec.toJson(StateMessage.offline()));
    ProblemMessage.Problem problem = new ProblemMessage.Problem("silent", "kitchen", "dead", AT);
    seeds.put("problem", MessageCodec.toJson(new ProblemMessage(AT, List.of(problem))));
    seeds.put(
        "health",
        MessageCodec.toJson(
            new HealthMessage(
                AT,
                60,
                20_000_000,
                1,
                2000,
                3,
                4,
                5,
                6,
                7,
                List.of(new HealthMessage.Microphone("kitchen", "ok", -40.5, -20, 1, 2, 3, 4)))));
    List<CommandMessage> commands =
        List.of(
            new CommandMessage.SetMode("away"),
            new CommandMessage.SelectEvents("home", Set.of("siren", "dog_bark")),
            new CommandMessage.SetSensitivity("siren", 40),
            new CommandMessage.SoundSiren(true, 30),
            new CommandMessage.ListenLive(true, 60, "Anna"),
            new CommandMessage.DeleteClip(ID),
            new CommandMessage.RemoveHead("siren"),
            new CommandMessage.RollBackHead("siren"),
            new CommandMessage.Reload());
    for (CommandMessage command : commands) {
      seeds.put("command-" + command.getClass().getSimpleName(), MessageCodec.toJson(command));
    }
    seeds.put("live", new LiveFrame(16_000, new short[] {1, -1, 32_767, -32_768}).toBytes());
    seeds.put("escapes", text("{'v':1,'\\u0000x':'\\ud83d\\ud83d','command':'reload'}"));
    seeds.put("nested", text("{'v':1,'a':[[{'b':[1e999,-0.0,null]}]],'command':'reload'}"));
    seeds.put("utf-16", "{\"v\":1}".getBytes(StandardCharsets.UTF_16));
    seeds.put("empty", new byte[0]);
    return seeds;
  }

  private static byte[] text(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
