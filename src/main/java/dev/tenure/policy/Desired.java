package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.scim.patch.PatchPath;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The account as the rules want it, attribute by attribute.
///
/// Always with `externalId` (the person's key), `active` and, where the flow has one, `sourceOrg`.
/// `scope` says in words why the person is in: `member of Genesys_Cloud_Users via Sales`. `handles`
/// are the attributes by which other people's rules name this person, with their values (see
/// [#handle]). `firstDay` is when their access begins or began, where the rules tell.
public record Desired(
    PersonKey person,
    List<Mapped> attributes,
    String scope,
    Map<String, String> handles,
    Optional<Instant> firstDay) {
  public Desired {
    attributes = List.copyOf(attributes);
    handles = Map.copyOf(handles);
  }

  /// Nobody names this person but by the key.
  public Desired(PersonKey person, List<Mapped> attributes, String scope) {
    this(person, attributes, scope, Map.of(), Optional.empty());
  }

  /// The same person with other attributes.
  public Desired with(List<Mapped> others) {
    return new Desired(person, others, scope, handles, firstDay);
  }

  /// Handles are compared in this form: letter case and blanks around do not count.
  public static String handle(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  /// One attribute. `value` has the shape that SCIM gives to the path's leaf: a scalar, or an array
  /// for a multi-valued one (`roles` → `[{"value":"Agent"}]`); JSON null where the rule gave
  /// nothing and the attribute is to be without a value. `rule` is the expression as written.
  /// `rest` is what the planner has to find out about the value. `hidden`: people are not shown it.
  public record Mapped(
      PatchPath path, JsonNode value, Owner owner, String rule, Rest rest, boolean hidden) {
    /// A value that is settled.
    public Mapped(PatchPath path, JsonNode value, Owner owner, String rule) {
      this(path, value, owner, rule, new Rest.Nothing(), false);
    }

    /// Whether it is the groups: an account shows them, but they are changed at the groups (RFC
    /// 7643 §4.1.2).
    public boolean isMembership() {
      return isMembership(path);
    }

    static boolean isMembership(PatchPath path) {
      return !path.attribute().extension() && path.attribute().attribute().name().equals("groups");
    }

    /// The same with this value.
    public Mapped with(JsonNode other) {
      return new Mapped(path, other, owner, rule, rest, hidden);
    }
  }

  /// What the rules leave open: it depends on other accounts.
  public sealed interface Rest {
    /// The value is what it is.
    record Nothing() implements Rest {}

    /// The first of these that nobody else has; the mapped value is the first of all. A candidate
    /// with `{n}` stands for many, with 2, 3, … `counterMax` in its place.
    record FirstFree(List<String> candidates, int counterMax) implements Rest {
      private static final String COUNTER = "{n}";

      public FirstFree {
        candidates = List.copyOf(candidates);
      }

      /// All candidates in their order, made as they are asked for.
      public Stream<String> all() {
        return candidates.stream().flatMap(this::each);
      }

      private Stream<String> each(String candidate) {
        if (!candidate.contains(COUNTER)) return Stream.of(candidate);
        return IntStream.rangeClosed(2, counterMax)
            .mapToObj(n -> candidate.replace(COUNTER, String.valueOf(n)));
      }
    }

    /// The id of the account of the person whose handle `by` (`key`: the person's key) has this
    /// value; `wrapped`: in an object, as its `value`.
    record AccountOf(String by, String value, boolean wrapped) implements Rest {}
  }

  /// Who rules over an attribute after the account was made.
  public enum Owner {
    /// The flow: a difference is put right.
    ALWAYS,
    /// The flow when the account is made, and made usable again for a re-hire; the target
    /// meanwhile.
    ON_CREATE,
    /// The flow when the account is made, the target ever after.
    TARGET
  }
}
