/// What has to be done: desired × observed → changes, each with its reasons, and the guard that
/// holds back what looks like an accident. Pure: no I/O, no clock, the same input gives the same
/// plan.
@NullMarked
package dev.tenure.plan;

import org.jspecify.annotations.NullMarked;
