/// Where people come from. A source gives a snapshot of its people and says whether it is complete;
/// only a complete one may make leavers (law 1). The adapters are in the sub-packages.
@NullMarked
package dev.tenure.source;

import org.jspecify.annotations.NullMarked;
