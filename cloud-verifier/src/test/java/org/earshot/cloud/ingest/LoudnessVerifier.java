package org.earshot.cloud.ingest;

import java.util.List;
import org.earshot.cloud.store.ModelScore;
import org.earshot.cloud.verify.Opinion;
import org.earshot.cloud.verify.Verifier;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;

/** Confirms what is loud and rejects what is quiet: small, and right about sounds made for it. */
public final class LoudnessVerifier implements Verifier {
  private static final double LOUD = 0.1;

  private final String name;

  /** One by that name. */
  public LoudnessVerifier(String name) {
    this.name = name;
  }

  @Override
  public String model() {
    return name;
  }

  @Override
  public Opinion judge(float[] samples, EventMessage event) {
    double power = 0;
    for (float sample : samples) {
      power += (double) sample * sample;
    }
    double level = Math.sqrt(power / samples.length);
    double probability = Math.min(1, level / (2 * LOUD));
    return new Opinion(
        level > LOUD ? Verdict.CONFIRMED : Verdict.REJECTED,
        probability,
        List.of(new ModelScore(name, "loud", probability)));
  }
}
