/// The tables of hosted organizations. One statement and one round trip for each operation; each
/// statement names its organization first and touches no other one's rows. Decides nothing: what a
/// value means is settled in the package above.
@NullMarked
package dev.tenure.organization.store;

import org.jspecify.annotations.NullMarked;
