/** The demonstration: a device, a broker and an owner in one process. */
package org.earshot.cloud.demo;
