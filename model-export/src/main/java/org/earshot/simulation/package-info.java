/**
 * Simulated home soundscapes with exact truth: events, near misses, rooms, backgrounds and
 * microphones.
 *
 * <p>A scene is a function of its seed alone. {@link org.earshot.simulation.SceneSimulator} draws
 * the classes, takes pre-convolved stems from a bank, adds synthetic alarms by cadence, mixes them
 * into a background at a measured event-to-background ratio, and degrades the sum as a cheap
 * microphone would.
 */
package org.earshot.simulation;
