/**
 * The device's command line: {@code detect} on recordings and the {@code demo}.
 *
 * <p>Results go to standard output, everything else to standard error. This package wires the parts
 * by constructor; the parts do not know it.
 */
package org.earshot.agent;
