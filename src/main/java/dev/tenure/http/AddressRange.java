package dev.tenure.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses with the same first bits, such as `10.0.0.0/8` or `2001:db8::/32` (RFC 4632 §3.1);
/// one address alone is a range too. An IPv4 address that came in over IPv6 counts as IPv4.
public final class AddressRange {
  /// What an address looks like: never a name, so that none is looked up.
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

  private final byte[] address;
  private final int bits;
  private final String text;

  private AddressRange(byte[] address, int bits, String text) {
    this.address = address;
    this.bits = bits;
    this.text = text;
  }

  /// Absent where the text is no range.
  public static Optional<AddressRange> parse(String text) {
    var parts = text.split("/", 2);
    return bytes(parts[0])
        .flatMap(address -> {
          int most = address.length * Byte.SIZE;
          if (parts.length == 1) return Optional.of(new AddressRange(address, most, text));
          if (!parts[1].matches("[0-9]{1,3}")) return Optional.empty();
          int bits = Integer.parseInt(parts[1]);
          return bits > most
              ? Optional.empty()
              : Optional.of(new AddressRange(address, bits, text));
        });
  }

  /// Whether this address, such as `10.1.2.3`, is in it; what is no address is in none.
  public boolean contains(String other) {
    return bytes(other).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] other) {
    if (other.length != address.length) return false;
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (other[i] != address[i]) return false;
    }
    int rest = bits % Byte.SIZE;
    if (rest == 0) return true;
    int mask = 0xff << (Byte.SIZE - rest);
    return (other[whole] & mask) == (address[whole] & mask);
  }

  /// As it was written.
  @Override
  public String toString() {
    return text;
  }

  private static Optional<byte[]> bytes(String text) {
    var address = text.split("%", 2)[0];
    if (!ADDRESS.matcher(address).matches()) return Optional.empty();
    if (!address.contains(":") && address.chars().filter(c -> c == '.').count() != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }
}
