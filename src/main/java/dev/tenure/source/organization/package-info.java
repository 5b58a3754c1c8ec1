/// People from an organization that is hosted here, read from the same database: whole at one
/// moment, or by what its audit log says changed, within a second of the write. The only part of
/// `source` that knows organizations.
@NullMarked
package dev.tenure.source.organization;

import org.jspecify.annotations.NullMarked;
