/** From float weights to int8: the float reference network, its file, and the rounding. */
package org.earshot.quantize;
