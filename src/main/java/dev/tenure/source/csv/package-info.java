/// People from CSV files (RFC 4180), streamed: the header names the attributes, each row is a
/// person; groups and memberships may stand in files of their own. What a bad row means is decided
/// by [dev.tenure.source.Intake]; a file that is cut off, is being written, changes while it is
/// read or lost a column is an incomplete read. Also reads the lookup tables that stand in files.
/// The only door to FastCSV; keeps nothing.
@NullMarked
package dev.tenure.source.csv;

import org.jspecify.annotations.NullMarked;
