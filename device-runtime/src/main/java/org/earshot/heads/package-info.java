/**
 * Heads that come while the device is at work: whose word counts for one, what is tried before it
 * is heard with, and what is on disk whenever the power fails (docs/heads.md).
 */
package org.earshot.heads;
