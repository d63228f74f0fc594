package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.fixture.MqttReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttChannelTest {
  private static final String TOPIC = "earshot/home/notice/01KG8NM3F00123456789ABCDEF";

  @TempDir Path folder;

  private static Mqtt5AsyncClient client(MosquittoBroker broker, CountDownLatch gone)
      throws Exception {
    Mqtt5AsyncClient client =
        Mqtt5Client.builder()
            .identifier("courier")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .addDisconnectedListener(context -> gone.countDown())
            .buildAsync();
    client.connect().get(60, TimeUnit.SECONDS);
    return client;
  }

  private static MqttChannel channel(Mqtt5AsyncClient client) {
    return new MqttChannel("broker", new HiveMqPublisher(client), Duration.ofHours(24));
  }

  @Test
  void everyNoticeOfAnEventComesToItsTopicAndNoneIsRetained() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(folder).start();
        MqttReader reader = new MqttReader(broker.port(), "earshot/home/notice/+")) {
      Mqtt5AsyncClient client = client(broker, new CountDownLatch(1));
      MqttChannel channel = channel(client);
      assertThat(channel.deliver(Notices.first("smoke_alarm"))).isEqualTo(Delivery.delivered());
      channel.deliver(Notices.update("smoke_alarm", Standing.CONFIRMED, 0.97));
      channel.deliver(Notices.withdrawal());

      List<MqttReader.Received> all = reader.await("three notices", came -> came.size() == 3);
      assertThat(all).extracting(MqttReader.Received::topic).containsOnly(TOPIC);
      assertThat(all.get(0).text())
          .contains("\"stage\":\"told\"", "\"text\":\"Smoke alarm, hall, 03:12. Not yet verified.");
      assertThat(all.get(1).text()).contains("\"stage\":\"updated\"", "\"verdict\":\"confirmed\"");
      assertThat(all.get(2).text())
          .contains("\"stage\":\"withdrawn\"")
          .doesNotContain("smoke", "hall");
      try (MqttReader late = new MqttReader(broker.port(), "earshot/home/notice/+")) {
        late.publish(TOPIC, "end".getBytes(StandardCharsets.UTF_8), false);
        assertThat(late.await("the end", came -> !came.isEmpty()).get(0).text()).isEqualTo("end");
      }
      client.disconnect().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void withoutABrokerItIsTriedAgain() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(folder).start()) {
      CountDownLatch gone = new CountDownLatch(1);
      MqttChannel channel = channel(client(broker, gone));
      broker.kill();
      assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(channel.deliver(Notices.first("smoke_alarm")))
          .isInstanceOf(Delivery.TryAgain.class);
    }
  }

  @Test
  void whatTheBrokersRulesForbidIsTriedAgain() throws Exception {
    Path rules =
        Files.writeString(folder.resolve("acl"), "topic read #\ntopic write earshot/other/#\n");
    try (MosquittoBroker broker =
        MosquittoBroker.in(folder.resolve("broker"), "acl_file " + rules).start()) {
      Mqtt5AsyncClient client = client(broker, new CountDownLatch(1));
      Delivery delivery = channel(client).deliver(Notices.first("smoke_alarm"));

      assertThat(delivery).isInstanceOf(Delivery.TryAgain.class);
      assertThat(((Delivery.TryAgain) delivery).reason()).containsIgnoringCase("not_authorized");
      client.disconnect().get(60, TimeUnit.SECONDS);
    }
  }
}
