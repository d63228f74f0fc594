package org.earshot.agent;

import java.util.Optional;
import java.util.ServiceLoader;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.KernelProvider;
import org.earshot.kernel.MatrixKernel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the kernel for this JVM; where there is a choice, the log says which one and why. */
public final class Kernels {
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private Kernels() {}

  /** Returns the first kernel on offer that this JVM can run, {@link Kernel#LANES} without any. */
  public static MatrixKernel choose() {
    return Chosen.KERNEL;
  }

  /** Made, and logged, when it is first asked for. */
  private static final class Chosen {
    static final MatrixKernel KERNEL = choose(ServiceLoader.load(KernelProvider.class));
  }

  static MatrixKernel choose(Iterable<KernelProvider> providers) {
    for (KernelProvider provider : providers) {
      Optional<String> obstacle = provider.obstacle();
      if (obstacle.isEmpty()) {
        MatrixKernel kernel = provider.kernel();
        LOG.info("kernel: {}", kernel);
        return kernel;
      }
      LOG.info("kernel: {} ({})", Kernel.LANES, obstacle.get());
    }
    return Kernel.LANES;
  }
}
