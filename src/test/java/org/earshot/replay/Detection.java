package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.earshot.agent.Earshot;

/** What one run of {@code earshot detect} printed and returned. */
record Detection(int code, String out, String err) {
  static final String HEADER = "filename\tonset\toffset\tevent_label\tposterior";

  /** One line of the table. */
  record Row(String filename, double onset, double offset, String event, double posterior) {
    static Row parse(String line) {
      String[] cells = line.split("\t", -1);
      assertThat(cells).as(line).hasSize(5);
      return new Row(
          cells[0],
          Double.parseDouble(cells[1]),
          Double.parseDouble(cells[2]),
          cells[3],
          Double.parseDouble(cells[4]));
    }
  }

  /** Runs {@code detect} in this JVM with the model that ships. */
  static Detection of(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("--models", Checkout.MODELS));
    all.addAll(List.of(arguments));
    return withoutModel(all.toArray());
  }

  /** Runs {@code detect} in this JVM with these arguments alone. */
  static Detection withoutModel(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] all =
        Stream.concat(Stream.of("detect"), Stream.of(arguments))
            .map(Object::toString)
            .toArray(String[]::new);
    int code = Earshot.run(out, err, all);
    return new Detection(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code detect} on good input and returns its alerts. */
  static List<Row> alerts(Path recordings) {
    Detection detection = of(recordings);
    assertThat(detection.err()).isEmpty();
    assertThat(detection.code()).isZero();
    return detection.rows();
  }

  /** Returns the alerts after the header. */
  List<Row> rows() {
    assertThat(out).startsWith(HEADER + "\n");
    return out.lines().skip(1).map(Row::parse).toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
