package dev.tenure.reconcile;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Survey;
import dev.tenure.plan.Values;
import dev.tenure.policy.Desired;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A survey with the indexes that conflicts are found by: built once, so that a million accounts
/// cost a million looks and not their square.
final class Inventory {
  private static final List<String> SEATS = List.of("roles", "entitlements", "licenses");

  final Survey survey;
  private final Map<AccountId, Card> cards = new HashMap<>();
  private final Map<PersonKey, Card> wanted = new TreeMap<>();
  private final Map<PersonKey, Desired> desired = new TreeMap<>();
  private final Map<String, List<Account>> byMark = new HashMap<>();
  private final Map<String, List<PersonKey>> people = new HashMap<>();

  Inventory(Survey survey) {
    this.survey = survey;
    for (var account : survey.accounts()) {
      var card = Card.of(account.resource().view());
      cards.put(account.id(), card);
      marks(card).forEach(mark -> put(byMark, mark, account));
    }
    for (var one : survey.inScope()) {
      var card = Card.of(survey.wanted(one).view());
      wanted.put(one.person(), card);
      desired.put(one.person(), one);
      marks(card).forEach(mark -> put(people, mark, one.person()));
    }
  }

  private static <T> void put(Map<String, List<T>> index, String mark, T one) {
    index.computeIfAbsent(mark, _ -> new ArrayList<>()).add(one);
  }

  /// Under what a card is found.
  private static Stream<String> marks(Card card) {
    return Stream.concat(
            card.mailKeys().stream().map(m -> "mail " + m),
            Stream.of(
                "name " + card.nameKey(),
                card.externalId().isEmpty() ? "name " : "key " + card.externalId()))
        .filter(mark -> !mark.equals("name "))
        .distinct();
  }

  Map<PersonKey, Card> wanted() {
    return wanted;
  }

  Card card(Account account) {
    return cards.getOrDefault(account.id(), Card.of(account.resource().view()));
  }

  /// The accounts that share an address, a name or a key with this card, by id.
  List<Account> near(Card card) {
    return marks(card)
        .flatMap(m -> byMark.getOrDefault(m, List.of()).stream())
        .distinct()
        .sorted(Comparator.comparing(a -> a.id().value()))
        .toList();
  }

  /// The people in scope who share an address or a name with this account.
  List<PersonKey> candidates(Account account) {
    var card = card(account);
    return marks(card)
        .flatMap(m -> people.getOrDefault(m, List.of()).stream())
        .distinct()
        .sorted()
        .toList();
  }

  /// The people in scope who want this userName.
  List<PersonKey> wanting(String userName) {
    var all = people.getOrDefault("name " + userName.toLowerCase(Locale.ROOT), List.of());
    return all.stream().sorted().toList();
  }

  boolean isNobodys(Account account) {
    return survey.owner(account).isEmpty();
  }

  /// Whether its externalId is the key of somebody whom the source gave.
  boolean isOfSomebodyElse(Account account, PersonKey than) {
    var key = card(account).externalId();
    return isKey(key) && !key.equals(than.value()) && survey.isKnown(new PersonKey(key));
  }

  /// Whether the source knows somebody under its externalId.
  boolean isOfSomebody(Account account) {
    var key = card(account).externalId();
    return isKey(key) && survey.isKnown(new PersonKey(key));
  }

  private static boolean isKey(String text) {
    return !text.isBlank() && text.length() <= PersonKey.LENGTH_MAX;
  }

  /// What the account has that costs a seat, in words; empty for nothing.
  static String seat(Account account) {
    var view = account.resource().view();
    return SEATS.stream()
        .flatMap(name -> Values.elements(Values.member(view, name)).stream())
        .map(e -> e.isObject() ? Values.member(e, "value").asString("?") : e.asString(""))
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }
}
