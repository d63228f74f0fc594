package org.earshot.model;

import java.util.ArrayList;
import java.util.List;
import org.earshot.model.GoldenPosteriors.Example;

/** A payload of golden posteriors: docs/model-format.md, "GOLD". */
final class GoldenCodec {
  private GoldenCodec() {}

  static byte[] encode(GoldenPosteriors golden) {
    PayloadWriter out = new PayloadWriter().u16(golden.examples().size()).u16(golden.inputs());
    for (Example example : golden.examples()) {
      out.bytes(example.hidden()).f32(example.posterior());
    }
    return out.toBytes();
  }

  static GoldenPosteriors decode(PayloadReader in) throws ModelFormatException {
    int size = in.u16("number of golden examples", 1, GoldenPosteriors.MAX_EXAMPLES);
    int inputs = in.u16("hidden states of an example", 1, QuantizedMatrix.MAX_COLUMNS);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int at = in.position();
      byte[] hidden = in.bytes("hidden states", inputs);
      float posterior = in.f32("golden posterior", 0, 1);
      try {
        examples.add(new Example(hidden, posterior));
      } catch (IllegalArgumentException e) {
        throw in.error(at, e.getMessage());
      }
    }
    in.finish("the section of golden posteriors");
    return new GoldenPosteriors(examples);
  }
}
