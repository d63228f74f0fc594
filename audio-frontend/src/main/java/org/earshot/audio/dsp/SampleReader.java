package org.earshot.audio.dsp;

import java.io.IOException;

/** One step of a conversion chain: as {@link org.earshot.audio.PcmSource#read}, without a rate. */
@FunctionalInterface
interface SampleReader {
  int read(float[] buffer, int offset, int length) throws IOException;
}
