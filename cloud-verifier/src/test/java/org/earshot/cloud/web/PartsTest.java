package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** Small parts by themselves: ranges, networks, JSON, sound and its picture, settings. */
class PartsTest {
  @Test
  void understandsOneRange() throws Exception {
    assertThat(ByteRange.parse("bytes=0-", 10)).isEqualTo(new ByteRange(0, 9));
    assertThat(ByteRange.parse("bytes=2-5", 10)).isEqualTo(new ByteRange(2, 5));
    assertThat(ByteRange.parse("bytes=2-500", 10)).isEqualTo(new ByteRange(2, 9));
    assertThat(ByteRange.parse("bytes=-3", 10)).isEqualTo(new ByteRange(7, 9));
    assertThat(ByteRange.parse("bytes=-30", 10)).isEqualTo(new ByteRange(0, 9));
    for (String whole :
        new String[] {null, "", "bytes=-", "bytes=5-2", "bytes=1-2,4-5", "chars=1-2", "bytes=a-"}) {
      assertThat(ByteRange.parse(whole, 10)).as(whole).isNull();
    }
    for (String beyond : List.of("bytes=10-", "bytes=10-12", "bytes=-0")) {
      assertThatThrownBy(() -> ByteRange.parse(beyond, 10))
          .isInstanceOf(ByteRange.UnsatisfiableException.class);
    }
  }

  @Test
  void networksHoldTheirAddressesOnly() {
    assertThat(Network.parse("10.0.0.0/8").holds(Network.bytes("10.200.3.4"))).isTrue();
    assertThat(Network.parse("10.0.0.0/8").holds(Network.bytes("11.0.0.1"))).isFalse();
    assertThat(Network.parse("192.0.2.128/25").holds(Network.bytes("192.0.2.127"))).isFalse();
    assertThat(Network.parse("192.0.2.128/25").holds(Network.bytes("192.0.2.200"))).isTrue();
    assertThat(Network.parse("::1").holds(Network.bytes("::1"))).isTrue();
    assertThat(Network.parse("2001:db8::/32").holds(Network.bytes("2001:db8:1::1"))).isTrue();
    assertThat(Network.parse("0.0.0.0/0").holds(Network.bytes("::1"))).isFalse();
    for (String wrong : List.of("", "localhost", "10.0.0.0/33", "10.0.0/8", "1.2.3.256", "::/x")) {
      assertThatThrownBy(() -> Network.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Network.bytes("beef.cafe")).as("never looked up").isNull();
  }

  @Test
  void countsIpv6ByNetwork() {
    Caller one = new Caller("2001:db8:1:2::1", false, false, "http://x");
    Caller two = new Caller("2001:db8:1:2:ffff::9", false, false, "http://x");
    Caller other = new Caller("2001:db8:1:3::1", false, false, "http://x");
    assertThat(one.network()).isEqualTo(two.network()).isNotEqualTo(other.network());
    assertThat(new Caller("192.0.2.1", false, false, "").network()).isEqualTo("192.0.2.1");
  }

  @Test
  void anyBytesAsJsonAreReadOrRefused() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] good =
        "{\"events\":[{\"site\":\"home\",\"id\":\"x\",\"n\":1.5,\"b\":true,\"z\":null}]}"
            .getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        JsonBody.parse(bytes).objects("events", 10);
      } catch (Problem e) {
        assertThat(e.status()).isEqualTo(400);
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 20_000);
  }

  @Test
  void decodedClipsAreTheSamplesThatWereEncoded() throws Exception {
    float[] samples = Household.samples("door-knock.wav");
    assertThat(ClipAudio.samples(Household.flac("door-knock.wav"))).isEqualTo(samples);
    assertThatThrownBy(() -> ClipAudio.samples(new byte[100])).isInstanceOf(IOException.class);
  }

  @Test
  void aToneLiesWhereItsMarkIs() throws Exception {
    float[] tone = new float[32_000];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.3 * Math.sin(2 * Math.PI * 1000 * i / 16_000));
    }
    byte[] rows = rows(Spectrogram.png(tone));
    int width = 198 + 1;
    assertThat(rows).hasSize(64 * width);
    int loudest = 0;
    for (int row = 0; row < 64; row++) {
      if ((rows[row * width + 100] & 0xff) > (rows[loudest * width + 100] & 0xff)) {
        loudest = row;
      }
    }
    double share =
        Spectrogram.frequencyMarks().stream()
            .filter(mark -> mark.get("hz").equals(1000))
            .mapToDouble(mark -> (double) mark.get("share"))
            .findFirst()
            .orElseThrow();
    assertThat((double) loudest).isBetween(64 * (1 - share) - 1.5, 64 * (1 - share) + 0.5);
  }

  @Test
  void silenceAndAlmostNothingAreDrawnDark() throws Exception {
    assertThat(rows(Spectrogram.png(new float[0]))).hasSize(64 * 2).containsOnly(0);
    assertThat(rows(Spectrogram.png(new float[16_000]))).containsOnly(0);
    assertThat(ByteBuffer.wrap(Spectrogram.png(new float[600 * 16_000])).getInt(16))
        .isBetween(1, 1500);
  }

  /** The picture's rows, each after its filter byte. */
  private static byte[] rows(byte[] png) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(png).position(8);
    while (in.hasRemaining()) {
      int length = in.getInt();
      int type = in.getInt();
      if (type == 0x49444154) { // IDAT
        return new InflaterInputStream(new ByteArrayInputStream(png, in.position(), length))
            .readAllBytes();
      }
      in.position(in.position() + length + 4);
    }
    throw new AssertionError("no IDAT");
  }

  @Test
  void settingsNameWhatIsOutOfBounds() {
    WebSettings s = WebSettings.standard(8480);
    assertThatThrownBy(() -> with(s, "https://x/path", s.sessionIdle()))
        .hasMessageContaining("public_url");
    assertThatThrownBy(() -> with(s, "earshot.example", s.sessionIdle()))
        .hasMessageContaining("public_url");
    assertThatThrownBy(() -> with(s, "", Duration.ofSeconds(1)))
        .hasMessageContaining("session_idle");
    assertThat(with(s, "https://earshot.example:8443", s.sessionIdle()).publicUrl())
        .isEqualTo("https://earshot.example:8443");
  }

  private static WebSettings with(WebSettings s, String url, Duration idle) {
    return new WebSettings(
        s.host(),
        s.port(),
        url,
        s.trustedProxies(),
        idle,
        s.sessionLimit(),
        null,
        "",
        s.clipPreRoll(),
        s.changePoll(),
        s.maxViewers(),
        s.threads());
  }
}
