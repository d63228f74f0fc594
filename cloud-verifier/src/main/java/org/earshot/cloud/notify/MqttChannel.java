package org.earshot.cloud.notify;

import java.io.IOException;
import java.time.Duration;

/**
 * Publishes each notice as JSON to {@code earshot/<site>/notice/<event id>}.
 *
 * <p>QoS 1, and never retained: what is deleted must not lie at the broker. A message for who is
 * away waits there for as long as a notice is tried, and no longer. Updates and withdrawals come to
 * the same topic with a greater {@code revision}. Never the clip: it was on the broker already.
 * Thread-safe.
 */
public final class MqttChannel implements Channel {
  private final String name;
  private final MqttPublisher publisher;
  private final Duration expiry;

  /**
   * Makes a channel.
   *
   * @param expiry how long the broker keeps a notice for who is away: {@link
   *     CourierSettings#maxAge}
   */
  public MqttChannel(String name, MqttPublisher publisher, Duration expiry) {
    ChannelScope.checkName(name);
    this.name = name;
    this.publisher = publisher;
    this.expiry = expiry;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the topic of an event's notices. */
  static String topic(Notice notice) {
    return "earshot/" + notice.key().site() + "/notice/" + notice.key().id();
  }

  @Override
  public Delivery deliver(Notice notice) throws InterruptedException {
    try {
      publisher.publish(topic(notice), NoticeJson.of(notice, null), expiry);
      return Delivery.delivered();
    } catch (IOException e) {
      return Delivery.tryAgain(e.getMessage());
    }
  }
}
