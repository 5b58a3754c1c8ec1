package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import dev.tenure.source.ldap.LdapConfig.DisabledBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who must not have access: whom the configured filter matches and, in Active Directory, whom the
/// account's own state says it of.
final class Disablement {
  static final String EXPIRES = "accountExpires";
  private static final String CONTROL = "userAccountControl";
  private static final String LOCKED = "lockoutTime";
  private static final long ACCOUNTDISABLE = 2; // [MS-ADTS] 2.2.16
  private static final Instant EPOCH = Instant.parse("1601-01-01T00:00:00Z");
  private static final long TICKS = 10_000_000; // of 100 ns in a second

  private final Optional<LdapFilter> filter;
  private final Set<DisabledBy> by;
  private final InstantSource clock;

  Disablement(LdapConfig config, InstantSource clock) {
    this.filter = config.disabled().map(LdapFilter::new);
    this.by = config.disabledBy();
    this.clock = clock;
  }

  /// The attributes that an entry must have been read with.
  Set<String> attributes(boolean activeDirectory) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    filter.ifPresent(f -> names.addAll(f.attributes()));
    if (!activeDirectory) return names;
    if (by.contains(DisabledBy.FLAG)) names.add(CONTROL);
    if (by.contains(DisabledBy.EXPIRY)) names.add(EXPIRES);
    if (by.contains(DisabledBy.LOCKOUT)) names.add(LOCKED);
    return names;
  }

  boolean of(Entry entry, boolean activeDirectory) {
    if (filter.isPresent() && filter.get().matches(entry)) return true;
    return activeDirectory
        && ((by.contains(DisabledBy.FLAG) && (number(entry, CONTROL) & ACCOUNTDISABLE) != 0)
            || (by.contains(DisabledBy.EXPIRY) && expired(number(entry, EXPIRES)))
            || (by.contains(DisabledBy.LOCKOUT) && number(entry, LOCKED) > 0));
  }

  /// 0 and the largest number mean never ([MS-ADA1] 2.2).
  private boolean expired(long ticks) {
    return ticks > 0 && ticks < Long.MAX_VALUE && ticks <= ticks(clock.instant());
  }

  /// Whether time alone can make somebody disabled.
  boolean byTime() {
    return by.contains(DisabledBy.EXPIRY);
  }

  /// A time as Active Directory writes it: steps of 100 ns since 1601.
  static long ticks(Instant time) {
    return Duration.between(EPOCH, time).toSeconds() * TICKS;
  }

  private static long number(Entry entry, String attribute) {
    var value = entry.getAttributeValueAsLong(attribute);
    return value == null ? 0 : value;
  }
}
