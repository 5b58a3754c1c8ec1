package dev.tenure.deliver;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Problem;
import java.time.Instant;

/// A change that nobody sends any more, and after which nothing was done or planned for the person:
/// `state` is refused or dead, and the problem's remedy says what to do.
public record DeadLetter(
    PlanNumber plan,
    PersonKey person,
    String name,
    Lane lane,
    ChangeState state,
    int attempts,
    Problem problem,
    Instant since) {}
