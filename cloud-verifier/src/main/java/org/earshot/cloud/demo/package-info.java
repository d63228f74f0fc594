/** The demonstration: a device, a broker, the verifier and an owner in one process. */
package org.earshot.cloud.demo;
