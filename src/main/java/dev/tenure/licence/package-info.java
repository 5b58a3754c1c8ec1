/// The licences of targets: what is used, needed soon and could be had back, what it costs, and
/// when a pool runs dry.
@NullMarked
package dev.tenure.licence;

import org.jspecify.annotations.NullMarked;
