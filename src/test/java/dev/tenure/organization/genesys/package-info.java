/// Tests of organization.genesys.
@NullMarked
package dev.tenure.organization.genesys;

import org.jspecify.annotations.NullMarked;
