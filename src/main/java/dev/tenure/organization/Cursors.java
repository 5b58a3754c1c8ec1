package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.CursorKeyStore;
import dev.tenure.organization.store.CursorKeyStore.CursorKey;
import dev.tenure.organization.store.Place;
import dev.tenure.organization.store.Slice;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Places in lists as cursors (RFC 9865): sealed by AES-GCM, so that they can neither be read, as
/// they hold values of users, nor made or changed, nor used for another organization, another type
/// of resources or another query.
///
/// Each organization has keys of its own. One is used for a week, and known for as long again, so
/// that no cursor ends before its time when the next takes over. A cursor carries no rights.
public final class Cursors {
  static final Duration KEY_USED = Duration.ofDays(7);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 10_000;
  private static final int SECRET_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int FIXED_BYTES = 64;
  private static final int CHARACTERS_MAX = 8_000;
  private static final byte BACKWARD = 1;
  private static final byte KEYED = 2;

  private final CursorKeyStore store;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration life;
  private final Cache<OrganizationId, List<CursorKey>> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();

  Cursors(Database database, Clock clock, RandomGenerator random, Duration life) {
    this.store = new CursorKeyStore(database);
    this.clock = clock;
    this.random = random;
    this.life = life;
  }

  /// What a cursor belongs to. `type` is the name of the resource type, empty for all of them.
  public record Query(
      OrganizationId organization, String type, String filter, String order, int count) {

    private byte[] bound() {
      var parts =
          Stream.of(organization.value(), type, filter, order)
              .map(part -> part.getBytes(StandardCharsets.UTF_8))
              .toList();
      var size = parts.stream().mapToInt(part -> part.length + Integer.BYTES).sum();
      var bound = ByteBuffer.allocate(size);
      parts.forEach(part -> bound.putInt(part.length).put(part));
      return bound.array();
    }
  }

  /// How long a cursor is good for.
  public Duration life() {
    return life;
  }

  /// The cursor of a place in the answer to this query. `total` counts all that match it.
  public String seal(Query query, Place place, long total) {
    var key = key(query.organization());
    var text = Optional.ofNullable(place.key()).map(k -> k.getBytes(StandardCharsets.UTF_8));
    var open = ByteBuffer.allocate(FIXED_BYTES + text.map(t -> t.length).orElse(0));
    open.put((byte) ((place.backward() ? BACKWARD : 0) | (text.isPresent() ? KEYED : 0)));
    open.putLong(clock.instant().plus(life).toEpochMilli()).putInt(query.count()).putLong(total);
    open.putLong(place.id().getMostSignificantBits());
    open.putLong(place.id().getLeastSignificantBits());
    text.ifPresent(open::put);
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed = crypt(Cipher.ENCRYPT_MODE, new Seal(key, nonce, query), open.flip());
    var whole = ByteBuffer.allocate(Long.BYTES + NONCE_BYTES + sealed.remaining());
    whole.putLong(key.id()).put(nonce).put(sealed);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
  }

  /// The place of a cursor of this query. Throws 400 `invalidCursor` for anything else, with one
  /// and the same text whatever it is; 400 `expiredCursor` where its time is over, and 400
  /// `invalidCount` where the query was another only in its `count`.
  public Slice.Beside open(Query query, String cursor) {
    try {
      return opened(query, cursor);
    } catch (IllegalArgumentException | BufferUnderflowException _) {
      throw invalid();
    }
  }

  private Slice.Beside opened(Query query, String cursor) {
    if (cursor.length() > CHARACTERS_MAX) throw invalid();
    var whole = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
    var key = key(query.organization(), whole.getLong()).orElseThrow(Cursors::invalid);
    var nonce = new byte[NONCE_BYTES];
    whole.get(nonce);
    var open = crypt(Cipher.DECRYPT_MODE, new Seal(key, nonce, query), whole);
    var flags = open.get();
    if (clock.millis() > open.getLong()) {
      throw ScimException.bad(
          ScimType.expiredCursor,
          "this cursor was good for " + life.toSeconds() + " seconds: ask for the first page");
    }
    if (open.getInt() != query.count()) {
      throw ScimException.bad(
          ScimType.invalidCount, "count must be the same for all pages of one list");
    }
    var total = open.getLong();
    var id = new UUID(open.getLong(), open.getLong());
    var text = (flags & KEYED) == 0 ? null : rest(open);
    return new Slice.Beside(new Place(text, id, (flags & BACKWARD) != 0), query.count(), total);
  }

  private static @Nullable String rest(ByteBuffer open) {
    return StandardCharsets.UTF_8.decode(open).toString();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Seal(CursorKey key, byte[] nonce, Query query) {}

  private static ByteBuffer crypt(int mode, Seal seal, ByteBuffer text) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(seal.key().secret(), "AES"),
          new GCMParameterSpec(TAG_BITS, seal.nonce()));
      cipher.updateAAD(seal.query().bound());
      var input = new byte[text.remaining()];
      text.get(input);
      return ByteBuffer.wrap(cipher.doFinal(input));
    } catch (GeneralSecurityException _) {
      throw invalid();
    }
  }

  /// The key for new cursors, made where there is none or the last was used long enough. Two nodes
  /// may make one each at the same time: both are good.
  private CursorKey key(OrganizationId organization) {
    var now = clock.instant();
    return known.get(organization, store::all).stream()
        .filter(key -> isUsed(key, now))
        .findFirst()
        .orElseGet(() -> made(organization, now));
  }

  private static boolean isUsed(CursorKey key, Instant now) {
    return key.madeAt().plus(KEY_USED).isAfter(now);
  }

  private CursorKey made(OrganizationId organization, Instant now) {
    var stored = store.all(organization).stream().filter(key -> isUsed(key, now)).findFirst();
    known.invalidate(organization);
    if (stored.isPresent()) return stored.get();
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    var key = new CursorKey(random.nextLong(), secret, now);
    store.add(organization, key, KEY_USED.multipliedBy(2).plus(life));
    return key;
  }

  /// A key that is not known yet may be another node's.
  private Optional<CursorKey> key(OrganizationId organization, long id) {
    var key = find(known.get(organization, store::all), id);
    if (key.isPresent()) return key;
    known.invalidate(organization);
    return find(known.get(organization, store::all), id);
  }

  private static Optional<CursorKey> find(List<CursorKey> keys, long id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }

  private static ScimException invalid() {
    return ScimException.bad(
        ScimType.invalidCursor,
        "this is no cursor of this query: ask for the first page with an empty cursor, and for the"
            + " others with nextCursor or previousCursor and everything else unchanged");
  }
}
