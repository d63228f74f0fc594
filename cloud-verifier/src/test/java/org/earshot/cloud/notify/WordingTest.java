package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.notify.Notices.BERLIN;
import static org.earshot.cloud.notify.Notices.KEY;
import static org.earshot.cloud.notify.Notices.ONSET;
import static org.earshot.cloud.notify.Notices.WORDING;
import static org.earshot.cloud.notify.Notices.message;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  private static final String LINK =
      "https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF";

  @Test
  void tellsWhatWhereWhenAndHowSureInOneLine() {
    assertThat(WORDING.text(message("smoke_alarm", null), Standing.NONE, Double.NaN, ONSET))
        .isEqualTo("Smoke alarm, hall, 03:12. Not yet verified. Listen: " + LINK);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIRMED,0.97,Confirmed (0.97).",
    "REJECTED,0.08,Probably not (0.08).",
    "UNSURE,0.5,Not sure (0.50).",
    "UNVERIFIED,NaN,Could not be verified.",
    "CONFIRMED,0.9999,Confirmed (0.99).",
    "REJECTED,0.0001,Probably not (0.01)."
  })
  void saysTheVerdict(Standing standing, double probability, String text) {
    assertThat(WORDING.line(message("co_alarm", null), standing, probability, ONSET))
        .isEqualTo("Carbon monoxide alarm, hall, 03:12. " + text);
  }

  @Test
  void saysWhenItIsOver() {
    assertThat(
            WORDING.line(
                message("smoke_alarm", ONSET.plusSeconds(130)), Standing.CONFIRMED, 0.97, ONSET))
        .isEqualTo("Smoke alarm, hall, 03:12 to 03:14. Confirmed (0.97). It is over.");
  }

  @Test
  void namesTheDayWhenItIsNotToday() {
    assertThat(WORDING.time(message("siren", null), ONSET.plus(Duration.ofDays(1))))
        .isEqualTo("31 Jan 03:12");
    assertThat(WORDING.time(message("siren", null), ONSET.plus(Duration.ofDays(400))))
        .isEqualTo("31 Jan 2026 03:12");
    assertThat(WORDING.time(message("siren", null), ONSET.plus(Duration.ofHours(20))))
        .isEqualTo("03:12");
  }

  @Test
  void namesTheHomeAndItsTimeWhereItHasALabel() {
    Wording wording =
        new Wording(
            Map.of("home", new Home("Lake house", ZoneOffset.UTC)), new Home("", BERLIN), null);

    assertThat(wording.text(message("siren", null), Standing.NONE, Double.NaN, ONSET))
        .isEqualTo("Siren, hall, Lake house, 02:12. Not yet verified.");
  }

  @Test
  void speaksOfSoundsThatItDoesNotKnow() {
    assertThat(WORDING.title(message("garage_door", null))).isEqualTo("Garage door, hall");
  }

  @Test
  void linksBelowThePathOfThePage() {
    Wording wording =
        new Wording(Map.of(), new Home("", BERLIN), URI.create("https://example.org/earshot/"));
    assertThat(wording.link(KEY))
        .isEqualTo(
            URI.create("https://example.org/earshot/events/home/01KG8NM3F00123456789ABCDEF"));
  }

  @Test
  void refusesAPageThatIsNone() {
    assertThatThrownBy(
            () -> new Wording(Map.of(), new Home("", BERLIN), URI.create("javascript:alert(1)")))
        .hasMessageContaining("wanted https://");
  }
}
