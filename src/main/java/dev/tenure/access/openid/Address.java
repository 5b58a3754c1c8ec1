package dev.tenure.access.openid;

import dev.tenure.remote.Wire;
import java.net.URI;

/// An address to which parameters are added; it may have some already (RFC 6749 §3.1).
record Address(URI uri) {
  Address with(String name, String value) {
    var sign = uri.getRawQuery() == null ? "?" : "&";
    return new Address(URI.create(uri + sign + Wire.encoded(name) + "=" + Wire.encoded(value)));
  }
}
