package dev.tenure.console.page;

import dev.tenure.console.Words;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Choice;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.plan.Lane;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which changes of a plan its page shows: a choice, in one state or in any. All are as an address
/// or a form has them; empty where nothing was said.
public record PlanFilters(
    String lane, String state, String cluster, String because, String department, String who) {
  static PlanFilters of(Function<String, Optional<String>> given) {
    return new PlanFilters(
        given.apply("lane").orElse(""),
        given.apply("state").orElse(""),
        given.apply("cluster").orElse(""),
        given.apply("because").orElse(""),
        given.apply("department").orElse(""),
        given.apply("who").orElse(""));
  }

  /// Throws [HttpFailure] 400 for a lane that there is not.
  Choice choice() {
    return new Choice(
        some(lane).map(l -> Lane.of(l).orElseThrow(() -> unknown(l))),
        some(cluster),
        some(because),
        some(department),
        some(who));
  }

  /// Throws [HttpFailure] 400 for a state that there is not.
  Optional<ChangeState> inState() {
    return some(state)
        .map(word ->
            Arrays.stream(ChangeState.values())
                .filter(s -> s.wire().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> unknown(word)));
  }

  private static HttpFailure unknown(String word) {
    return new HttpFailure(400, "there is no '" + word + "' to choose by");
  }

  private static Optional<String> some(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  /// What is chosen by, without the state, by its name.
  public Map<String, String> chosen() {
    var chosen = new LinkedHashMap<String, String>();
    chosen.put("lane", lane);
    chosen.put("cluster", cluster);
    chosen.put("department", department);
    chosen.put("because", because);
    chosen.put("who", who);
    chosen.values().removeIf(String::isEmpty);
    return chosen;
  }

  /// The same as options of a command.
  public String options() {
    var options = new StringBuilder();
    chosen()
        .forEach((name, value) ->
            options.append(" --").append(name).append(' ').append(Words.shell(value)));
    return options.toString();
  }

  /// The address of the page with these filters; `after` begins the next page.
  public String query(long after) {
    var text = new StringBuilder("?");
    chosen().forEach((name, value) -> add(text, name, value));
    if (!state.isEmpty()) add(text, "state", state);
    if (after > 0) add(text, "after", Long.toString(after));
    return text.toString();
  }

  /// The address of the page with these filters, which says what was just done.
  String saying(String said) {
    var query = query(0);
    return query.length() > 1 ? query + "&" + said : query + said;
  }

  private static void add(StringBuilder text, String name, String value) {
    if (text.length() > 1) text.append('&');
    text.append(name).append('=').append(Query.encoded(value));
  }

  public boolean any() {
    return !chosen().isEmpty() || !state.isEmpty();
  }

  /// Whether what is held is among what is shown.
  public boolean showsHeld() {
    return state.isEmpty() || inState().equals(Optional.of(ChangeState.HELD));
  }

  /// Whether all that is still to be sent is among what is shown.
  public boolean showsSendable() {
    return state.isEmpty();
  }
}
