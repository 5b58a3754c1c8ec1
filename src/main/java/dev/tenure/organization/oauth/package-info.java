/// Who calls: bearer tokens (RFC 6750), the exchange of client credentials for access tokens (RFC
/// 6749 §4.4), and the sessions of users with their introspection (RFC 7662), over HTTP.
@NullMarked
package dev.tenure.organization.oauth;

import org.jspecify.annotations.NullMarked;
