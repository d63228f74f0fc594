package org.earshot.agent.listen;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.health.DeviceStatus;
import org.earshot.event.CommandMessage;
import org.earshot.event.HealthMessage;
import org.earshot.event.MessageCodec;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.event.VerdictMessage;
import org.earshot.guard.GuardSettings;
import org.earshot.guard.PanelState;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.Outbox;
import org.earshot.outbox.OutboxEntry;
import org.earshot.outbox.OutboxLimits;
import org.earshot.outbox.OutboxListener;
import org.earshot.uplink.DeviceDescription;
import org.earshot.uplink.HomeAssistantDiscovery;
import org.earshot.uplink.MqttUplink;
import org.earshot.uplink.UplinkCounters;
import org.earshot.uplink.UplinkHandler;
import org.earshot.uplink.UplinkProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of a device that faces the broker: outbox, uplink, retained states, Home Assistant's
 * description. Thread-safe.
 */
final class BrokerSide implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSide.class);
  private static final String OUTBOX = "outbox";
  private static final String UPLINK = "uplink";
  private static final long MEGABYTE = 1 << 20;
  private static final long FLUSH_WAIT_MILLIS = 20;
  private static final int MOST_FLUSH_WAITS = 250; // 5 s

  /** Does what is asked for; on the uplink's thread, returns at once. */
  interface Commands {
    void obey(CommandMessage command);

    /** Takes a head update, or says why not. */
    void takeHead(byte[] file);
  }

  private final Topics topics;
  private final String address;
  private final Outbox outbox;
  private final MqttUplink uplink;

  /**
   * Opens the outbox and makes an uplink; nothing is sent before {@link #start}.
   *
   * @throws IOException when the outbox's folder or a file of the configuration cannot be used
   */
  BrokerSide(DeviceConfig config, Path state, DeviceProblems problems, Commands commands)
      throws IOException {
    topics = new Topics(config.site(), config.device());
    address = BrokerSetup.address(config.broker());
    outbox =
        Outbox.open(
            state.resolve(OUTBOX),
            OutboxLimits.bytes(config.outboxMegabytes() * MEGABYTE),
            new Losses(problems));
    String client = "earshot-" + config.site() + '-' + config.device();
    try {
      uplink =
          new MqttUplink(
              BrokerSetup.settings(config.broker(), client),
              topics,
              outbox,
              new Handler(problems, commands),
              RandomGenerator.getDefault());
    } catch (IOException | RuntimeException e) {
      outbox.close();
      throw e;
    }
  }

  Post post() {
    return new BrokerPost(outbox, topics, uplink);
  }

  void start() {
    uplink.start();
  }

  void describe(DeviceDescription description) {
    uplink.retain(
        HomeAssistantDiscovery.topic(topics), HomeAssistantDiscovery.payload(description));
  }

  Topics topics() {
    return topics;
  }

  void retain(StateMessage state) {
    uplink.retain(topics.state(), MessageCodec.toJson(state));
  }

  void retain(PanelState panel) {
    text(topics.mode(), panel.text());
  }

  void retain(ProblemMessage problems) {
    uplink.retain(topics.problem(), MessageCodec.toJson(problems));
  }

  void retainSensitivity(GuardSettings settings, List<String> events) {
    for (String event : events) {
      text(topics.sensitivity(event), Integer.toString(settings.sensitivityOf(event)));
    }
  }

  /** Takes back what is retained about events that are no longer heard. */
  void forget(List<String> events) {
    for (String event : events) {
      text(topics.sensitivity(event), "");
      text(topics.sound(event), "");
    }
  }

  void retainSiren(boolean sounds) {
    text(topics.siren(), sounds ? "ON" : "OFF");
  }

  private void text(String topic, String text) {
    uplink.retain(topic, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends a level in dBFS, if someone is there to take it. */
  void level(double dbfs) {
    byte[] text = String.format(Locale.ROOT, "%.1f", dbfs).getBytes(StandardCharsets.US_ASCII);
    uplink.send(topics.level(), text);
  }

  /** Sends health; false when the broker is not there to take it. */
  boolean health(HealthMessage health) {
    return uplink.isConnected() && uplink.send(topics.health(), MessageCodec.toJson(health));
  }

  /** Sends a frame of a live listening, if the connection keeps up. */
  void live(byte[] frame) {
    uplink.send(topics.live(), frame);
  }

  UplinkCounters counters() {
    return uplink.counters();
  }

  DeviceStatus.Broker brokerStatus() {
    UplinkCounters counters = uplink.counters();
    boolean connected = uplink.isConnected();
    return new DeviceStatus.Broker(
        address,
        connected,
        connected ? "" : counters.lastError(),
        Math.max(0, counters.connects() - 1),
        counters.events() + counters.clips());
  }

  DeviceStatus.Outbox outboxStatus() {
    return new DeviceStatus.Outbox(outbox.depth(), outbox.bytes(), outbox.droppedItems());
  }

  long itemsSetAside() {
    return outbox.itemsSetAside();
  }

  /** Waits until all was sent, as long as somebody is there to take it, and not for long. */
  void flush() throws InterruptedException {
    for (int wait = 0; wait < MOST_FLUSH_WAITS && outbox.depth() > 0; wait++) {
      if (!uplink.isConnected() || uplink.isUnheard()) {
        return; // what waits is on disk
      }
      TimeUnit.MILLISECONDS.sleep(FLUSH_WAIT_MILLIS);
    }
  }

  /** As a disk that takes nothing any more; for tests. */
  void closeOutbox() throws IOException {
    outbox.close();
  }

  @Override
  public void close() throws IOException {
    uplink.close();
    outbox.close();
  }

  /** What the outbox lost is a problem that stays: somebody has to know. */
  private record Losses(DeviceProblems problems) implements OutboxListener {
    @Override
    public void dropped(OutboxEntry entry, String reason) {
      boolean clip = entry.kind() == ItemKind.CLIP;
      LOG.warn("a {} of {} was given up: {}", clip ? "clip" : "message", entry.id(), reason);
      problems.begin(
          clip ? "clips_dropped" : "messages_dropped",
          OUTBOX,
          reason + "; see that the broker can be reached, or raise [outbox] megabytes");
    }

    @Override
    public void damaged(String file, String reason) {
      LOG.warn("outbox file {} is damaged and set aside: {}", file, reason);
      problems.begin("damaged", OUTBOX, file + " was set aside: " + reason);
    }

    @Override
    public void setAside(OutboxEntry entry, String reason) {
      LOG.warn("{} of {} was set aside: {}", entry.kind(), entry.id(), reason);
      problems.begin("set_aside", OUTBOX, reason);
    }
  }

  private record Handler(DeviceProblems problems, Commands commands) implements UplinkHandler {
    @Override
    public void command(CommandMessage command) {
      commands.obey(command);
    }

    @Override
    public void head(byte[] file) {
      commands.takeHead(file);
    }

    @Override
    public void verdict(VerdictMessage verdict) {
      LOG.info(
          "verdict on {} {}: {} ({})",
          verdict.event(),
          verdict.id(),
          DeviceProblems.word(verdict.verdict()),
          verdict.model());
    }

    @Override
    public void problem(UplinkProblem problem, String detail) {
      problems.begin(DeviceProblems.word(problem), UPLINK, detail);
    }

    @Override
    public void cleared(UplinkProblem problem) {
      problems.end(DeviceProblems.word(problem), UPLINK);
    }
  }
}
