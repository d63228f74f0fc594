/**
 * Training, export and measurement of the verifier, the large model that hears whole clips after
 * the device: examples cut from simulated scenes where the device's own detector fires, the
 * network, the training loop, and how many false triggers it removes.
 */
package org.earshot.verification;
