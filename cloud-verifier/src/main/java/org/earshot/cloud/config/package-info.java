/** The configuration of what stands behind the broker: a TOML file and the environment. */
package org.earshot.cloud.config;
