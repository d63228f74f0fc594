package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.store.Samples.NOW;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiSetAsideTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void keepsTheLatestAndCountsAll(Databases kind) {
    try (Database database = kind.open(folder)) {
      SetAside aside = new JdbiSetAside(database);
      for (int i = 0; i < JdbiSetAside.KEPT + 5; i++) {
        byte[] payload = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        aside.put(new SetAside.Message(NOW, "earshot/a/b/event", "not JSON", 5000, payload));
      }
      assertThat(aside.count()).isEqualTo(JdbiSetAside.KEPT + 5);
      List<SetAside.Message> kept = aside.latest(5000);
      assertThat(kept).hasSize(JdbiSetAside.KEPT);
      assertThat(kept.get(0).payload()).asString().isEqualTo("1004");
      assertThat(kept.get(kept.size() - 1).payload()).asString().isEqualTo("5");
      assertThat(kept.get(0).bytes()).isEqualTo(5000);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatCannotBeTextIsKeptAsFarAsItCan(Databases kind) {
    try (Database database = kind.open(folder)) {
      SetAside aside = new JdbiSetAside(database);
      aside.put(
          new SetAside.Message(
              NOW, "t".repeat(600), "bad \0 and \ud800 here", 9000, new byte[9000]));
      SetAside.Message kept = aside.latest(1).get(0);
      assertThat(kept.topic()).hasSize(512);
      assertThat(kept.reason()).isEqualTo("bad \ufffd and \ufffd here");
      assertThat(kept.payload()).hasSize(4096);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void auditIsReadBySiteNewestFirst(Databases kind) {
    try (Database database = kind.open(folder)) {
      Audit audit = new JdbiAudit(database);
      Audit.Line first = new Audit.Line(NOW, "home", "anna", "sign_in", "anna", "");
      Audit.Line second = new Audit.Line(NOW, "home", "retention", "event_deleted", "x", "age");
      audit.append(first);
      audit.append(new Audit.Line(NOW, "other", "bert", "sign_in", "bert", ""));
      audit.append(second);
      assertThat(audit.latest(Set.of("home"), 10)).containsExactly(second, first);
      assertThat(audit.latest(Set.of("home"), 1)).containsExactly(second);
      assertThat(audit.latest(Set.of(), 10)).isEmpty();
    }
  }
}
