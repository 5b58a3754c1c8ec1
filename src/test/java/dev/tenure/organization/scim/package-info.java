/// Tests of organization.scim.
@NullMarked
package dev.tenure.organization.scim;

import org.jspecify.annotations.NullMarked;
