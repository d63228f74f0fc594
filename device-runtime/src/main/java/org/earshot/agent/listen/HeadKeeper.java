package org.earshot.agent.listen;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.earshot.event.StateMessage;
import org.earshot.heads.HeadRefusedException;
import org.earshot.heads.HeadRequests;
import org.earshot.heads.HeadStore;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.model.SoundModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heads of a device at work: takes what comes over the broker or lies in a folder, and has the
 * ears follow. What is refused is told as a problem, until something is taken.
 *
 * <p>Runs on the desk's thread.
 */
final class HeadKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);
  private static final String SOURCE = "heads";
  private static final String REFUSED = "head_refused";
  private static final Duration SETTLED = Duration.ofSeconds(1); // since a file was written

  private final HeadStore store;
  private final Path requests;
  private final DeviceProblems problems;
  private final Consumer<SoundModel> followers;

  /** Something that is asked of the store. */
  @FunctionalInterface
  private interface Change {
    void make() throws HeadRefusedException, IOException;
  }

  /**
   * @param requests folder to look into, which need not exist
   * @param followers told of every change
   */
  HeadKeeper(
      HeadStore store, Path requests, DeviceProblems problems, Consumer<SoundModel> followers) {
    this.store = store;
    this.requests = requests;
    this.problems = problems;
    this.followers = followers;
  }

  void take(byte[] file, String name) {
    change(taking(file, name));
  }

  void remove(String event) {
    change(removing(event));
  }

  void rollBack(String event) {
    change(rollingBack(event));
  }

  private Change taking(byte[] file, String name) {
    return () -> {
      HeadModel head = store.take(file, name);
      LOG.info("head {} version {} is taken", head.event(), head.version());
    };
  }

  private Change removing(String event) {
    return () -> {
      store.remove(event);
      LOG.info("head {} is removed", event);
    };
  }

  private Change rollingBack(String event) {
    return () -> {
      store.rollBack(event);
      LOG.info("head {} is rolled back", event);
    };
  }

  /** Returns why not; empty when it was made. */
  private String change(Change change) {
    SoundModel before = store.model();
    try {
      change.make();
    } catch (HeadRefusedException | IOException e) {
      String reason = String.valueOf(e.getMessage());
      LOG.warn("refused: {}", reason);
      problems.begin(REFUSED, SOURCE, reason);
      return reason;
    }
    problems.end(REFUSED, SOURCE);
    SoundModel now = store.model();
    if (!now.equals(before)) {
      followers.accept(now);
    }
    return "";
  }

  /** Does what lies in the folder, oldest name first; what is refused stays under another name. */
  void look(Instant now) {
    if (!Files.isDirectory(requests)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(requests)) {
      for (Path file : stream) {
        if (HeadRequests.isRequest(file) && isSettled(file, now)) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      problems.begin("head_requests", SOURCE, requests + ": " + e.getMessage());
      return;
    }
    Collections.sort(files);
    for (Path file : files) {
      obey(file);
    }
  }

  private static boolean isSettled(Path file, Instant now) throws IOException {
    try {
      Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), now);
      return age.isNegative() || age.compareTo(SETTLED) >= 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void obey(Path file) {
    String reason = change(() -> asked(file).make());
    try {
      if (reason.isEmpty()) {
        LOG.info("{} is done", file);
        Files.deleteIfExists(file);
      } else {
        Path refused = HeadRequests.refused(file);
        Files.move(file, refused, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      problems.begin("head_requests", SOURCE, file + " cannot be moved away: " + e.getMessage());
    }
  }

  private Change asked(Path file) throws IOException {
    HeadRequests.Request request = HeadRequests.of(file);
    return switch (request.action()) {
      case REMOVE -> removing(request.event());
      case ROLL_BACK -> rollingBack(request.event());
      case TAKE -> taking(HeadUpdate.bytes(file), file.toString());
    };
  }

  SoundModel model() {
    return store.model();
  }

  /** Returns the heads that came after the device was made. */
  List<StateMessage.Head> taken() {
    return store.entries().stream()
        .filter(HeadStore.Entry::taken)
        .map(entry -> new StateMessage.Head(entry.head().event(), entry.head().version()))
        .toList();
  }
}
