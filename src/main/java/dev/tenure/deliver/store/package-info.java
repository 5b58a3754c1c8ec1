/// Plans, changes and links in PostgreSQL. Each statement stays within one flow.
@NullMarked
package dev.tenure.deliver.store;

import org.jspecify.annotations.NullMarked;
