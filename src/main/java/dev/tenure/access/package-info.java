/// People and programs that look after Tenure: who they are, what they may do, how they sign in.
///
/// An OpenID provider may vouch for people, too (`openid`). Passwords are kept as Argon2id (RFC
/// 9106), sessions as hashes of 256 bits of chance. Whoever guesses is slowed down. Everything is a
/// row of the audit log `system/console`. What is done by those who are signed in is the matter of
/// the faces; this part knows neither pages nor commands.
@NullMarked
package dev.tenure.access;

import org.jspecify.annotations.NullMarked;
