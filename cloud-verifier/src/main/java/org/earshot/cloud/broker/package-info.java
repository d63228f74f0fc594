/** A broker within the process, for trying things out. */
package org.earshot.cloud.broker;
