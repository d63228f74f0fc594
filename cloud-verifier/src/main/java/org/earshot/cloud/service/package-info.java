/** The cloud side as one process: everything is made and wired here, and nowhere else. */
package org.earshot.cloud.service;
