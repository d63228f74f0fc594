/** What stands behind the broker. */
package org.earshot.cloud;
