package dev.tenure.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who is directly in which groups, for millions of memberships: some 50 bytes for each member and
/// 8 for each membership. For one thread at a time.
public final class Memberships {
  private static final int FIRST = 1 << 8;
  private static final int NONE = -1;
  private final CompactKeys members = new CompactKeys();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> groups = new ArrayList<>();
  private final BitSet asked = new BitSet();
  // Each member's memberships are a chain: its first one, and of each the next one.
  private int[] first = new int[FIRST];
  private int[] next = new int[FIRST];
  private int[] group = new int[FIRST];
  private int size;

  /// The member is directly in the group.
  public void add(String member, String groupId) {
    int before = members.size();
    int who = members.number(member);
    if (who == first.length) first = Arrays.copyOf(first, 2 * who);
    if (who == before) first[who] = NONE;
    if (size == next.length) {
      next = Arrays.copyOf(next, 2 * size);
      group = Arrays.copyOf(group, 2 * size);
    }
    next[size] = first[who];
    group[size] = number(groupId);
    first[who] = size++;
  }

  private int number(String groupId) {
    int fresh = groups.size();
    var number = numbers.putIfAbsent(groupId, fresh);
    if (number != null) return number;
    groups.add(groupId);
    return fresh;
  }

  /// How many memberships were added.
  public int size() {
    return size;
  }

  /// The groups that the member is directly in, in no order.
  public List<String> of(String member) {
    int who = members.find(member);
    if (who < 0) return List.of();
    asked.set(who);
    var direct = new ArrayList<String>();
    for (int at = first[who]; at != NONE; at = next[at]) direct.add(groups.get(group[at]));
    return direct;
  }

  /// How many members were never asked for.
  public int strangers() {
    return members.size() - asked.cardinality();
  }
}
