package dev.tenure.deliver;

import java.time.Clock;
import java.util.random.RandomGenerator;

/// What a delivery takes from the world: the time, chance for its jitter, and waiting. All three
/// are simulated in tests.
public record TimeAndChance(Clock clock, RandomGenerator random, Pause pause) {}
