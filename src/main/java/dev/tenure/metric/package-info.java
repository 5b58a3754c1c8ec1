/// How a running server is, for machines that watch it: whether it lives and is ready, and numbers
/// in the text format of Prometheus.
///
/// What this process did is counted as it happens; what stands in the database is read when
/// somebody asks, at most every few seconds however many ask. Decides nothing, and nobody depends
/// on it but `Tenure`.
@NullMarked
package dev.tenure.metric;

import org.jspecify.annotations.NullMarked;
