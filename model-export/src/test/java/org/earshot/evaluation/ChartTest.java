package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {

  private static final ScoreCurve CURVE =
      ScoreCurve.of(new float[] {4, 3, 2, 1}, new boolean[] {true, false, true, false});

  @Test
  void curvesAreWellFormedAndEscapeTheirNames() throws Exception {
    List<CurveChart.Series> series = List.of(new CurveChart.Series("a <b> & \"c\"", CURVE));

    for (String svg :
        List.of(
            CurveChart.roc("<roc>", series, CURVE), CurveChart.det("det & more", series, CURVE))) {
      Document document = parse(svg);
      assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(2);
      assertThat(document.getElementsByTagName("title").item(0).getTextContent())
          .isEqualTo("a <b> & \"c\"");
    }
  }

  @Test
  void anUndefinedCurveIsNotDrawn() throws Exception {
    ScoreCurve undefined = ScoreCurve.of(new float[] {1}, new boolean[] {true});
    String svg =
        CurveChart.roc("roc", List.of(new CurveChart.Series("none", undefined)), undefined);

    assertThat(parse(svg).getElementsByTagName("path").getLength()).isZero();
  }

  @Test
  void detAxesAreProbits() {
    assertThat(CurveChart.detShare(0.001)).isZero();
    assertThat(CurveChart.detShare(0.8)).isEqualTo(1);
    assertThat(CurveChart.detShare(0)).isZero();
    // (0 + 3.0902) / (0.8416 + 3.0902)
    assertThat(CurveChart.detShare(0.5)).isCloseTo(0.7859, within(1e-3));
  }

  @Test
  void probitsAreThoseOfTheTables() {
    assertThat(Probit.of(0.5)).isCloseTo(0, within(1e-9));
    assertThat(Probit.of(0.975)).isCloseTo(1.959964, within(1e-6));
    assertThat(Probit.of(0.001)).isCloseTo(-3.090232, within(1e-6));
    assertThat(Probit.of(0.99)).isCloseTo(2.326348, within(1e-6));
  }

  @Test
  void barsStandForTheirValuesAndLeaveOutWhatIsUnknown() throws Exception {
    String svg =
        BarChart.draw(
            "bars",
            List.of("ours", "theirs"),
            List.of(
                new BarChart.Group(
                    "door_knock",
                    List.of(0.5, Double.NaN),
                    List.of(new Interval(0.4, 0.6), new Interval(Double.NaN, Double.NaN)))),
            16,
            false);
    Document document = parse(svg);

    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("ours door knock 0.50 (95 %: 0.40\u20130.60)");
  }

  @Test
  void theHeatMapNamesRowsAndColumns() throws Exception {
    Confusion confusion =
        Confusion.of(
            List.of("siren"),
            List.of(
                new StreamResult(
                    "a", 30, List.of(AlertMatchTest.event("siren", 1, 2)), List.of(), List.of())));
    Document document = parse(HeatMap.draw(confusion));

    assertThat(document.getElementsByTagName("td").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("td").item(1).getTextContent()).isEqualTo("1");
  }

  @Test
  void theSpectrogramIsAPictureOfOneColumnAFrame() throws IOException {
    float[] tone = new float[16_000];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 1000 * i / 16_000));
    }
    byte[] png = decoded(ExampleMedia.spectrogram(tone), "data:image/png;base64,");
    var image = ImageIO.read(new ByteArrayInputStream(png));

    assertThat(image.getWidth()).isEqualTo(98); // (16,000 - 400) / 160 + 1
    assertThat(image.getHeight()).isEqualTo(64);
  }

  @Test
  void theSoundIsAWavFileThatIsNeverClipped() {
    float[] loud = {0, 2f, -2f, 0.5f};
    ByteBuffer wav =
        ByteBuffer.wrap(decoded(ExampleMedia.wav(loud), "data:audio/wav;base64,"))
            .order(ByteOrder.LITTLE_ENDIAN);

    assertThat(wav.getInt(40)).isEqualTo(8);
    assertThat(wav.getShort(46)).isEqualTo((short) 32_767);
    assertThat(wav.getShort(48)).isEqualTo((short) -32_768);
    assertThat(wav.getShort(50)).isEqualTo((short) 16_384);
  }

  @Test
  void colourRunsFromDarkToBright() {
    assertThat(ExampleMedia.colour(-1)).isEqualTo(0x000004);
    assertThat(ExampleMedia.colour(2)).isEqualTo(0xfcffa4);
    assertThat(ExampleMedia.colour(0.2)).isEqualTo(0x420a68);
  }

  @Test
  void escapesEverythingThatCouldEndATextOrAnAttribute() {
    assertThat(Markup.escape("<a href='x'>\"&\u0001</a>"))
        .isEqualTo("&lt;a href=&#39;x&#39;&gt;&quot;&amp;\ufffd&lt;/a&gt;");
  }

  private static byte[] decoded(String uri, String prefix) {
    assertThat(uri).startsWith(prefix);
    return Base64.getDecoder().decode(uri.substring(prefix.length()));
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
