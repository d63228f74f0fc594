package org.earshot.cloud.demo;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earshot.audio.AudioFiles;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.Phase;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;
import org.earshot.event.Verdict;
import org.earshot.event.VerdictMessage;

/**
 * Someone who reads what devices tell: keeps messages and clips, each once however often it comes.
 *
 * <p>Thread-safe; the listener is called on the client's thread, before {@link #await} knows what
 * came.
 */
final class Owner implements AutoCloseable {
  private static final int LONGEST_CLIP_SAMPLES = 600 * AudioFiles.SAMPLE_RATE_HZ;

  /** Hears what arrives. */
  interface Listener {
    void message(EventMessage message);

    void clip(Clip clip);

    void verdict(VerdictMessage verdict);

    void unreadable(String topic, String reason);
  }

  /**
   * A clip that arrived.
   *
   * @param event of its message; null when that has not come yet
   */
  record Clip(EventId id, String event, Path file, int bytes, double seconds) {}

  private final Path folder;
  private final Listener listener;
  private final Mqtt5AsyncClient client;
  private final Map<EventId, EventMessage> opened = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>(); // on the client's thread
  private final Set<EventId> ended = new HashSet<>();
  private final Map<EventId, Clip> clips = new HashMap<>();
  private final Map<EventId, VerdictMessage> verdicts = new HashMap<>();

  /**
   * Connects and subscribes.
   *
   * @param folder for clips; made if need be
   */
  Owner(int port, Path folder, Listener listener) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.listener = listener;
    client =
        Mqtt5Client.builder()
            .identifier("owner")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    try {
      client.connect().get(30, TimeUnit.SECONDS);
      client
          .subscribeWith()
          .topicFilter("earshot/#")
          .qos(MqttQos.AT_LEAST_ONCE)
          .callback(this::take)
          .send()
          .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the owner cannot reach the broker", e);
    }
  }

  private void take(Mqtt5Publish publish) {
    String topic = publish.getTopic().toString();
    byte[] payload = publish.getPayloadAsBytes();
    Topics.Address address = Topics.parse(topic).orElse(null);
    if (address == null) {
      return;
    }
    try {
      if (address.kind() == TopicKind.EVENT) {
        message(MessageCodec.parseEvent(payload));
      } else if (address.kind() == TopicKind.CLIP) {
        clip(new EventId(address.detail()), payload);
      } else if (address.kind() == TopicKind.VERDICT) {
        verdict(MessageCodec.parseVerdict(payload));
      }
    } catch (IOException e) {
      listener.unreadable(topic, e.getMessage());
    }
  }

  private void message(EventMessage message) {
    if (!seen.add(message.id() + "/" + message.phase() + "/" + message.at())) {
      return;
    }
    listener.message(message);
    synchronized (this) {
      if (message.phase() == Phase.OPENED) {
        opened.put(message.id(), message);
      } else if (message.phase() == Phase.ENDED) {
        ended.add(message.id());
      }
      notifyAll();
    }
  }

  private void verdict(VerdictMessage verdict) {
    VerdictMessage known;
    synchronized (this) {
      known = verdicts.get(verdict.id());
    }
    if (known != null && !verdict.at().isAfter(known.at())) {
      return; // a message may come twice
    }
    listener.verdict(verdict);
    synchronized (this) {
      verdicts.put(verdict.id(), verdict);
      notifyAll();
    }
  }

  private void clip(EventId id, byte[] flac) throws IOException {
    String event;
    synchronized (this) {
      if (clips.containsKey(id)) {
        return;
      }
      EventMessage message = opened.get(id);
      event = message == null ? null : message.event();
    }
    Path file = folder.resolve((event == null ? "clip" : event) + '-' + id.text() + ".flac");
    Files.write(file, flac);
    int samples = AudioFiles.readAll16k(file, LONGEST_CLIP_SAMPLES).length;
    Clip clip =
        new Clip(id, event, file, flac.length, samples / (double) AudioFiles.SAMPLE_RATE_HZ);
    listener.clip(clip);
    synchronized (this) {
      clips.put(id, clip);
      notifyAll();
    }
  }

  /**
   * Waits until every alert of the device has come, with its end and its clip.
   *
   * @param judged whether a verdict is wanted, too: a model's, where there is a clip
   * @return whether it did in time
   */
  synchronized boolean await(Set<EventId> announced, boolean judged, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!hasAll(announced, judged)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private boolean hasAll(Set<EventId> announced, boolean judged) {
    return announced.stream()
        .allMatch(id -> hasAllOf(id) && (!judged || isJudged(verdicts.get(id), opened.get(id))));
  }

  private boolean hasAllOf(EventId id) {
    return opened.containsKey(id)
        && ended.contains(id)
        && (clips.containsKey(id) || !opened.get(id).clipExpected());
  }

  private static boolean isJudged(VerdictMessage verdict, EventMessage message) {
    return verdict != null && (verdict.verdict() != Verdict.UNVERIFIED || !message.clipExpected());
  }

  /** The alerts that came, by id, oldest first. */
  synchronized Map<EventId, EventMessage> alerts() {
    return new LinkedHashMap<>(opened);
  }

  /** The clips that came. */
  synchronized Map<EventId, Clip> clips() {
    return new HashMap<>(clips);
  }

  /** The latest verdict on each. */
  synchronized Map<EventId, VerdictMessage> verdicts() {
    return new HashMap<>(verdicts);
  }

  @Override
  public void close() {
    client.disconnect().exceptionally(failure -> null).join();
  }
}
