package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.KernelProvider;
import org.earshot.kernel.MatrixKernel;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final MatrixKernel FAST = Kernel.REFERENCE;

  @Test
  void takesTheFirstThatRunsHere() {
    assertThat(Kernels.choose(List.of(provider("no vectors"), provider(null)))).isSameAs(FAST);
  }

  @Test
  void fallsBackToWhatRunsEverywhere() {
    assertThat(Kernels.choose(List.of(provider("no vectors")))).isSameAs(Kernel.LANES);
    assertThat(Kernels.choose(List.of())).isSameAs(Kernel.LANES);
    assertThat(Kernels.choose()).as("nothing is on offer in this module").isSameAs(Kernel.LANES);
  }

  private static KernelProvider provider(String obstacle) {
    return new KernelProvider() {
      @Override
      public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
      }

      @Override
      public MatrixKernel kernel() {
        assertThat(obstacle).as("not asked for a kernel that cannot run").isNull();
        return FAST;
      }
    };
  }
}
