/// The book: the pages of `docs`, which the product carries in itself, as HTML. The console serves
/// it, and `tenure docs` writes it as files. It knows of no request and of no configuration.
///
/// Pages are CommonMark 0.31 with the tables of GitHub. HTML inside of them is never passed
/// through: comments vanish, the rest is shown as it is written.
@NullMarked
package dev.tenure.book;

import org.jspecify.annotations.NullMarked;
