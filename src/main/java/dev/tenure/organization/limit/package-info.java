/// How many requests a client of an organization may make: a budget for each, in the memory of the
/// node that alone serves the database, and drawn in blocks from a common row where several do.
///
/// Knows neither HTTP (the fields of an answer are texts here) nor who a client is.
@NullMarked
package dev.tenure.organization.limit;

import org.jspecify.annotations.NullMarked;
