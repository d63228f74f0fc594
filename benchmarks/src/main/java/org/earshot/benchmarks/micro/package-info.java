/**
 * Parts of Earshot beside those of others that do the same, and beside the limits of the machine;
 * one JVM for each, started by {@link org.earshot.benchmarks.bench.BenchCommand}.
 */
package org.earshot.benchmarks.micro;
