/** Models and sounds that the tests of several packages share. */
package org.earshot.testing;
