/// What the faces show alike, without saying how: the command line as a table or JSON, the console
/// as a page.
@NullMarked
package dev.tenure.view;

import org.jspecify.annotations.NullMarked;
