/// The graph of flows: whether people can come back, as accounts that Tenure wrote, to where they
/// came from. Pure; knows of a flow only where it reads, where it writes, and the marks
/// (`sourceOrg`) that keep it from reading what others wrote.
@NullMarked
package dev.tenure.flow.ring;

import org.jspecify.annotations.NullMarked;
