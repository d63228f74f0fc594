package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTableTest {

  @TempDir Path folder;

  @Test
  void readsSedEvalsFormWithoutAHeader() throws IOException {
    EventTable table = read("a.wav\t1.00\t2.50\tsiren\nb.wav\t0\t1\tdog_bark\t0.91\n");

    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows().get(0).onsetSeconds()).isEqualTo(1);
    assertThat(table.rows().get(0).offsetSeconds()).isEqualTo(2.5);
    assertThat(table.rows().get(0).number("posterior")).isNaN();
    assertThat(table.rows().get(1).number("posterior")).isEqualTo(0.91);
  }

  @Test
  void findsColumnsByTheirHeader() throws IOException {
    EventTable table =
        read("event_label\tfilename\tonset\toffset\tratio_db\nsiren\ta.wav\t1\t2\t-6\n");

    assertThat(table.rows().get(0).label()).isEqualTo("siren");
    assertThat(table.rows().get(0).number("ratio_db")).isEqualTo(-6);
  }

  @Test
  void findsAFileByItsPathOrByTheLastPartOfIt() throws IOException {
    EventTable table = read("some/folder/a.wav\t1\t2\tsiren\nb.wav\t1\t2\tsiren\n");

    assertThat(table.rowsOf("some/folder/a.wav")).hasSize(1);
    assertThat(table.rowsOf("elsewhere/a.wav")).hasSize(1);
    assertThat(table.rowsOf("elsewhere/b.wav")).hasSize(1);
    assertThat(table.rowsOf("c.wav")).isEmpty();
  }

  @Test
  void skipsFilesWithoutEvents() throws IOException {
    assertThat(read("filename\tonset\toffset\tevent_label\nquiet.wav\n\n").rows()).isEmpty();
  }

  @Test
  void namesTheLineOfABadRow() {
    assertThatThrownBy(() -> read("a.wav\t1\t2\tsiren\na.wav\t1\tlate\tsiren\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("a.wav\t3\t2\tsiren\n")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> read("a.wav\t3\n")).hasMessageContaining("line 1");
  }

  private EventTable read(String text) throws IOException {
    return EventTable.read(Files.writeString(folder.resolve("table.tsv"), text));
  }
}
