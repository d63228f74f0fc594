package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaptureDevicesTest {
  private static final List<CaptureDevice> DEVICES =
      List.of(
          new CaptureDevice(0, "default [default]", "Direct Audio Device: default"),
          new CaptureDevice(1, "Ten [plughw:10,0]", "Direct Audio Device: HDA"),
          new CaptureDevice(2, "Device [plughw:1,0]", "Direct Audio Device: USB PnP Sound Device"));

  @Test
  void alsaNamesBeginTheirLines() {
    assertThat(
            CaptureDevices.parseAlsa(
                List.of(
                    "null",
                    "    Discard all samples (playback) or generate zero samples (capture)",
                    "default",
                    "    Playback/recording through the PulseAudio sound server",
                    "plughw:CARD=Device,DEV=0",
                    "    USB PnP Sound Device, USB Audio",
                    "    Hardware device with all software conversions",
                    "lavrate")))
        .containsExactly(
            new CaptureDevice(
                0, "default", "Playback/recording through the PulseAudio sound server"),
            new CaptureDevice(
                1,
                "plughw:CARD=Device,DEV=0",
                "USB PnP Sound Device, USB Audio, Hardware device with all software conversions"),
            new CaptureDevice(2, "lavrate", ""));
    assertThat(CaptureDevices.parseAlsa(List.of())).isEmpty();
  }

  @Test
  void pulseSourcesAreInTheSecondColumn() {
    assertThat(
            CaptureDevices.parsePulse(
                List.of(
                    "0\troom.monitor\tmodule-null-sink.c\ts16le 2ch 48000Hz\tIDLE", "nonsense")))
        .containsExactly(new CaptureDevice(0, "room.monitor", "s16le 2ch 48000Hz"));
  }

  @Test
  void deviceIsChosenByNameIndexOrPart() throws IOException {
    assertThat(JavaSoundDevices.choose(DEVICES, null)).isEqualTo(0);
    assertThat(JavaSoundDevices.choose(DEVICES, "2")).isEqualTo(2);
    assertThat(JavaSoundDevices.choose(DEVICES, "ten [PLUGHW:10,0]")).isEqualTo(1);
    assertThat(JavaSoundDevices.choose(DEVICES, "usb")).isEqualTo(2);
    assertThat(JavaSoundDevices.choose(DEVICES, "hw:1")).as("not hw:10").isEqualTo(2);
    assertThat(JavaSoundDevices.choose(DEVICES, "hw:10")).isEqualTo(1);
  }

  @Test
  void unknownDeviceIsToldWithThoseThatThereAre() {
    assertThatThrownBy(() -> JavaSoundDevices.choose(DEVICES, "hw:3"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no capture device 'hw:3'; found: 0 default [default], 1 Ten [plughw:10,0],"
                + " 2 Device [plughw:1,0]");
    assertThatThrownBy(() -> JavaSoundDevices.choose(DEVICES, "3")).hasMessageContaining("'3'");
    assertThatThrownBy(() -> JavaSoundDevices.choose(List.of(), "hw:1"))
        .hasMessageStartingWith("no capture device 'hw:1'; found none: plug in a microphone");
  }
}
