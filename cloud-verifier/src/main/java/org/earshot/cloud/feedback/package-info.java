/** What people said of events, as labelled recordings that training reads. */
package org.earshot.cloud.feedback;
