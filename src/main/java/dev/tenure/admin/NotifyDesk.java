package dev.tenure.admin;

import dev.tenure.http.Request;
import dev.tenure.notify.Notifier;
import dev.tenure.store.ToldStore;
import dev.tenure.view.ReceiverRow;
import dev.tenure.view.ToldJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Who is told what happens, what they were told, and whether they have it.
record NotifyDesk(Notifier notifier, ToldStore told, AuditDesk audit) {
  private static final String RECEIVER = "receiver";

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/notifications", (d, r) -> d.news().list(r)),
          Operation.look("/notifications/receivers", (d, r) -> d.news().receivers(r)),
          Operation.act(
              "POST", "/notifications/receivers/{receiver}/test", (d, r) -> d.news().test(r)));

  /// The newest first.
  private ObjectNode list(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, AuditDesk.BEFORE, AuditDesk.ID, RECEIVER));
    int limit = Page.limit(request);
    var receiver = Wanted.words(request, RECEIVER);
    var page = Page.of(told.page(receiver, audit.before(request), limit + 1), limit);
    return page.next(
        ToldJson.of(page.entries()),
        request,
        last ->
            Map.of(
                AuditDesk.BEFORE, last.at().toString(), AuditDesk.ID, String.valueOf(last.id())));
  }

  private ObjectNode receivers(Request request) {
    Wanted.query(request, Set.of());
    return ReceiverRow.json(ReceiverRow.all(notifier));
  }

  /// Sends a message at once. Throws `NOTIFY_UNKNOWN`, and `NOTIFY_FAILED` where it is not taken.
  private ObjectNode test(Request request) {
    Wanted.query(request, Set.of());
    Wanted.body(request, Set.of());
    var receiver = Wanted.variable(request, RECEIVER);
    return ReceiverRow.tested(receiver, notifier.test(receiver));
  }
}
