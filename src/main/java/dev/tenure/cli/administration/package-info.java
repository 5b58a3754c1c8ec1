/// `tenure org` and `tenure client`: organizations and clients that live in the database, beside
/// those that the file declares. What the file owns is shown here and never changed. Secrets are
/// printed once, when they are made.
@NullMarked
package dev.tenure.cli.administration;

import org.jspecify.annotations.NullMarked;
