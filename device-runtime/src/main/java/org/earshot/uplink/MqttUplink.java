package org.earshot.uplink;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.earshot.event.MessageCodec;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.earshot.outbox.ItemKind;
import org.earshot.outbox.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox and the retained states to an MQTT 5 broker, and commands and verdicts back.
 *
 * <p>Once started it connects by itself, again and again, with delays that grow. An item leaves the
 * outbox when the broker has acknowledged it; it may arrive more than once. Messages go over one
 * connection, up to 16 at a time, life-safety ones first; clips go over a second one, one at a
 * time, when no message waits, so that a clip never stands in a message's way. What the broker
 * refuses again and again is set aside in the outbox and told; it does not hold up the rest. A
 * message that the broker gives to nobody is offered again until somebody subscribes or its
 * patience ends; meanwhile clips wait.
 *
 * <p>Retained states are published when they change, at every connection, and when Home Assistant
 * says that it has started. The last will sets the state to offline.
 *
 * <p>All methods are thread-safe and none waits for the network but {@link #close}. The handler is
 * called on the thread {@code uplink}; the network thread is {@code uplink-io}. Details:
 * docs/uplink.md.
 */
public final class MqttUplink implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttUplink.class);
  private static final int EVENT_WINDOW = 16;
  private static final int STATE_WINDOW = 32;
  private static final int MAX_FRAMES = 32; // handed to the client and not yet written
  private static final long JOIN_MILLIS = 5000;
  private static final Duration FIRST_OFFER = Duration.ofSeconds(1); // to nobody; again after that
  private static final Duration LONGEST_OFFER = Duration.ofSeconds(10);

  private final UplinkSettings settings;
  private final Outbox outbox;
  private final Problems problems;
  private final Mailbox mailbox = new Mailbox();
  private final RetainedStates states = new RetainedStates();
  private final BrokerLink eventLink;
  private final BrokerLink clipLink;
  private final Lane events;
  private final Lane clips;
  private final Thread thread;
  private final AtomicInteger framesInFlight = new AtomicInteger();
  private final Inbox inbox;
  private final Deliveries deliveries;
  private final Tally tally = new Tally();

  // on the uplink's thread
  private int statesInFlight;
  private boolean greeted; // this connection has made all states due, once
  private boolean stateRefused; // since the connection was made
  private boolean clipLinkStarted;
  private volatile boolean unheard; // nobody subscribes to messages, so clips wait with them
  private boolean closing;

  /**
   * Makes an uplink; {@link #start} starts it.
   *
   * @throws IOException when a TLS file cannot be used
   */
  public MqttUplink(
      UplinkSettings settings,
      Topics topics,
      Outbox outbox,
      UplinkHandler handler,
      RandomGenerator random)
      throws IOException {
    this.settings = settings;
    this.outbox = outbox;
    problems = new Problems(handler, LOG);
    inbox = new Inbox(topics, handler, states, mailbox, tally);
    Backoff backoff = new Backoff(settings.firstDelay(), settings.longestDelay(), random);
    BrokerAccess access = new BrokerAccess(settings, random);
    Executor networkThreads = MqttUplink::startNetworkThread;
    Mqtt5Publish will =
        Mqtt5Publish.builder()
            .topic(topics.state())
            .payload(MessageCodec.toJson(StateMessage.offline()))
            .qos(MqttQos.AT_LEAST_ONCE)
            .retain(true)
            .build();
    eventLink =
        new BrokerLink(
            access, settings, settings.clientId(), will, networkThreads, new EventListener());
    clipLink =
        new BrokerLink(
            access,
            settings,
            settings.clientId() + "-clips",
            null,
            networkThreads,
            new ClipListener());
    Duration unheard = settings.unheardPatience();
    deliveries = new Deliveries(tally, problems, this::hasRefused, !unheard.isZero());
    Backoff offers = new Backoff(FIRST_OFFER, LONGEST_OFFER, random);
    events =
        lane(
            ItemKind.EVENT,
            EVENT_WINDOW,
            eventLink,
            backoff,
            new Audience(
                offers, unheard, unheard.multipliedBy(UplinkSettings.LIFE_SAFETY_PATIENCE)));
    // A clip is large, and who wants clips subscribes to messages too: those wait, a clip does not.
    clips =
        lane(
            ItemKind.CLIP,
            1,
            clipLink,
            backoff,
            new Audience(offers, Duration.ZERO, Duration.ZERO));
    thread = new Thread(this::run, "uplink");
  }

  private Lane lane(
      ItemKind kind, int window, BrokerLink link, Backoff backoff, Audience audience) {
    return new Lane(
        kind,
        window,
        outbox,
        link,
        new Attempts(backoff),
        audience,
        mailbox,
        deliveries,
        settings,
        System::nanoTime);
  }

  private static void startNetworkThread(Runnable loop) {
    Thread io = new Thread(loop, "uplink-io");
    io.setDaemon(true);
    io.start();
  }

  /** Starts to connect and to send; once. */
  public void start() {
    outbox.whenAdded(mailbox::wake);
    thread.start();
    eventLink.start();
    LOG.info("uplink to {} started", settings.address());
  }

  /**
   * Sets what a retained topic says; only the latest payload of each topic counts. An empty payload
   * removes what the broker retains.
   */
  public void retain(String topic, byte[] payload) {
    states.put(topic, payload);
    mailbox.wake();
  }

  /**
   * Sends something that is of use now or never: health, level, live listening.
   *
   * @return false when it was dropped, because there is no connection or it is too slow
   */
  public boolean send(String topic, byte[] payload) {
    if (!eventLink.isConnected() || framesInFlight.get() >= MAX_FRAMES) {
      tally.droppedFrames.incrementAndGet();
      return false;
    }
    framesInFlight.incrementAndGet();
    var unused =
        eventLink
            .publish(topic, payload, false, false)
            .thenAccept(
                failure -> {
                  framesInFlight.decrementAndGet();
                  if (failure == null) {
                    tally.frames.incrementAndGet();
                    tally.bytes.addAndGet(payload.length);
                  } else {
                    tally.droppedFrames.incrementAndGet();
                  }
                });
    return true;
  }

  /** Returns whether the connection for messages stands. */
  public boolean isConnected() {
    return eventLink.isConnected();
  }

  /** Returns whether messages wait for somebody to subscribe to them. */
  public boolean isUnheard() {
    return unheard;
  }

  /** Returns what was done so far. */
  public UplinkCounters counters() {
    return tally.counters(events.bytes() + clips.bytes());
  }

  /** Ends the connection with the last will; what is not acknowledged stays in the outbox. */
  @Override
  public void close() {
    outbox.whenAdded(() -> {});
    mailbox.run(() -> closing = true);
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    eventLink.close();
    clipLink.close();
    LOG.info("uplink ended");
  }

  private void run() {
    try {
      while (!closing) {
        work();
        mailbox.runAll(nextNanos(System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    long now = System.nanoTime();
    events.checkPatience(now);
    clips.checkPatience(now);
    events.send(now);
    sendStates();
    unheard = events.isUnheard() && !settings.unheardPatience().isZero();
    if (eventLink.isConnected() && !events.isBusy(now) && !unheard) {
      if (!clipLinkStarted && clips.isBusy(now)) {
        clipLinkStarted = true;
        clipLink.start();
      }
      clips.send(now);
    }
  }

  /** Whether something that the broker refused is still to be offered, or a state was refused. */
  private boolean hasRefused() {
    return stateRefused || events.hasRefused() || clips.hasRefused();
  }

  private OptionalLong nextNanos(long now) {
    OptionalLong event = events.nextNanos(now);
    OptionalLong clip = clips.nextNanos(now);
    if (event.isEmpty() || clip.isEmpty()) {
      return event.isPresent() ? event : clip;
    }
    return OptionalLong.of(Math.min(event.getAsLong(), clip.getAsLong()));
  }

  private void sendStates() {
    if (!greeted || !eventLink.isConnected()) {
      return;
    }
    for (RetainedStates.State state : states.takeDue(STATE_WINDOW - statesInFlight)) {
      statesInFlight++;
      var unused =
          eventLink
              .publish(state.topic(), state.payload(), true, true)
              .thenAccept(failure -> mailbox.run(() -> stateLanded(state, failure)));
    }
  }

  /** A state that was lost with its connection is published again on the next one. */
  private void stateLanded(RetainedStates.State state, Throwable failure) {
    statesInFlight--;
    if (failure == null) {
      tally.states.incrementAndGet();
      tally.bytes.addAndGet(state.payload().length);
      return;
    }
    Causes.refusal(failure)
        .ifPresent(
            reason -> {
              tally.refusals.incrementAndGet();
              stateRefused = true;
              String detail = "the broker refused " + state.topic() + ": " + reason;
              problems.begin(UplinkProblem.ITEMS_REFUSED, detail + "; check its access rules");
            });
  }

  private final class EventListener implements BrokerLink.Listener {
    @Override
    public void connected() {
      mailbox.run(MqttUplink.this::connected);
    }

    @Override
    public void disconnected(Throwable cause, boolean stood) {
      (stood ? tally.disconnects : tally.failedConnects).incrementAndGet();
      mailbox.run(() -> eventLinkBroke(cause, stood));
    }

    @Override
    public void message(Mqtt5Publish message) {
      inbox.take(message);
    }
  }

  private final class ClipListener implements BrokerLink.Listener {
    @Override
    public void connected() {
      mailbox.run(() -> clips.connected(System.nanoTime()));
    }

    @Override
    public void disconnected(Throwable cause, boolean stood) {
      mailbox.run(
          () -> {
            clips.disconnected(cause);
            if (!stood && eventLink.isConnected()) { // else it is told already
              tally.lastError = "clips: " + Causes.describe(cause, settings);
              LOG.warn("{}", tally.lastError);
            }
          });
    }

    @Override
    public void message(Mqtt5Publish message) {
      tally.ignored.incrementAndGet(); // nothing is subscribed
    }
  }

  private void connected() {
    tally.connects.incrementAndGet();
    LOG.info("connected to {}", settings.address());
    problems.end(UplinkProblem.UNREACHABLE);
    problems.end(UplinkProblem.REFUSED);
    problems.end(UplinkProblem.TLS);
    events.connected(System.nanoTime());
    stateRefused = false;
    states.allDue();
    greeted = true;
    var unused =
        eventLink
            .subscribe(inbox.topics())
            .thenAccept(failure -> mailbox.run(() -> subscribed(failure)));
  }

  private void subscribed(Throwable failure) {
    if (failure == null) {
      problems.end(UplinkProblem.DEAF);
      return;
    }
    Causes.deafness(failure)
        .ifPresent(
            reasons ->
                problems.begin(
                    UplinkProblem.DEAF,
                    "the broker refused subscriptions to "
                        + inbox.topics()
                        + ": "
                        + reasons
                        + "; check its access rules"));
  }

  private void eventLinkBroke(Throwable cause, boolean stood) {
    String detail = Causes.describe(cause, settings);
    tally.lastError = detail;
    greeted = false;
    if (stood) {
      events.disconnected(cause);
    }
    UplinkProblem problem = Causes.problem(cause);
    for (UplinkProblem other :
        List.of(UplinkProblem.UNREACHABLE, UplinkProblem.REFUSED, UplinkProblem.TLS)) {
      if (other != problem) {
        problems.end(other);
      }
    }
    problems.begin(problem, detail);
  }
}
