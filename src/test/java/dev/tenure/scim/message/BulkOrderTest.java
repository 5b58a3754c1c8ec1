package dev.tenure.scim.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Law;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.BulkOrder.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class BulkOrderTest {
  private static BulkRequest.Operation post(String type, String bulkId, String... needs) {
    var data = JsonNodeFactory.instance.objectNode();
    var members = data.putArray("members");
    for (var need : needs) members.addObject().put("value", "bulkId:" + need);
    return new BulkRequest.Operation("POST", "/" + type, bulkId, Optional.empty(), data);
  }

  private static List<Step> steps(BulkRequest.Operation... operations) {
    return BulkOrder.of(List.of(operations));
  }

  @Test
  void operationsAreDoneAsTheyStand() {
    assertThat(steps(post("Users", "a"), post("Groups", "g", "a"), post("Users", "b")))
        .containsExactly(new Step.Run(0), new Step.Run(1), new Step.Run(2));
  }

  @Test
  void whoRefersToALaterOneWaitsForIt() {
    assertThat(steps(post("Groups", "g", "a", "b"), post("Users", "a"), post("Users", "b")))
        .containsExactly(new Step.Run(1), new Step.Run(2), new Step.Run(0));
  }

  @Test
  void aCircleOfUsersIsBegunAndCompleted() {
    assertThat(steps(post("Users", "a", "b"), post("Users", "b", "a"), post("Groups", "g", "a")))
        .containsExactly(new Step.Begin(0), new Step.Run(1), new Step.Run(2), new Step.Complete(0));
    assertThat(steps(post("Users", "a", "a")))
        .containsExactly(new Step.Begin(0), new Step.Complete(0));
  }

  @Test
  void aCircleOfGroupsIsRefusedAndNobodyElse() {
    assertThat(
            steps(
                post("Groups", "a", "b"),
                post("Groups", "b", "a"),
                post("/groups/", "self", "self"),
                post("Users", "u")))
        .containsExactly(
            new Step.Run(3), new Step.Circle(0), new Step.Circle(1), new Step.Circle(2));
  }

  @Test
  void whatNoOperationMakesIsDangling() {
    assertThat(steps(post("Groups", "g", "nobody"), post("Users", "a")))
        .containsExactly(new Step.Dangling(0, "nobody"), new Step.Run(1));
  }

  @Test
  void everyOperationIsDoneOnceAndAfterWhatItNeeds() {
    Law.holds(random -> {
      var operations = any(random);
      var steps = BulkOrder.of(operations);
      var seen = new HashSet<Integer>();
      var completed = new HashSet<Integer>();
      for (var step : steps) {
        switch (step) {
          case Step.Run(var i) -> {
            for (var id : BulkReferences.of(operations.get(i))) {
              assertThat(seen).contains(Integer.parseInt(id));
            }
            assertThat(seen.add(i)).isTrue();
          }
          case Step.Complete(var i) -> {
            assertThat(seen).contains(i);
            assertThat(completed.add(i)).isTrue();
          }
          case Step.Begin(var i) -> assertThat(seen.add(i)).isTrue();
          case Step.Circle(var i) -> assertThat(seen.add(i)).isTrue();
          case Step.Dangling(var i, _) -> assertThat(seen.add(i)).isTrue();
        }
      }
      assertThat(seen).hasSize(operations.size());
    });
  }

  @Test
  void aThousandOperationsInOneChainTakeNoTime() {
    var chain =
        IntStream.range(0, 1_000)
            .mapToObj(i -> post("Users", "" + i, "" + (i + 1) % 1_000, "" + (i * 7) % 1_000))
            .toList();
    assertThat(BulkOrder.of(chain)).hasSizeGreaterThanOrEqualTo(1_000);
  }

  @Test
  void referencesArePutInOrLeftOut() {
    var data =
        Samples.json(
            "{'members': [{'value': 'bulkId:a'}, {'value': 'bulkId:b', 'type': 'User'}],"
                + " 'manager': {'value': 'bulkId:b'}, 'title': 'bulkId', 'x': 'BULKID:a'}");
    assertThat(BulkReferences.resolved(data, Map.of("a", "1")))
        .isEqualTo(Samples.json("{'members': [{'value': '1'}], 'title': 'bulkId', 'x': '1'}"));
    assertThat(BulkReferences.resolved("/Users/bulkId:a", Map.of("a", "1"))).isEqualTo("/Users/1");
  }

  @Test
  void aBulkIdStandsOnce() {
    var body =
        Samples.json(
            "{'Operations': [{'method': 'post', 'path': '/Users', 'bulkId': 'a', 'data': {}},"
                + "{'method': 'POST', 'path': '/Users', 'bulkId': 'a', 'data': {}}]}");
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> BulkRequest.read(body, 10))
        .withMessageContaining("twice");
  }

  private static List<BulkRequest.Operation> any(RandomGenerator random) {
    var size = 1 + random.nextInt(12);
    return IntStream.range(0, size)
        .mapToObj(i -> {
          var needs = new String[random.nextInt(3)];
          for (int n = 0; n < needs.length; n++) needs[n] = "" + random.nextInt(size);
          return post(random.nextBoolean() ? "Users" : "Groups", "" + i, needs);
        })
        .toList();
  }
}
