package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.BaseModel;
import org.earshot.model.HeadModel;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.Test;

/** Heads that come, change and go while a stream is heard. */
class HeadSwapTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final int BLOCK = 1_600;
  private static final int MINUTE = 60 * 16_000;

  /** One detector and what it told. */
  private static final class Hearing {
    final StreamingDetector detector;
    final List<String> alerts = new ArrayList<>();
    final Map<String, Long> folded = new TreeMap<>(); // the bits of every posterior, by event
    long steps;
    private final AlertSink sink =
        new AlertSink() {
          @Override
          public void opened(String event, long onsetSample, long openedSample) {
            alerts.add(event + " opened " + onsetSample + " " + openedSample);
          }

          @Override
          public void ended(Alert alert) {
            alerts.add(alert.event() + " ended " + alert);
          }
        };

    Hearing(SoundModel model) {
      detector = new StreamingDetector(model, SPEC);
    }

    void hear(float[] samples, int at, int length) {
      detector.push(
          samples,
          at,
          length,
          sink,
          (start, values) -> {
            for (int head = 0; head < values.length; head++) {
              long bits = Float.floatToRawIntBits(values[head]);
              folded.merge(
                  detector.events().get(head), bits, (before, now) -> 1_000_003 * before + now);
            }
            steps++;
          });
    }

    void setHeads(List<HeadModel> heads) {
      detector.setHeads(heads, sink);
    }

    List<String> alertsOf(Set<String> events) {
      return alerts.stream().filter(a -> events.contains(a.substring(0, a.indexOf(' ')))).toList();
    }
  }

  /** The model that ships, an hour of noise, bursts and alarms, a change every ten minutes. */
  @Test
  void otherHeadsStayBitIdenticalOverAnHour() throws IOException {
    SoundModel model = ModelFile.read(Path.of("..", "models"));
    BaseModel base = model.base();
    HeadModel kettle = Updates.head(base, "a_kettle", 1);
    HeadModel siren = Updates.head(base, "siren", 2);
    Map<Integer, List<HeadModel>> changes = new TreeMap<>();
    changes.put(10, with(model.heads(), kettle));
    changes.put(20, with(with(model.heads(), kettle), siren));
    changes.put(30, with(model.heads(), siren));
    changes.put(40, model.heads().stream().filter(h -> !h.event().equals("siren")).toList());
    changes.put(50, model.heads());
    Set<String> others = new TreeSet<>(model.events());
    others.remove("siren");
    Hearing still = new Hearing(model);
    Hearing changing = new Hearing(model);
    for (int minute = 0; minute < 60; minute++) {
      if (changes.containsKey(minute)) {
        changing.setHeads(changes.get(minute));
      }
      float[] sound = minute(minute);
      for (int at = 0; at < MINUTE; at += BLOCK) {
        still.hear(sound, at, BLOCK);
        changing.hear(sound, at, BLOCK);
      }
      for (String event : others) {
        assertThat(changing.folded.get(event))
            .as("%s, minute %d", event, minute)
            .isEqualTo(still.folded.get(event));
      }
    }
    assertThat(changing.steps).isEqualTo(still.steps);
    assertThat(still.alertsOf(others)).hasSizeGreaterThan(50);
    assertThat(changing.alertsOf(others)).isEqualTo(still.alertsOf(others));
    System.out.printf(
        "%d posteriors and %d alerts of other heads, bit for bit the same%n",
        others.size() * still.steps, still.alertsOf(others).size());
  }

  private static List<HeadModel> with(List<HeadModel> heads, HeadModel head) {
    List<HeadModel> changed = new ArrayList<>(heads);
    changed.removeIf(each -> each.event().equals(head.event()));
    changed.add(head);
    return changed;
  }

  private static float[] minute(int minute) {
    if (minute % 2 == 0) {
      return TestModels.bursts(minute, MINUTE);
    }
    return new BeepSound(60, minute)
        .groups(3100, 1 + minute % 7, 8, 3, 0.5, 0.5, 1.5, 0.1)
        .noise(0.01)
        .samples();
  }

  @Test
  void aNewHeadHearsFromTheNextFrameAndTellsTheRightTime() {
    SoundModel both = TestModels.level(SPEC, TestModels.decision(), "siren", "kettle");
    SoundModel one = both.select(Set.of("siren"));
    float[] sound = TestModels.bursts(3, MINUTE);
    Hearing always = new Hearing(both);
    Hearing later = new Hearing(one);
    int quiet = MINUTE / 2 + 6_000; // no alert is open
    always.hear(sound, 0, quiet);
    later.hear(sound, 0, quiet);
    always.alerts.clear();
    later.setHeads(both.heads());

    always.hear(sound, quiet, MINUTE - quiet);
    later.hear(sound, quiet, MINUTE - quiet);

    assertThat(onsets(later)).isNotEmpty().isEqualTo(onsets(always));
  }

  /** Ends follow the background, of which a new head knows less. */
  private static List<String> onsets(Hearing hearing) {
    return hearing.alerts.stream().filter(alert -> alert.startsWith("kettle opened")).toList();
  }

  @Test
  void anOpenAlertOfAHeadThatGoesEnds() {
    SoundModel model = TestModels.level(SPEC, TestModels.decision(), "siren", "kettle");
    float[] loud = new float[2 * 16_000];
    for (int i = 0; i < loud.length; i++) {
      loud[i] = i < 16_000 ? 0 : (float) Math.sin(i * 0.3) * (i % 7 - 3) / 4;
    }
    Hearing hearing = new Hearing(model);
    hearing.hear(loud, 0, loud.length);
    assertThat(hearing.alerts).hasSize(2).allMatch(a -> a.contains("opened"));

    hearing.setHeads(model.select(Set.of("siren")).heads());

    assertThat(hearing.alerts).hasSize(3);
    assertThat(hearing.alerts.get(2)).startsWith("kettle ended");
    assertThat(hearing.detector.isOpen(0)).isTrue();
  }

  @Test
  void headsThatDoNotFitChangeNothing() {
    SoundModel model = TestModels.random(1, 4, "siren");
    HeadModel foreign = Updates.head(TestModels.random(2, 4, "siren").base(), "kettle", 1);
    StreamingDetector detector = new StreamingDetector(model, SPEC);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> detector.setHeads(List.of(foreign), alert -> {}))
        .withMessageContaining("another base");
    assertThat(detector.events()).containsExactly("siren");
  }
}
