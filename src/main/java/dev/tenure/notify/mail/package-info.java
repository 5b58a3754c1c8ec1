/// Hands letters to an SMTP server (RFC 5321, RFC 5322), by Jakarta Mail.
@NullMarked
package dev.tenure.notify.mail;

import org.jspecify.annotations.NullMarked;
