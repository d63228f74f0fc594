package org.earshot.cloud.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
  private static final int CLIP_BYTES = 3_000_000;

  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = new EmbeddedBroker(0);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private Mqtt5AsyncClient client(String name) throws Exception {
    Mqtt5AsyncClient client =
        Mqtt5Client.builder()
            .identifier(name)
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildAsync();
    client.connect().get(60, TimeUnit.SECONDS);
    return client;
  }

  private static BlockingQueue<Mqtt5Publish> heard(Mqtt5AsyncClient client, String filter)
      throws Exception {
    BlockingQueue<Mqtt5Publish> heard = new LinkedBlockingQueue<>();
    client
        .subscribeWith()
        .topicFilter(filter)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(heard::add)
        .send()
        .get(60, TimeUnit.SECONDS);
    return heard;
  }

  private static void publish(Mqtt5AsyncClient client, String topic, byte[] payload, boolean retain)
      throws Exception {
    client
        .publishWith()
        .topic(topic)
        .payload(payload)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retain)
        .send()
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void carriesClipsAndKeepsRetainedState() throws Exception {
    Mqtt5AsyncClient device = client("device");
    Mqtt5AsyncClient owner = client("owner");
    BlockingQueue<Mqtt5Publish> clips = heard(owner, "earshot/+/+/clip/#");
    publish(device, "earshot/home/hall/clip/1", new byte[CLIP_BYTES], false);
    publish(device, "earshot/home/hall/state", new byte[] {1}, true);

    Mqtt5Publish clip = clips.poll(60, TimeUnit.SECONDS);
    assertThat(clip.getPayloadAsBytes()).hasSize(CLIP_BYTES);
    Mqtt5Publish state = heard(client("late"), "earshot/+/+/state").poll(60, TimeUnit.SECONDS);
    assertThat(state.isRetain()).isTrue();
    assertThat(state.getPayloadAsBytes()).containsExactly(1);
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    assertThatThrownBy(() -> new EmbeddedBroker(broker.port()).close())
        .hasMessageContaining(Integer.toString(broker.port()));
  }
}
