package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.Locale;
import java.util.Map;

/// What the directory answered, said to people.
final class LdapProblems {
  private static final int SAID_MAX = 160;

  private LdapProblems() {}

  /// The answer in few words: the result code, and the start of what the server said of it.
  static String said(LDAPException e) {
    var message = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    var brief = message.length() > SAID_MAX ? message.substring(0, SAID_MAX) + "…" : message;
    return brief.isBlank()
        ? e.getResultCode().getName()
        : e.getResultCode().getName() + ": " + brief;
  }

  /// A search that did not come to its end after `read` entries.
  static Problem broken(String what, long read, LdapConfig.Search search, LDAPException e) {
    var details =
        Map.of(
            "base", search.base(),
            "filter", search.filter(),
            "result", e.getResultCode().getName().toLowerCase(Locale.ROOT));
    if (e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
      return new Problem(
          Code.SOURCE_REFUSED,
          "the directory does not let this login read the " + what,
          details,
          "grant it the right to read " + search.base());
    }
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "reading the " + what + " ended after " + read + ": " + said(e),
        details,
        remedy(e.getResultCode()) + "; nobody was made a leaver by this");
  }

  /// Something happened to a record of which the directory no longer has this attribute.
  static Problem unknowable(String what, String attribute) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        what + ", and the directory no longer says its " + attribute,
        Map.of("attribute", attribute),
        "nothing is to be done: everybody is read; with the usual 'key' that is spared");
  }

  /// A refresh says that none of the people is left.
  static Problem nobodyLeft(LdapConfig.Search search) {
    return new Problem(
        Code.SOURCE_EMPTY,
        "the directory says that nobody is left",
        Map.of("base", search.base(), "filter", search.filter()),
        "check what the directory gives; nobody was made a leaver by this");
  }

  /// The directory says that it does not know the place any more.
  static Problem forgotten() {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "the directory no longer knows what changed since the last read",
        Map.of(),
        "nothing is to be done: everybody is read; in OpenLDAP a larger session log helps");
  }

  /// The place is in the history of another copy of the directory.
  static Problem otherServer() {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "another server answers than the one whose changes were followed",
        Map.of(),
        "nothing is to be done: everybody is read");
  }

  /// The directory knows the place no longer.
  static Problem refusedPlace(LDAPException e) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "the directory does not go on from where it was left: " + said(e),
        Map.of(),
        "nothing is to be done: everybody is read");
  }

  static Problem tooMany() {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "more than " + LdapFeed.CHANGES_MAX + " records changed",
        Map.of(),
        "nothing is to be done: everybody is read, which is quicker");
  }

  private static String remedy(ResultCode code) {
    if (code.equals(ResultCode.NO_SUCH_OBJECT))
      return "check 'base', and that this login may read it";
    if (code.equals(ResultCode.SIZE_LIMIT_EXCEEDED)
        || code.equals(ResultCode.ADMIN_LIMIT_EXCEEDED)) {
      return "raise the directory's size limit for this login, or lower 'pageSize'";
    }
    if (code.equals(ResultCode.TIME_LIMIT_EXCEEDED) || code.equals(ResultCode.TIMEOUT)) {
      return "raise 'timeout' or the directory's time limit, and see that the filter is indexed";
    }
    return "it is tried again at the next run; if it stays, look into the directory's log";
  }
}
