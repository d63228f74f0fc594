package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.store.Samples.NOW;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earshot.event.HealthMessage;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiDevicesTest {
  private static final StateMessage ONLINE =
      new StateMessage(
          true,
          NOW,
          "0.2.0",
          "2026.1",
          "away",
          "away",
          List.of("kitchen"),
          List.of("siren"),
          List.of(new StateMessage.Head("siren", 2)),
          new StateMessage.Live("Anna \u00e9", NOW));
  private static final ProblemMessage PROBLEMS =
      new ProblemMessage(
          NOW, List.of(new ProblemMessage.Problem("silent", "kitchen", "plug it in", NOW)));
  private static final HealthMessage HEALTH =
      new HealthMessage(
          NOW,
          1,
          2,
          3,
          4,
          5,
          6,
          7,
          8,
          9,
          List.of(new HealthMessage.Microphone("kitchen", "ok", -48.5, -31, 1, 2, 3, 4)));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void everythingThatADeviceSaidIsThere(Databases kind) {
    try (Database database = kind.open(folder)) {
      Devices devices = new JdbiDevices(database);
      devices.state("home", "hall", ONLINE, NOW);
      devices.problems("home", "hall", PROBLEMS, NOW.plusSeconds(1));
      devices.health("home", "hall", HEALTH, NOW.plusSeconds(2));
      devices.siren("home", "hall", true, NOW.plusSeconds(3));
      devices.sensitivity("home", "hall", "siren", 40, NOW.plusSeconds(4));
      devices.sensitivity("home", "hall", "dog_bark", 70, NOW.plusSeconds(5));
      assertThat(devices.find("home", "hall"))
          .contains(
              new DeviceRecord(
                  "home",
                  "hall",
                  ONLINE,
                  PROBLEMS,
                  HEALTH,
                  Map.of("siren", 40, "dog_bark", 70),
                  true,
                  NOW.plusSeconds(5)));
      assertThat(devices.find("other", "hall")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatWasReceivedEarlierDoesNotReplaceWhatCameLater(Databases kind) {
    try (Database database = kind.open(folder)) {
      Devices devices = new JdbiDevices(database);
      devices.state("home", "hall", StateMessage.offline(), NOW.plusSeconds(1));
      devices.state("home", "hall", ONLINE, NOW);
      devices.sensitivity("home", "hall", "siren", 40, NOW.plusSeconds(1));
      devices.sensitivity("home", "hall", "siren", 60, NOW);
      DeviceRecord hall = devices.find("home", "hall").orElseThrow();
      assertThat(hall.state()).isEqualTo(StateMessage.offline());
      assertThat(hall.sensitivities()).containsExactly(Map.entry("siren", 40));
      assertThat(hall.seenAt()).isEqualTo(NOW.plusSeconds(1));
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void sitesAreKeptApartAndInOrder(Databases kind) {
    try (Database database = kind.open(folder)) {
      Devices devices = new JdbiDevices(database);
      devices.siren("b", "two", false, NOW);
      devices.siren("b", "One", false, NOW);
      devices.siren("b-1", "x", false, NOW);
      devices.siren("C", "x", false, NOW);
      assertThat(devices.sites()).containsExactly("C", "b", "b-1");
      assertThat(devices.in(Set.of("b", "C")))
          .extracting(device -> device.site() + "/" + device.device())
          .containsExactly("C/x", "b/One", "b/two");
      assertThat(devices.in(Set.of())).isEmpty();
    }
  }
}
