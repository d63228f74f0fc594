/**
 * What is remembered: events, clips, verdicts, answers, devices; in a database and a clip store.
 */
package org.earshot.cloud.store;
