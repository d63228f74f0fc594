package org.earshot.audio.wav;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.earshot.audio.fixture.FuzzOracle;

/** Any bytes end in samples or in one clear line; {@code scripts/fuzz wav 600} looks for others. */
final class WavReaderFuzzTest {
  @FuzzTest
  void anyBytesEndInSamplesOrOneClearLine(byte[] file) {
    FuzzOracle.check(file, WavReader::open);
  }
}
