/// The first thing a newcomer types: a sample company in a real directory, hosted organizations, a
/// flow, and two days in the life of all of them.
///
/// Everything here uses the product as anybody would: a configuration file is written and read,
/// people come over LDAP, accounts go over SCIM. Nothing else depends on it.
@NullMarked
package dev.tenure.cli.quickstart;

import org.jspecify.annotations.NullMarked;
