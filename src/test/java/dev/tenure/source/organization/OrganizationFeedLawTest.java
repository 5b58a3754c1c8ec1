package dev.tenure.source.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditChain;
import dev.tenure.organization.TestServer;
import dev.tenure.source.HostedOrganization;
import dev.tenure.source.SourceContract.Read;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever writers, the sealer and crashes do at the same moment, who follows an organization has
/// in the end what a whole read has.
class OrganizationFeedLawTest {
  private static final int CASES = 4;
  private static final int WRITERS = 4;
  private static final int WRITES = 40;
  @TempDir Path folder;

  @Test
  void theFeedLosesNothing() throws Exception {
    try (var server = TestServer.start()) {
      var chain = OrganizationFeedTest.chain(server, folder);
      for (int i = 0; i < CASES; i++) {
        long seed = Long.getLong("law.seed", 20_261_125L) + i;
        new Story(HostedOrganization.of(server), chain, seed).require();
      }
    }
  }

  private record Story(
      HostedOrganization organization,
      AuditChain chain,
      long seed,
      List<String> users,
      List<String> groups,
      AtomicBoolean writing) {

    Story(HostedOrganization organization, AuditChain chain, long seed) {
      this(
          organization,
          chain,
          seed,
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>(),
          new AtomicBoolean(true));
    }

    void require() throws Exception {
      for (int i = 0; i < 6; i++) users.add(organization.user("first" + i + "@x.org", ""));
      for (int i = 0; i < 4; i++) groups.add(organization.group("Group " + i, List.of()));
      var source = OrganizationSourceTest.source(organization, "id", "");
      var follower = new Follower(source);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var writers = new java.util.ArrayList<Future<?>>();
        for (int w = 0; w < WRITERS; w++) writers.add(threads.submit(writer(w)));
        var sealing = threads.submit(this::seal);
        var following = threads.submit(() -> follow(follower));
        for (var writer : writers) writer.get();
        writing.set(false);
        sealing.get();
        following.get();
      }
      follower.read(false);
      var read = Read.of(source);
      assertThat(follower.people().values())
          .as("law.seed=%d", seed)
          .containsExactlyInAnyOrderElementsOf(read.people());
      assertThat(follower.snapshots()).as("law.seed=%d", seed).isOne();
    }

    private Void seal() {
      while (writing.get()) chain.sealWaiting();
      return null;
    }

    private Void follow(Follower follower) {
      var random = new Random(seed);
      while (writing.get()) {
        follower.read(random.nextInt(5) == 0);
        if (random.nextInt(10) == 0) follower.restart();
      }
      return null;
    }

    private Callable<Void> writer(int number) {
      var random = new Random(seed * 100 + number);
      return () -> {
        for (int i = 0; i < WRITES; i++) write(random, number + "-" + i);
        return null;
      };
    }

    /// What a writer wants may be refused: somebody else was at work.
    private void write(Random random, String name) {
      var user = users.get(random.nextInt(users.size()));
      var group = groups.get(random.nextInt(groups.size()));
      var other = groups.get(random.nextInt(groups.size()));
      switch (random.nextInt(10)) {
        case 0 -> users.add(organization.user("u" + name + "@x.org", ""));
        case 1 -> organization.set("/Users/" + user, "title", "\"" + name + "\"");
        case 2 -> organization.set("/Users/" + user, "active", "" + random.nextBoolean());
        case 3 -> organization.calls().delete("/Users/" + user);
        case 4, 5 -> organization.join(group, List.of(user));
        case 6 -> organization.leave(group, user);
        case 7 -> organization.join(group, List.of(other));
        case 8 -> organization.set("/Groups/" + group, "displayName", "\"" + name + "\"");
        default -> {
          organization.calls().delete("/Groups/" + group);
          groups.add(organization.group("Group " + name, List.of(user(random), other(random))));
        }
      }
    }

    private String user(Random random) {
      return organization.user("m" + random.nextLong() + "@x.org", "");
    }

    private String other(Random random) {
      return organization.group("Inner " + random.nextInt(5), List.of(user(random)));
    }
  }
}
