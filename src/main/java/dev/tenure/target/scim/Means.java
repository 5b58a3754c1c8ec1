package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Wire;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import java.util.Optional;
import tools.jackson.databind.node.StringNode;

/// What all parts of a target work with.
record Means(
    Wire wire,
    Budget budget,
    Manners manners,
    ResourceType userType,
    AccountReader reader,
    Failures failures,
    Outcomes outcomes) {
  /// Where one user is.
  String user(AccountId id) {
    return manners.users() + "/" + Wire.encoded(id.value());
  }

  /// Where one group is.
  String group(GroupId id) {
    return manners.groups() + "/" + Wire.encoded(id.value());
  }

  /// A look that cannot wait for its turn.
  Reply get(String pathAndQuery) {
    budget.charge();
    return wire.get(pathAndQuery);
  }

  Optional<Account> account(Reply.Answer answer) {
    return reader.read(Answers.json(answer));
  }

  /// The list of those whose attribute has this value.
  static String search(String endpoint, String attribute, String value) {
    return filtered(endpoint, attribute + " eq " + quoted(value));
  }

  /// The list of those that this filter finds.
  static String filtered(String endpoint, String filter) {
    return endpoint + "?filter=" + Wire.encoded(filter);
  }

  /// As a filter has a text (RFC 7644 §3.4.2.2).
  static String quoted(String text) {
    return ScimJson.write(StringNode.valueOf(text));
  }
}
