/// Tests of organization.store.
@NullMarked
package dev.tenure.organization.store;

import org.jspecify.annotations.NullMarked;
