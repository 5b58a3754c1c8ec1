package dev.tenure.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.tenure.database.Database;
import dev.tenure.signal.store.PostgresKeys;
import dev.tenure.testkit.TestDatabase;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Keys are made once, and follow each other with an overlap.
class SigningKeysTest {
  private final Database database = TestDatabase.fresh();
  private final MovableClock clock = new MovableClock();

  @AfterEach
  void close() {
    database.close();
  }

  /// A node of its own.
  private SigningKeys node() {
    return new SigningKeys(new PostgresKeys(database), clock);
  }

  private static List<String> published(SigningKeys keys) {
    try {
      return JWKSet.parse(keys.published()).getKeys().stream().map(JWK::getKeyID).toList();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nodesThatStartTogetherUseOneKey() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var started =
          threads.invokeAll(
              IntStream.range(0, 3)
                  .<java.util.concurrent.Callable<String>>mapToObj(
                      _ -> () -> node().current().keyId())
                  .toList());
      var used = new java.util.HashSet<String>();
      for (var one : started) used.add(one.get());
      assertThat(used).hasSize(1);
      assertThat(published(node())).containsExactlyElementsOf(used);
    }
  }

  @Test
  void aSuccessorIsPublishedBeforeItSignsAndItsPredecessorAfter() {
    var keys = node();
    var other = node();
    var first = keys.current().keyId();
    clock.forward(SigningKeys.LIFE.minus(SigningKeys.LEAD).minusHours(1));
    keys.tend();
    assertThat(published(keys)).containsExactly(first);

    clock.forward(Duration.ofHours(2));
    keys.tend();
    keys.tend();
    assertThat(published(keys)).hasSize(2).startsWith(first);
    assertThat(keys.current().keyId()).isEqualTo(first);

    clock.forward(SigningKeys.LEAD);
    var second = keys.current().keyId();
    assertThat(second).isNotEqualTo(first);
    assertThat(other.current().keyId()).isEqualTo(second);
    keys.tend();
    assertThat(published(other)).containsExactly(first, second);

    clock.forward(SigningKeys.OVERLAP);
    keys.tend();
    assertThat(published(node())).containsExactly(second);
  }

  @Test
  void aRotationSignsAtOnceAndKeepsTheOldKeyForThoseWhoReadLater() {
    var keys = node();
    var first = keys.current().keyId();
    keys.rotate();
    var second = keys.current().keyId();
    assertThat(published(keys)).containsExactly(first, second);
    assertThat(second).isNotEqualTo(first);
    var other = node();
    assertThat(other.current().keyId()).isEqualTo(second);
  }

  @Test
  void aKeyIsNotShown() {
    node().tend();
    assertThat(new PostgresKeys(database).all().toString()).doesNotContain("\"d\"", "kty");
  }
}
