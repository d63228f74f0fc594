/** The device's configuration: one TOML file, read once, checked wholly before anything starts. */
package org.earshot.agent.config;
