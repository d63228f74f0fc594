/**
 * The device's command line: {@code detect} on recordings, the {@code demo}, and {@code heads} that
 * tells what a model hears.
 *
 * <p>Results go to standard output, everything else to standard error. This package wires the parts
 * by constructor; the parts do not know it.
 */
package org.earshot.agent;
