/// What somebody who looks after Tenure has to know without asking: that a plan is held, a leaver
/// late, a target or a source away, a credential about to end, a pool nearly empty. Told by webhook
/// (with the fields of Standard Webhooks 1.0) and by e-mail.
///
/// The database is asked from time to time what is so. What is new there becomes a message for each
/// receiver that wants it, in the same transaction; it waits in the database until it is taken, or
/// given up. One node at a time looks, and one sends to a receiver. Nobody depends on this part:
/// what it tells of is found in what the others have written.
@NullMarked
package dev.tenure.notify;

import org.jspecify.annotations.NullMarked;
