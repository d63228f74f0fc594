/** {@code scripts/earshot bench}: everything that runs side by side, in turns, and its report. */
package org.earshot.benchmarks.bench;
