/// Tests of what was there before a flow came.
@NullMarked
package dev.tenure.reconcile;

import org.jspecify.annotations.NullMarked;
