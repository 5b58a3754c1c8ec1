/// The names of things: organization, flow, person, account, client, correlation.
///
/// Each is a record around one string, so that two of them cannot be swapped. Nothing here decides
/// or stores; what a name may look like is checked when it is built.
@NullMarked
package dev.tenure.id;

import org.jspecify.annotations.NullMarked;
