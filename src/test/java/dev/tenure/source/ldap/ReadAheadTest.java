package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  /// More than wait at any time.
  private static final int MANY = 10_000;

  private final AtomicInteger found = new AtomicInteger();
  private final ArrayList<String> taken = new ArrayList<>();

  @Test
  void everyEntryIsGivenOnceInItsOrderOnTheCallersThread() throws LDAPException {
    var caller = Thread.currentThread();
    new ReadAhead()
        .each(
            taker -> find(MANY, taker),
            entry -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              taken.add(entry.getDN());
            });
    assertThat(taken).isEqualTo(names(MANY));
  }

  @Test
  void whatCameBeforeAFailureIsGiven() {
    assertThatThrownBy(() ->
            new ReadAhead()
                .each(
                    taker -> {
                      find(1_000, taker);
                      throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED);
                    },
                    entry -> taken.add(entry.getDN())))
        .isInstanceOfSatisfying(
            LDAPException.class,
            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED));
    assertThat(taken).isEqualTo(names(1_000));
  }

  @Test
  void aTakerThatFailsEndsTheSearch() {
    var ended = new CountDownLatch(1);
    assertThatThrownBy(() ->
            new ReadAhead()
                .each(
                    taker -> {
                      try {
                        find(Integer.MAX_VALUE, taker);
                      } finally {
                        ended.countDown();
                      }
                    },
                    _ -> {
                      throw new IllegalStateException("the database is gone");
                    }))
        .hasMessage("the database is gone");
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void aSearchIsOnlySomePagesAhead() throws LDAPException {
    var most = new AtomicInteger();
    new ReadAhead()
        .each(
            taker -> find(MANY, taker),
            entry -> {
              taken.add(entry.getDN());
              most.accumulateAndGet(found.get() - taken.size(), Math::max);
            });
    assertThat(most.get()).isLessThan(MANY / 4);
  }

  @Test
  void whoeverIsStoppedStopsTheSearch() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            new ReadAhead()
                .each(taker -> find(Integer.MAX_VALUE, taker), entry -> taken.add(entry.getDN())))
        .isInstanceOf(LDAPException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private void find(int count, LdapPages.Taker taker) throws LDAPException {
    for (int i = 0; i < count; i++) {
      found.incrementAndGet();
      taker.take(new Entry("uid=" + i + ",dc=x"));
    }
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "uid=" + i + ",dc=x").toList();
  }
}
