/// Security events for receivers outside: a transmitter of the OpenID Shared Signals Framework 1.0
/// for each organization. Keeps the streams of receivers, signs what happened as security event
/// tokens (RFC 8417) and delivers them by push (RFC 8935) or poll (RFC 8936): at least once, and in
/// order for each subject.
///
/// Events are CAEP, RISC and SCIM ones (RFC 9967). They are written by the statements of the
/// changes themselves, in `organization.store`; this part never decides what happened.
@NullMarked
package dev.tenure.signal;

import org.jspecify.annotations.NullMarked;
