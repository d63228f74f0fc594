package org.earshot.kernel;

import java.util.Optional;

/** Offers a kernel that not every JVM can run; found as a service by what starts the detector. */
public interface KernelProvider {
  /** Returns why this JVM cannot run the kernel; empty when it can. */
  Optional<String> obstacle();

  /** Returns the kernel; only to be called without an obstacle. */
  MatrixKernel kernel();
}
