package org.earshot.kernel.vector;

import java.util.Locale;
import java.util.Optional;
import org.earshot.kernel.KernelProvider;
import org.earshot.kernel.MatrixKernel;

/** Offers the Vector API kernel where the JVM has the module and compiles it to SIMD. */
public final class VectorKernelProvider implements KernelProvider {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BITS = 128; // NEON and SSE

  @Override
  public Optional<String> obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.of("started without --add-modules " + MODULE);
    }
    // The text between brackets of 'java -version'. Without C2 every vector is an object.
    String mode = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
    if (!mode.contains("mixed mode") || mode.contains("emulated-client")) {
      return Optional.of("the JVM runs without its optimising compiler: " + mode);
    }
    if (VectorMatrixVector.BITS < LEAST_BITS) {
      return Optional.of("vectors of this processor have " + VectorMatrixVector.BITS + " bits");
    }
    return Optional.empty();
  }

  @Override
  public MatrixKernel kernel() {
    return new VectorKernel();
  }
}
