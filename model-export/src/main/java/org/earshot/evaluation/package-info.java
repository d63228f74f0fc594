/**
 * How well the models do: alerts scored against the truth as an owner would, curves and error rates
 * as the literature does, beside a peer on the very same streams, and the search for the decision
 * parameters that ship.
 *
 * <p>Times are seconds from the start of a stream. How alerts are scored is told in docs/adr/0008.
 */
package org.earshot.evaluation;
