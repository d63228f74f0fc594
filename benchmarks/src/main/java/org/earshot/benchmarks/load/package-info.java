/** Many devices at one broker, to see what the cloud side bears. */
package org.earshot.benchmarks.load;
