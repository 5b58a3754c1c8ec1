package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Former;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/// Everybody at both ends of a flow. Used once, in this order.
interface Ends {
  /// Gives each person, as [Source#read] does.
  Source.ReadOutcome people(Consumer<Person> people);

  /// Gives each account, as [Target#read] does.
  Target.ReadOutcome accounts(Consumer<Account> accounts);

  /// Where each of these, and everybody who was given, stood before.
  Map<PersonKey, Former> former(Collection<PersonKey> others);
}
