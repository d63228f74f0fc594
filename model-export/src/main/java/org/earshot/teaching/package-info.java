/**
 * Heads for sounds that the base never had as events, from a few recordings: scenes to learn from,
 * the fit, an honest estimate, the signed update (docs/heads.md).
 */
package org.earshot.teaching;
