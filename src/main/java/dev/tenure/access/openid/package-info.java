/// An OpenID provider lets people in: the authorization code flow of OpenID Connect Core 1.0 §3.1
/// with PKCE (RFC 7636, S256 only), discovery (OpenID Connect Discovery 1.0), the issuer in the
/// answer (RFC 9207) and sign-out at the provider (OpenID Connect RP-Initiated Logout 1.0).
///
/// Nothing of a sign-in that is under way is kept here: it is all in the browser's cookie, so any
/// node can end what another began. Tokens are read and checked by Nimbus JOSE+JWT. Who may what is
/// decided by the configuration's table; sessions are the matter of the part's root.
@NullMarked
package dev.tenure.access.openid;

import org.jspecify.annotations.NullMarked;
