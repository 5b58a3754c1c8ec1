package dev.tenure.signal;

import dev.tenure.signal.EventStream.Delivery;
import dev.tenure.signal.EventStream.SubjectFormat;
import java.util.List;
import java.util.Optional;

/// What a receiver says about its stream (the receiver-supplied part of SSF 1.0 §8.1.1). `events`
/// absent: the usual ones.
public record Wish(
    Optional<List<String>> events,
    Delivery delivery,
    Optional<String> description,
    SubjectFormat format) {}
