/// People and groups from an LDAP directory (RFC 4511) or Active Directory: read whole, page by
/// page (RFC 2696), over ldap, ldaps or StartTLS. Groups come first and with their nesting, for
/// people without their groups would look as if they had left. Follows no referrals and keeps
/// nothing between reads but the groups' names. Its feed tells changes by DirSync ([MS-ADTS]
/// 3.1.1.3.4.1.3) or update sequence numbers, or by content synchronization (RFC 4533). Also holds
/// a small directory server for trying things out. The only door to the UnboundID LDAP SDK.
@NullMarked
package dev.tenure.source.ldap;

import org.jspecify.annotations.NullMarked;
