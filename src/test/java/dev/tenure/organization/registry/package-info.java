@NullMarked
package dev.tenure.organization.registry;

import org.jspecify.annotations.NullMarked;
