package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A search that goes on, beside the caller, while the caller works on what it found: the server is
/// asked for the next page before the last one is done with. No more than a few pages are in
/// memory. Used once.
final class ReadAhead {
  /// Handing over costs as much as an entry does, so some go together.
  private static final int TOGETHER = 64;

  private static final int WAITING_MAX = 32;

  /// The search, which gives each entry to the taker.
  interface Search {
    void each(LdapPages.Taker taker) throws LDAPException;
  }

  private final BlockingQueue<List<Entry>> found = new ArrayBlockingQueue<>(WAITING_MAX);
  private List<Entry> next = new ArrayList<>(TOGETHER);
  private @Nullable LDAPException broken;
  private @Nullable RuntimeException failed;

  /// Gives every entry, on the caller's thread. What came before a failure has been given when it
  /// is thrown; the search has ended when this returns, however it does.
  void each(Search search, LdapPages.Taker taker) throws LDAPException {
    var searching = Thread.ofVirtual().name("read-ahead").start(() -> run(search));
    try {
      for (var some = found.take(); !some.isEmpty(); some = found.take()) {
        for (var entry : some) taker.take(entry);
      }
      searching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    } finally {
      end(searching);
    }
    if (failed != null) throw failed;
    if (broken != null) throw broken;
  }

  private void run(Search search) {
    try {
      search.each(this::hand);
    } catch (LDAPException e) {
      broken = e;
    } catch (RuntimeException e) {
      failed = e;
    }
    try {
      if (!next.isEmpty()) found.put(next);
      found.put(List.of());
    } catch (InterruptedException _) {
      // The caller works on none of it any more.
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Entry entry) throws LDAPException {
    next.add(entry);
    if (next.size() < TOGETHER) return;
    try {
      found.put(next);
      next = new ArrayList<>(TOGETHER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    }
  }

  private static LDAPException stopped(InterruptedException e) {
    return new LDAPException(ResultCode.USER_CANCELED, "the read was stopped", e);
  }

  /// The connection is the caller's again.
  private static void end(Thread searching) {
    searching.interrupt();
    boolean interrupted = false;
    while (searching.isAlive()) {
      try {
        searching.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
