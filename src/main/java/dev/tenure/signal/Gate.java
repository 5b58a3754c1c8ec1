package dev.tenure.signal;

import dev.tenure.http.Handler;
import dev.tenure.http.Request;
import dev.tenure.http.Response;

/// Lets receivers in: who has a token of the organization that the path's variable `org` names, and
/// may see its users or groups. Others are answered 401 or 403.
@FunctionalInterface
public interface Gate {
  Handler entering(Action action);

  /// What is done for who came in; a [dev.tenure.http.HttpFailure] becomes the answer.
  @FunctionalInterface
  interface Action {
    Response answer(Receiver receiver, Request request);
  }
}
