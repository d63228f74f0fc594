/** Labelled recordings: where they lie, who may train on them, who may be judged by them. */
package org.earshot.dataset;
