/** Writing to a disk so that what was written is there after a power cut. */
package org.earshot.storage;
