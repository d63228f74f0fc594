package org.earshot.teaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.StepTiming;
import org.earshot.evaluation.Occurrence;
import org.earshot.heads.SigningKey;
import org.earshot.model.BaseModel;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.model.LstmLayer;
import org.earshot.model.QuantizedMatrix;
import org.earshot.network.HeadNetwork;
import org.junit.jupiter.api.Test;

/** On made-up hidden states: noise everywhere, and a direction of its own where the sound is. */
class HeadTeacherTest {
  private static final int UNITS = 6;
  private static final int STEPS = 300;
  private static final StepTiming TIMING = StepTiming.of(6, FeatureSpec.standard());

  private static BaseModel base() {
    FeatureSpec spec = FeatureSpec.standard();
    int inputs = 6 * spec.melBands();
    LstmLayer layer =
        new LstmLayer(
            inputs,
            UNITS,
            matrix(4 * UNITS, inputs),
            matrix(4 * UNITS, UNITS),
            new float[4 * UNITS]);
    return new BaseModel(spec.fingerprint(), spec.melBands(), 6, 0.03f, List.of(), List.of(layer));
  }

  private static QuantizedMatrix matrix(int rows, int columns) {
    float[] scales = new float[rows];
    Arrays.fill(scales, 0.01f);
    return new QuantizedMatrix(rows, columns, new byte[rows * columns], scales);
  }

  /** Loud noise in the first units; the sound moves the last one, by less than that noise. */
  private static TaughtStream stream(long seed, int example) {
    Random random = new Random(seed);
    byte[] states = new byte[STEPS * UNITS];
    double onset = 3;
    double offset = 6;
    for (int step = 0; step < STEPS; step++) {
      double heard = (step * 960 + TIMING.windowSamples()) / 16_000.0;
      boolean sounds = example >= 0 && heard >= onset && heard <= offset;
      for (int unit = 0; unit < UNITS; unit++) {
        double deviation = unit == UNITS - 1 ? 5 : 40;
        double value = deviation * random.nextGaussian();
        if (sounds && unit == UNITS - 1) {
          value += 30 + 2 * example;
        }
        states[step * UNITS + unit] = (byte) Math.max(-127, Math.min(127, Math.round(value)));
      }
    }
    List<Occurrence> parts =
        example < 0 ? List.of() : List.of(new Occurrence("kettle", onset, offset, 6));
    return new TaughtStream(
        new HiddenTrack(TIMING, UNITS, states), STEPS * 0.06, example, parts, List.of(), List.of());
  }

  private static List<TaughtStream> with(int examples, long seed) {
    List<TaughtStream> streams = new ArrayList<>();
    for (int i = 0; i < 8 * examples; i++) {
      streams.add(stream(seed + i, i % examples));
    }
    return streams;
  }

  private static List<TaughtStream> without(long seed) {
    List<TaughtStream> streams = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      streams.add(stream(seed + i, TaughtStream.NONE));
    }
    return streams;
  }

  private static HeadTeacher.Lesson lesson(int examples) {
    BaseModel base = base();
    Discriminant discriminant = new Discriminant(UNITS, without(1_000));
    return new HeadTeacher(base, discriminant, without(2_000))
        .teach("kettle", 3, examples, with(examples, 3_000), with(examples, 4_000));
  }

  @Test
  void findsTheDirectionThatIsTheSoundsOwn() {
    Discriminant discriminant = new Discriminant(UNITS, without(1_000));
    LinearHead head = discriminant.head(discriminant.means(with(2, 3_000), 2));
    for (int unit = 0; unit < UNITS - 1; unit++) {
      assertThat(Math.abs(head.weights()[unit])).isLessThan(0.2f * head.weights()[UNITS - 1]);
    }
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (TaughtStream stream : without(5_000)) {
      for (int step = 0; step < STEPS; step++) {
        double logit = head.logit(stream.track().states(), step * UNITS);
        sum += logit;
        squares += logit * logit;
        count++;
      }
    }
    assertThat(sum / count).isBetween(-0.1, 0.1); // as the class says
    assertThat(Math.sqrt(squares / count)).isBetween(0.95, 1.05);
  }

  @Test
  void teachesAHeadThatHearsTheSoundAndSaysSo() throws Exception {
    HeadTeacher.Lesson lesson = lesson(3);

    assertThat(lesson.score().f1()).isGreaterThan(0.95);
    assertThat(lesson.byRatio()).containsOnlyKeys(6);
    assertThat(lesson.head().version()).isEqualTo(3);
    assertThat(HeadNetwork.firstMismatch(lesson.head(), lesson.golden())).isEqualTo(-1);
    assertThat(lesson.golden().examples()).anyMatch(e -> e.posterior() > 0.5);
    assertThat(lesson.golden().examples()).anyMatch(e -> e.posterior() < 0.5);
    SigningKey key = SigningKey.generate();
    byte[] file = HeadUpdate.write(lesson.head(), lesson.golden(), key);
    assertThat(HeadUpdate.read(file, "kettle").head()).isEqualTo(lesson.head());
  }

  @Test
  void theSameLessonGivesTheSameHead() {
    assertThat(lesson(2).head()).isEqualTo(lesson(2).head());
  }

  @Test
  void oneExampleIsTooFew() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lesson(1))
        .withMessageContaining("only 1 of the recordings");
  }

  @Test
  void aHeadThatHearsTheSoundIsTooLikeIt() {
    HeadTeacher.Lesson lesson = lesson(2);
    HeadModel other =
        new HeadModel(
            "boiler",
            1,
            base().fingerprint(),
            lesson.head().layers(),
            lesson.head().calibration(),
            lesson.head().decision());
    assertThat(Likeness.ofHeads(List.of(other), "kettle", lesson.tried()))
        .singleElement()
        .satisfies(
            like -> {
              assertThat(like.label()).isEqualTo("boiler");
              assertThat(like.share()).isGreaterThan(0.9);
            });
    assertThat(Likeness.ofHeads(List.of(lesson.head()), "kettle", lesson.tried())).isEmpty();
    assertThat(Likeness.ofSounds(lesson.head(), lesson.others())).isEmpty();
  }

  @Test
  void stepsAroundASoundAreNeither() {
    TaughtStream stream = stream(1, 0);
    byte[] kinds = StepWeights.of(stream);
    for (int step = 0; step < STEPS; step++) {
      double heard = stream.track().heardSeconds(step);
      byte wanted =
          heard < 2.88 - 1e-9 || heard > 6.6 + 1e-9
              ? StepWeights.NO
              : heard >= 3.12 && heard <= 6 ? StepWeights.YES : StepWeights.NEITHER;
      assertThat(kinds[step]).as("at %.2f s", heard).isEqualTo(wanted);
    }
  }
}
