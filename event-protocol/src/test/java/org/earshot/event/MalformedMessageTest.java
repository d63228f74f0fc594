package org.earshot.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.earshot.event.MessageCodecTest.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedMessageTest {
  private static final String EVENT =
      new String(MessageCodec.toJson(new RandomMessages(7).event()), StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v",
        "id",
        "event",
        "phase",
        "at",
        "onset",
        "posterior",
        "microphone",
        "mode",
        "sensitivity",
        "clipExpected",
        "suppressedBefore",
        "site",
        "device",
        "model"
      })
  void aMissingFieldIsNamed(String field) {
    String without = EVENT.replace("\"" + field + "\":", "\"not_" + field + "\":");
    assertThatThrownBy(() -> MessageCodec.parseEvent(without.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("'" + field + "' is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]                                            | the message is not an object but a list",
        "7                                             | the message is not an object but a number",
        "{'v':1,'command':7}                           | 'command' is not a text but a number",
        "{'v':1,'command':'siren','on':1}              | 'on' is not true or false but a number",
        "{'v':1,'command':'siren','on':true,'seconds':1.5} | 'seconds' is not a whole number",
        "{'v':1,'command':'siren','on':true,'seconds':3601} | seconds is 3601, wanted 0 to 3600",
        "{'v':1,'command':'siren','on':true,'seconds':-1} | seconds is -1, wanted 0 to 3600",
        "{'v':1,'command':'siren','on':true,'seconds':99999999999999999999} | out of range of long",
        "{'v':1,'command':'select_events','mode':'home','events':{}} | 'events' is not a list",
        "{'v':1,'command':'select_events','mode':'home','events':[null]} | 'events' is not a text",
        "{'v':1,'command':'select_events','mode':'home','events':['A']} | events is not 1 to 64",
        "{'v':1,'command':'select_events','mode':'home','events':['a' | Unexpected end-of-input",
        "{'v':1,'command':'dance'}                     | there is no command 'dance'",
        "{'v':1,'command':'delete_clip','id':'../etc'} | not an event id",
        "{'v':1,'command':'set_mode','mode':'home'} x  | Unrecognized token",
        "{'v':1,'command':'reload'}{}                  | something follows the message",
        "{'v':1,'command':'reload','command':'reload'} | Duplicate field 'command'",
        "{'v':1,'command':'listen_live','on':true,'who':' '} | who is empty",
        "{'v':1,'command':'listen_live','on':true,'who':'a\\nb'} | control character at 1",
        "{'v':1,'command':'listen_live','on':true,'who':'\\ud800'} | half a character at 0",
        "{'v':1,'command':'re                          | Unexpected end-of-input",
        "{'v':1,'a':[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]} | nesting depth",
      })
  void aCommandThatIsWrongIsNamed(String json, String problem) {
    assertThatThrownBy(() -> MessageCodec.parseCommand(bytes(json)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("command message: ")
        .hasMessageContaining(problem)
        .hasMessageContaining("docs/event-protocol.md");
  }

  @Test
  void anotherVersionIsNamed() {
    assertThatThrownBy(() -> MessageCodec.parseCommand(bytes("{'v':2,'command':'reload'}")))
        .hasMessageContaining("version 2")
        .hasMessageContaining("update");
  }

  @Test
  void theOffsetIsThatOfTheWrongValue() {
    MalformedMessageException thrown =
        catchThrowableOfType(
            MalformedMessageException.class,
            () -> MessageCodec.parseCommand(bytes("{'v':1,'command':7}")));
    assertThat(thrown.offset()).isEqualTo("{'v':1,'command':".length());
  }

  @Test
  void aMessageBeyondTheBoundIsRefusedUnread() {
    byte[] json = new byte[MessageCodec.MAX_BYTES + 1];
    Arrays.fill(json, (byte) ' ');
    assertThatThrownBy(() -> MessageCodec.parseEvent(json))
        .hasMessageContaining("65537 bytes")
        .hasMessageContaining("send at most 65536");
  }

  @Test
  void aTextBeyondTheBoundIsRefused() {
    String json =
        "{'v':1,'command':'listen_live','on':true,'who':'" + "x".repeat(Checks.MAX_TEXT + 1) + "'}";
    assertThatThrownBy(() -> MessageCodec.parseCommand(bytes(json)))
        .hasMessageContaining("who is not a text of at most 256");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] json = bytes("{'v':1,'command':'listen_live','on':true,'who':'??'}");
    json[json.length - 4] = (byte) 0xff;
    assertThatThrownBy(() -> MessageCodec.parseCommand(json))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void aMessageCannotForgeALineOfTheLog() {
    String json = "{'v':1,'a\\nERROR':1,'a\\nERROR':1,'command':'reload'}";
    assertThatThrownBy(() -> MessageCodec.parseCommand(bytes(json)))
        .hasMessageContaining("a?ERROR")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anOffsetThatDoesNotFitThePhaseIsRefused() {
    String open = EVENT.replaceAll("\"phase\":\"[a-z]+\"", "\"phase\":\"opened\"");
    String json = open.substring(0, open.length() - 1) + ",\"offset\":\"2026-01-31T12:00:00Z\"}";
    String once = open.contains("\"offset\"") ? open : json;
    assertThatThrownBy(() -> MessageCodec.parseEvent(once.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("offset belongs to phase ended");
  }

  @Test
  void everyPrefixOfAMessageIsRefused() {
    RandomMessages random = new RandomMessages(3);
    for (byte[] json :
        List.of(MessageCodec.toJson(random.event()), MessageCodec.toJson(random.event()))) {
      for (int length = 0; length < json.length; length++) {
        byte[] prefix = Arrays.copyOf(json, length);
        MalformedMessageException thrown =
            catchThrowableOfType(
                MalformedMessageException.class, () -> MessageCodec.parseEvent(prefix));
        assertThat(thrown).as("%d bytes", length).isNotNull();
        assertThat(thrown.offset()).isBetween(0L, (long) length);
      }
    }
  }
}
