/**
 * The arithmetic of the int8 network: exact matrix-vector products, sigmoid and tanh.
 *
 * <p>A plain scalar reference stands beside the layout that the JVM's compiler turns into SIMD;
 * both give the same value bit for bit on every platform (ADR 0005). Needs java.base only.
 */
package org.earshot.kernel;
