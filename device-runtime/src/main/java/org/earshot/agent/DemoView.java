package org.earshot.agent;

import java.util.List;
import org.earshot.detect.Alert;
import org.earshot.detect.StreamingDetector;

/** Shows the demo while it runs. */
interface DemoView {
  /** A recording begins. */
  void begin(String title, List<TruthTable.Sound> truth);

  /**
   * Some more was heard.
   *
   * @param seconds position in the recording
   * @param levelDb root mean square of what was just heard, in dB of full scale
   */
  void heard(double seconds, double levelDb, StreamingDetector detector);

  /** An alert opened: the moment at which the owner would be told. */
  void opened(String event, double onsetSeconds, double openedSeconds);

  /** An alert ended. */
  void ended(Alert alert);

  /** The recording is over. */
  void end();
}
