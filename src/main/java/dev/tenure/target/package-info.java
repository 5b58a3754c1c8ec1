/// Where accounts live. A target is read whole, and is sent one request at a time; what became of
/// it is one of five outcomes. The adapters are in the sub-packages.
@NullMarked
package dev.tenure.target;

import org.jspecify.annotations.NullMarked;
