package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.notify.NotifierSteps;
import dev.tenure.notify.TestHook;
import dev.tenure.testkit.ScimCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who was told what, over the admin API.
class AdminNotificationsTest {
  private static final String LIST = "/notifications";
  private static final String RECEIVERS = "/notifications/receivers";
  private static final String TEST = RECEIVERS + "/{receiver}/test";
  private static final int GONE = 410;

  private final TestHook hook = new TestHook();
  private final AdminSite admin =
      AdminSite.of(
          AdminSite.YAML
              + """
              notify:
                licenceLow: 10%
                receivers:
                  late: {webhook: {url: "${env:LATE}", secret: "${env:HOOK_SECRET}"}}
                  ops: {webhook: {url: "${env:HOOK}", secret: "${env:HOOK_SECRET}"}}
              """);

  @BeforeEach
  void serve() {
    admin
        .site()
        .variable("HOOK", hook.address("ops").toString())
        .variable("LATE", hook.address("late").toString())
        .variable("HOOK_SECRET", "a-secret-that-nobody-guesses");
    admin.serve();
    admin.planAndApply();
  }

  @AfterEach
  void close() {
    admin.close();
    hook.close();
  }

  private ScimCalls.Answer test(String receiver) {
    var path = "/notifications/receivers/" + receiver + "/test";
    return admin.ask(Role.OPERATOR, "POST", TEST, path, "");
  }

  private String delivery(String receiver) {
    var told = admin.get(LIST, LIST + "?receiver=" + receiver);
    assertThat(told.json().path("notifications").size()).isEqualTo(1);
    assertThat(told.text("/notifications/0/kind")).isEqualTo("licence-low");
    assertThat(told.text("/notifications/0/state")).isEqualTo("begun");
    return told.text("/notifications/0/delivery");
  }

  @Test
  void whatWasToldIsListedWithWhetherItWasTaken() {
    hook.answer(got -> got.path().equals("/ops") ? 204 : 503);
    NotifierSteps.once(admin.place().notifier());
    assertThat(delivery("ops")).isEqualTo("taken");
    assertThat(delivery("late")).isEqualTo("waiting");
    var first = admin.get(LIST, LIST + "?limit=1");
    var second = admin.get(LIST, first.text("/next").replace("/admin/v1", ""));
    assertThat(second.text("/next")).isEmpty();
    assertThat(second.text("/notifications/0/event"))
        .isEqualTo(first.text("/notifications/0/event"));
    assertThat(second.text("/notifications/0/receiver"))
        .isNotEqualTo(first.text("/notifications/0/receiver"));
  }

  @Test
  void whatNobodyTookIsGivenUpAndSaysSo() {
    hook.answer(got -> got.path().equals("/ops") ? 204 : GONE);
    NotifierSteps.once(admin.place().notifier());
    assertThat(delivery("late")).isEqualTo("given-up");
  }

  @Test
  void receiversAreWhatTheCommandPrintsWithNothingSecret() {
    NotifierSteps.once(admin.place().notifier());
    var receivers = admin.get(RECEIVERS, RECEIVERS);
    assertThat(receivers.json()).isEqualTo(admin.run("notify", "--output", "json").json());
    assertThat(receivers.body()).contains("ops", "late").doesNotContain("a-secret", "/ops");
  }

  @Test
  void aReceiverIsTestedAndItsAnswerTold() {
    assertThat(test("ops").text("/receiver")).isEqualTo("ops");
    assertThat(hook.taken()).hasSize(1);
    hook.answer(_ -> GONE);
    var refused = test("ops");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("NOTIFY_FAILED");
    assertThat(test("nobody").text("/code")).isEqualTo("NOTIFY_UNKNOWN");
    assertThat(admin.audited("system/notify")).contains("token:operator notify.tested");
  }
}
