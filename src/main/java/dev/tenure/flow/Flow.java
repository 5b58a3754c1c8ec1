package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.plan.Planner;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Target;
import java.util.function.Function;

/// A flow, put together: where people come from, what the rules say of each, how that is compared,
/// and where their accounts live. `policy` is called by one thread at a time.
public record Flow(
    FlowId id,
    Source source,
    Function<Person, Standing> policy,
    Planner planner,
    Target target,
    FlowConfig config) {}
