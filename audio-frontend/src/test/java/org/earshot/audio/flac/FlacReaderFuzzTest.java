package org.earshot.audio.flac;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.earshot.audio.fixture.FuzzOracle;

/**
 * Any bytes end in samples or in one clear line; {@code scripts/fuzz flac 600} looks for others.
 */
final class FlacReaderFuzzTest {
  @FuzzTest
  void anyBytesEndInSamplesOrOneClearLine(byte[] file) {
    FuzzOracle.check(file, FlacReader::open);
  }
}
