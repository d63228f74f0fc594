package org.earshot.cloud.notify;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes through a client that somebody else connects and closes.
 *
 * <p>While it is not connected publishing fails at once: the queue tries again. Thread-safe.
 */
public final class HiveMqPublisher implements MqttPublisher {
  private static final long PATIENCE_SECONDS = 30;

  private final Mqtt5AsyncClient client;

  /** Makes a publisher; the client is the caller's. */
  public HiveMqPublisher(Mqtt5AsyncClient client) {
    this.client = client;
  }

  @Override
  public void publish(String topic, byte[] payload, Duration expiry)
      throws IOException, InterruptedException {
    if (!client.getState().isConnected()) {
      throw new IOException("no connection to the broker");
    }
    CompletableFuture<Mqtt5PublishResult> published =
        client
            .publishWith()
            .topic(topic)
            .payload(payload)
            .qos(MqttQos.AT_LEAST_ONCE)
            .contentType("application/json")
            .messageExpiryInterval(expiry.toSeconds())
            .send();
    try {
      Throwable error = published.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getError().orElse(null);
      if (error != null) {
        throw new IOException("the broker refused the notice: " + error.getMessage(), error);
      }
    } catch (TimeoutException e) {
      throw new IOException("the broker did not acknowledge in time", e);
    } catch (ExecutionException e) {
      throw new IOException("the broker did not take the notice" + detail(e.getCause()), e);
    }
  }

  private static String detail(Throwable cause) {
    if (cause instanceof Mqtt5PubAckException refused) {
      return ": " + refused.getMqttMessage().getReasonCode();
    }
    return cause == null ? "" : ": " + cause.getMessage();
  }
}
