package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What one turn of a running flow came to. `report` is absent where nobody had to be decided on;
/// `about` are those who had, absent: everybody. `counted`: the report's counts are of now. `more`:
/// something is still to be sent. `held`: the guard holds something of the flow. `nextDue`: when
/// somebody has to be decided on again.
public record Turn(
    Optional<CycleReport> report,
    Optional<Set<PersonKey>> about,
    boolean counted,
    boolean more,
    boolean held,
    Optional<Instant> nextDue) {}
