package org.earshot.uplink;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Tells from an exception of the MQTT client what is wrong and what to do. */
final class Causes {
  /** A connection's end that says nothing against what was sent. */
  private static final Set<Mqtt5DisconnectReasonCode> HARMLESS =
      EnumSet.of(
          Mqtt5DisconnectReasonCode.NORMAL_DISCONNECTION,
          Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE,
          Mqtt5DisconnectReasonCode.SERVER_BUSY,
          Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN,
          Mqtt5DisconnectReasonCode.KEEP_ALIVE_TIMEOUT,
          Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER,
          Mqtt5DisconnectReasonCode.MESSAGE_RATE_TOO_HIGH,
          Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          Mqtt5DisconnectReasonCode.ADMINISTRATIVE_ACTION,
          Mqtt5DisconnectReasonCode.USE_ANOTHER_SERVER,
          Mqtt5DisconnectReasonCode.SERVER_MOVED,
          Mqtt5DisconnectReasonCode.CONNECTION_RATE_EXCEEDED,
          Mqtt5DisconnectReasonCode.MAXIMUM_CONNECT_TIME);

  private static final int MAX_DEPTH = 20;

  private Causes() {}

  /** Whether the end of a connection speaks against what was in flight: too large, malformed. */
  static boolean blamesContent(Throwable cause) {
    return find(cause, Mqtt5DisconnectException.class)
        .map(e -> !HARMLESS.contains(e.getMqttMessage().getReasonCode()))
        .orElse(false);
  }

  /** Returns why a publish was refused; empty when it was only lost with its connection. */
  static Optional<String> refusal(Throwable error) {
    Optional<String> refused =
        find(error, Mqtt5PubAckException.class)
            .map(
                e ->
                    e.getMqttMessage().getReasonCode()
                        + e.getMqttMessage().getReasonString().map(s -> " " + s).orElse(""));
    return refused.isPresent()
        ? refused
        : find(error, MqttEncodeException.class).map(e -> "not sent: " + e.getMessage());
  }

  /** Returns why a subscription was refused; empty when it was only lost with its connection. */
  static Optional<String> deafness(Throwable error) {
    return find(error, Mqtt5SubAckException.class)
        .map(e -> e.getMqttMessage().getReasonCodes().toString());
  }

  static UplinkProblem problem(Throwable cause) {
    if (find(cause, Mqtt5ConnAckException.class).isPresent() || isTakeover(cause)) {
      return UplinkProblem.REFUSED;
    }
    boolean tls =
        find(cause, SSLException.class).isPresent()
            || find(cause, CertificateException.class).isPresent();
    return tls ? UplinkProblem.TLS : UplinkProblem.UNREACHABLE;
  }

  /** Returns one line for people. */
  static String describe(Throwable cause, UplinkSettings settings) {
    String broker = "the broker " + settings.address();
    return switch (problem(cause)) {
      case REFUSED ->
          isTakeover(cause)
              ? broker + " has another client with the id '" + settings.clientId() + "'; change one"
              : broker + " refused the connection: " + refusal(cause, settings);
      case TLS ->
          "no TLS with "
              + broker
              + " ("
              + root(cause)
              + "); check the authorities, the device's certificate and the broker's name";
      default ->
          broker
              + " cannot be reached ("
              + root(cause)
              + "); start it, or correct address or network";
    };
  }

  private static String refusal(Throwable cause, UplinkSettings settings) {
    Mqtt5ConnAckReasonCode code =
        find(cause, Mqtt5ConnAckException.class).orElseThrow().getMqttMessage().getReasonCode();
    return switch (code) {
      case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED ->
          settings.user() == null
              ? code + "; set user and password, or a client certificate"
              : code + "; check the password of user '" + settings.user() + "'";
      case CLIENT_IDENTIFIER_NOT_VALID, BANNED ->
          code + "; choose another client id than '" + settings.clientId() + "'";
      default -> code + "; look into the broker's log";
    };
  }

  private static boolean isTakeover(Throwable cause) {
    return find(cause, Mqtt5DisconnectException.class)
        .map(
            e -> e.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER)
        .orElse(false);
  }

  private static String root(Throwable cause) {
    Throwable root = cause;
    for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
      root = root.getCause();
    }
    if (root instanceof UnresolvedAddressException) {
      return "unknown host";
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  private static <T extends Throwable> Optional<T> find(Throwable cause, Class<T> type) {
    Throwable next = cause;
    for (int depth = 0; next != null && depth < MAX_DEPTH; depth++) {
      if (type.isInstance(next)) {
        return Optional.of(type.cast(next));
      }
      next = next.getCause();
    }
    return Optional.empty();
  }
}
