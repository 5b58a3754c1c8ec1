/// People from any SCIM 2.0 server (RFC 7643, RFC 7644), page by page, by index or by cursor (RFC
/// 9865), with their groups, nested ones too. Pages that do not add up make an incomplete read.
/// Names of members are read in any letter case, and totals may be missing, as Microsoft Entra's
/// SCIM API has it.
///
/// Also makes of a user what expressions see, for every source whose records are SCIM users.
@NullMarked
package dev.tenure.source.scim;

import org.jspecify.annotations.NullMarked;
