package org.earshot.cloud.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.earshot.agent.config.ConfigException;
import org.earshot.agent.config.ConfigTable;
import org.earshot.cloud.notify.ChannelScope;
import org.earshot.cloud.notify.NtfySettings;
import org.earshot.cloud.notify.SmtpSettings;
import org.earshot.cloud.notify.WebhookSettings;

/** One {@code [[channel]]}: how owners are told. */
public sealed interface ChannelConfig {
  /** Its name, homes, and whether it hears of endings. */
  ChannelScope scope();

  /** Messages on the broker. */
  record Mqtt(ChannelScope scope) implements ChannelConfig {}

  /**
   * A webhook.
   *
   * @param secretFile key of the signature
   */
  record Webhook(ChannelScope scope, WebhookSettings settings, Path secretFile)
      implements ChannelConfig {}

  /**
   * An ntfy server.
   *
   * @param tokenFile null without one
   */
  record Ntfy(ChannelScope scope, NtfySettings settings, Path tokenFile) implements ChannelConfig {}

  /**
   * Mail.
   *
   * @param passwordFile null without one
   */
  record Smtp(ChannelScope scope, SmtpSettings settings, Path passwordFile)
      implements ChannelConfig {}

  /** Reads one table. */
  static ChannelConfig of(ConfigTable table) throws ConfigException {
    String type = table.choice("type", null, List.of("mqtt", "webhook", "ntfy", "smtp"));
    if (type == null) {
      throw table.wrong("type", "one of mqtt, webhook, ntfy, smtp");
    }
    String name = table.text("name", type);
    boolean machine = type.equals("mqtt") || type.equals("webhook");
    Set<String> sites = Set.copyOf(table.texts("sites", List.of()));
    boolean endings = table.flag("endings", machine);
    ChannelScope scope = Checked.value(table, "name", () -> new ChannelScope(name, sites, endings));
    ChannelConfig channel =
        switch (type) {
          case "mqtt" -> new Mqtt(scope);
          case "webhook" -> webhook(table, scope);
          case "ntfy" -> ntfy(table, scope);
          default -> smtp(table, scope);
        };
    table.rejectOthers();
    return channel;
  }

  private static Webhook webhook(ConfigTable table, ChannelScope scope) throws ConfigException {
    URI url = uri(table, "url", null);
    boolean plain = table.flag("allow_plain_http", false);
    boolean clip = table.flag("clip", false);
    Duration patience = Checked.seconds(table, "patience_seconds", 15, 1, 30);
    WebhookSettings settings =
        Checked.value(
            table, "url", () -> new WebhookSettings(scope.name(), url, plain, clip, patience));
    return new Webhook(scope, settings, Checked.required(table, "secret_file"));
  }

  private static Ntfy ntfy(ConfigTable table, ChannelScope scope) throws ConfigException {
    URI server = uri(table, "server", "https://ntfy.sh");
    String topic = table.text("topic", null);
    if (topic == null) {
      throw table.wrong("topic", "the topic's name");
    }
    boolean plain = table.flag("allow_plain_http", false);
    boolean clip = table.flag("clip", NtfySettings.keepsClips(server));
    Duration patience = Checked.seconds(table, "patience_seconds", 20, 1, 30);
    NtfySettings settings =
        Checked.value(
            table,
            "server",
            () -> new NtfySettings(scope.name(), server, topic, plain, clip, patience));
    return new Ntfy(scope, settings, Checked.path(table, "token_file"));
  }

  private static Smtp smtp(ConfigTable table, ChannelScope scope) throws ConfigException {
    String text = table.choice("security", "tls", List.of("tls", "starttls", "none"));
    SmtpSettings.Security security = SmtpSettings.Security.valueOf(text.toUpperCase(Locale.ROOT));
    int usual =
        switch (security) {
          case TLS -> 465;
          case STARTTLS -> 587;
          case NONE -> 25;
        };
    String host = table.text("host", null);
    int port = table.number("port", usual, 1, 65_535);
    String user = table.text("user", "");
    String from = table.text("from", null);
    List<String> to = table.texts("to", List.of());
    if (host == null || from == null) {
      throw table.wrong(host == null ? "host" : "from", "a text in quotes");
    }
    boolean clip = table.flag("clip", true);
    Duration patience = Checked.seconds(table, "patience_seconds", 15, 1, 30);
    SmtpSettings settings =
        Checked.value(
            table,
            "host",
            () ->
                new SmtpSettings(
                    scope.name(), host, port, security, user, from, to, clip, patience));
    return new Smtp(scope, settings, Checked.path(table, "password_file"));
  }

  private static URI uri(ConfigTable table, String key, String absent) throws ConfigException {
    String text = table.text(key, absent);
    if (text == null) {
      throw table.wrong(key, "an address that begins with https://");
    }
    return Checked.value(table, key, () -> URI.create(text));
  }
}
