/**
 * The int8 products in the Vector API of the JDK, an incubator: loaded only where the JVM was
 * started with {@code --add-modules jdk.incubator.vector} (ADR 0030).
 */
package org.earshot.kernel.vector;
