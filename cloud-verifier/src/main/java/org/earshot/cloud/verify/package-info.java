/**
 * The second step: whether a clip holds the event that the device heard; and the deadline by which
 * the owner is told anyway (docs/verifier.md).
 */
package org.earshot.cloud.verify;
