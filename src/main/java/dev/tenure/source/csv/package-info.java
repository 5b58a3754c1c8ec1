/// People from a CSV file (RFC 4180), streamed: the header names the attributes, each row is a
/// person. What a bad row means is decided by [dev.tenure.source.Intake]; a file that is cut off,
/// changes while it is read or lost a column is an incomplete read. Also reads the lookup tables
/// that stand in files. The only door to FastCSV; watches nothing and keeps nothing.
@NullMarked
package dev.tenure.source.csv;

import org.jspecify.annotations.NullMarked;
