package dev.tenure.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Texts, numbered from 0 in the order in which they came, without the texts themselves: of each
/// only the first 128 bits of its SHA-256 are kept, some 40 bytes in all instead of 110. Two of a
/// billion texts are taken for one with a probability below 10⁻²⁰. For one thread at a time.
public final class CompactKeys {
  private static final int SLOTS_FIRST = 1 << 8;
  private final MessageDigest sha256 = sha256();
  private long[] digests = new long[2 * SLOTS_FIRST];
  // The number of the text in this slot plus one; 0: the slot is free.
  private int[] numbers = new int[SLOTS_FIRST];
  private int size;

  /// How many there are.
  public int size() {
    return size;
  }

  /// Adds the text; false where it was there.
  public boolean add(String text) {
    int before = size;
    number(text);
    return size > before;
  }

  /// The text's number: a new one where it was not there.
  public int number(String text) {
    if (size >= numbers.length / 4 * 3) grow();
    var digest = digest(text);
    long high = digest.getLong();
    long low = digest.getLong();
    int slot = slot(high, low);
    if (numbers[slot] == 0) put(slot, high, low, ++size);
    return numbers[slot] - 1;
  }

  /// The text's number, -1 where it is not there.
  public int find(String text) {
    var digest = digest(text);
    return numbers[slot(digest.getLong(), digest.getLong())] - 1;
  }

  /// Where this digest stands, or the free slot where it would.
  private int slot(long high, long low) {
    int mask = numbers.length - 1;
    int slot = (int) high & mask;
    while (numbers[slot] != 0 && (digests[2 * slot] != high || digests[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void put(int slot, long high, long low, int number) {
    digests[2 * slot] = high;
    digests[2 * slot + 1] = low;
    numbers[slot] = number;
  }

  private void grow() {
    var oldDigests = digests;
    var oldNumbers = numbers;
    digests = new long[2 * oldDigests.length];
    numbers = new int[2 * oldNumbers.length];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] == 0) continue;
      long high = oldDigests[2 * i];
      long low = oldDigests[2 * i + 1];
      put(slot(high, low), high, low, oldNumbers[i]);
    }
  }

  private ByteBuffer digest(String text) {
    var whole = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(Arrays.copyOf(whole, 2 * Long.BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
