package dev.tenure.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class SpanTest {
  private final List<String> events = new ArrayList<>();
  private final Tracer tracer = root -> Optional.of(new Noted(root.name()));

  /// Writes down what is done with it.
  private final class Noted implements Recording {
    private final String name;

    Noted(String name) {
      this.name = name;
      events.add("begin " + name);
    }

    @Override
    public Recording child(String child, boolean isRequest) {
      return new Noted(name + "/" + child);
    }

    @Override
    public void set(String key, String value) {
      events.add(name + " " + key + "=" + value);
    }

    @Override
    public void set(String key, long value) {
      set(key, Long.toString(value));
    }

    @Override
    public void failed(String type) {
      events.add("fail " + name + " " + type);
    }

    @Override
    public String trace() {
      return "t-" + name;
    }

    @Override
    public Optional<String> parentFor(URI address) {
      return Optional.empty();
    }

    @Override
    public void end() {
      events.add("end " + name);
    }
  }

  @Test
  void stepsStandBelowWhatTheyArePartOf() {
    var root = tracer.begin(Tracer.Root.of("turn"));
    int result = root.around(() -> Span.step("source", () -> 7));
    assertThat(result).isEqualTo(7);
    assertThat(events)
        .containsExactly("begin turn", "begin turn/source", "end turn/source", "end turn");
    assertThat(Span.current().isRecorded()).isFalse();
  }

  @Test
  void whatThrowsHasFailedAndEnds() {
    var root = tracer.begin(Tracer.Root.of("turn"));
    assertThatThrownBy(() ->
            root.around(() -> {
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(events).containsExactly("begin turn", "fail turn exception", "end turn");
  }

  @Test
  void logLinesBearTheTrace() {
    assertThat(MDC.get("trace")).isNull();
    var inside = tracer.begin(Tracer.Root.of("turn")).around(() -> MDC.get("trace"));
    assertThat(inside).isEqualTo("t-turn");
    assertThat(MDC.get("trace")).isNull();
  }

  @Test
  void withoutATracerNothingIsDoneButTheWork() {
    var root = Tracer.OFF.begin(Tracer.Root.of("turn"));
    assertThat(root.with("a", "b").child("c").request("d")).isSameAs(Span.NONE);
    assertThat(root.<String, RuntimeException>around(() -> Span.step("x", () -> "done")))
        .isEqualTo("done");
    assertThat(events).isEmpty();
  }

  @Test
  void retriesAreThoseOfTheStepAbove() {
    var root = tracer.begin(Tracer.Root.of("turn")).tried(2);
    assertThat(root.request("GET").retries()).isEqualTo(2);
    assertThat(root.tried(0).request("GET").retries()).isZero();
  }
}
