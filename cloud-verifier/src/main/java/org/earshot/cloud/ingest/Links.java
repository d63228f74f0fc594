package org.earshot.cloud.ingest;

import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import io.reactivex.schedulers.Schedulers;
import java.util.concurrent.Executor;
import org.earshot.uplink.BrokerAccess;

/** Makes the process's clients of the broker, which share one network thread: {@code broker-io}. */
final class Links {
  private static final Executor NETWORK =
      loop -> {
        Thread io = new Thread(loop, "broker-io");
        io.setDaemon(true);
        io.start();
      };

  private Links() {}

  static Mqtt5ClientBuilder client(BrokerAccess access, String clientId) {
    return access
        .client(clientId)
        .executorConfig()
        .nettyExecutor(NETWORK)
        .nettyThreads(1)
        .applicationScheduler(Schedulers.trampoline()) // no threads of its own
        .applyExecutorConfig();
  }
}
