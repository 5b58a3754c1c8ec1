package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.ErrorMessage;

/// Answers to methods that an endpoint does not have.
final class Methods {
  private Methods() {}

  static Response refused(Call call, String allowed) {
    var whole = allowed.replace("GET", "GET, HEAD");
    var what = call.request().method() + " is not possible here; only " + whole;
    return Response.of(405, Answers.SCIM, ScimJson.write(ErrorMessage.render(405, what)))
        .with("Allow", whole);
  }
}
