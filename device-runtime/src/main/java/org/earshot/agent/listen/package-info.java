/** The device at work: from microphones through decisions to messages, clips and answers. */
package org.earshot.agent.listen;
