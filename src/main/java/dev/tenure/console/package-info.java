/// The console: what the flows and organizations look like in a browser.
///
/// Pages are rendered here, on the server, from templates that are compiled with the product; the
/// browser gets HTML, one stylesheet and two small scripts, and asks nobody else for anything. Each
/// page is an address, changes nothing when it is looked at, and names the command that shows the
/// same. What a page shows is asked of the parts below; the console decides nothing.
///
/// The root has what all pages need: the way in, the frame, the background work. The pages are in
/// `page`, what only they ask of the database is in `store`.
@NullMarked
package dev.tenure.console;

import org.jspecify.annotations.NullMarked;
