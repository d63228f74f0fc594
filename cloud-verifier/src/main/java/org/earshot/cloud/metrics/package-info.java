/** What the cloud's processes count and what is wrong with them, as text for monitoring. */
package org.earshot.cloud.metrics;
