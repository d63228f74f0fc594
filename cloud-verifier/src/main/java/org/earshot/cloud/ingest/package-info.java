/**
 * Takes in what devices send: events and clips shared among workers, states of devices; and sends
 * them verdicts and commands (docs/verifier.md, ADR 0024).
 */
package org.earshot.cloud.ingest;
