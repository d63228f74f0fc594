package org.earshot.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.model.BaseModel;
import org.earshot.model.GoldenPosteriors;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.network.HeadNetwork;

/** Seeded random heads as updates. */
public final class Updates {
  private static final int DENSE = 4;

  private Updates() {}

  /** A head that fits a base, with a version of its own and weights by version and event. */
  public static HeadModel head(BaseModel base, String event, int version) {
    Random random = new Random(31L * version + event.hashCode());
    HeadModel head = TestModels.head(random, event, base.fingerprint(), base.headInputs(), DENSE);
    return new HeadModel(
        event, version, base.fingerprint(), head.layers(), head.calibration(), head.decision());
  }

  public static GoldenPosteriors golden(HeadModel head) {
    Random random = new Random(head.version());
    HeadNetwork network = new HeadNetwork(head);
    List<GoldenPosteriors.Example> examples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] hidden = new byte[head.inputs()];
      for (int unit = 0; unit < hidden.length; unit++) {
        hidden[unit] = (byte) (random.nextInt(255) - 127);
      }
      examples.add(new GoldenPosteriors.Example(hidden, network.posterior(hidden)));
    }
    return new GoldenPosteriors(examples);
  }

  /** An update's file. */
  public static byte[] file(BaseModel base, String event, int version, HeadUpdate.Signer signer) {
    HeadModel head = head(base, event, version);
    return HeadUpdate.write(head, golden(head), signer);
  }
}
