/**
 * The history page and the HTTP API behind it: what happened, to see, hear, answer and delete; the
 * devices, to arm and to adjust; who may do what.
 */
package org.earshot.cloud.web;
