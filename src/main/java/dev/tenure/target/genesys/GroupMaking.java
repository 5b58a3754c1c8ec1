package dev.tenure.target.genesys;

import dev.tenure.id.GroupId;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.scim.Outcomes;
import dev.tenure.target.scim.ScimTarget;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Makes groups, which SCIM cannot do there: by `POST /api/v2/groups`, then its members by SCIM.
/// That there is none of that name is known before; where the answer is lost, the next try finds
/// the group by its name.
final class GroupMaking {
  private final Platform platform;
  private final ScimTarget scim;
  private final Outcomes outcomes;

  GroupMaking(Platform platform, ScimTarget scim, Outcomes outcomes) {
    this.platform = platform;
    this.scim = scim;
    this.outcomes = outcomes;
  }

  Outcome make(Request.CreateGroup change) {
    return switch (platform.post("/groups", group(change.name()))) {
      case Reply.NotSent _ -> outcomes.notSent();
      case Reply.NoAnswer(var why) -> outcomes.noAnswer(why);
      case Answer answer when answer.isSuccess() -> filled(change, answer);
      // Its search lags behind what is made: there is one of that name by now.
      case Answer answer when answer.status() == 409 -> outcomes.noAnswer(Answers.words(answer));
      case Answer answer -> outcomes.failed(change, answer);
    };
  }

  /// Everybody may see it and who is in it, as those that administrators make unless they say
  /// otherwise.
  private static JsonNode group(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("type", "official")
        .put("visibility", "public")
        .put("rulesVisible", true);
  }

  private Outcome filled(Request.CreateGroup change, Answer answer) {
    var id = Answers.json(answer).path("id").asString("");
    if (id.isBlank()) return outcomes.noAnswer("the group was made, but it is not said which");
    if (change.members().isEmpty()) {
      return new Outcome.Done(Optional.empty(), Answers.reference(answer));
    }
    scim.budget().charge();
    return scim.send(new Request.Members(new GroupId(id), List.of(), change.members()));
  }
}
