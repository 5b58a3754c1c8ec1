/// The record of what was done: one append-only log for each organization and flow. Rows are
/// written by the statements that make the changes they tell of, so there is no door for writing
/// here.
///
/// The sealer gives each row its place in the chain of its log, within a second: a hash chain,
/// under it a Merkle tree (RFC 9162 §2.1), over both a signature (Ed25519, RFC 8032). An export is
/// verified without the database; what tells of a person can be erased without breaking the chain.
/// `docs/audit.md` has the format to the byte.
@NullMarked
package dev.tenure.audit;

import org.jspecify.annotations.NullMarked;
