package dev.tenure.access.openid;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// An address to which parameters are added; it may have some already (RFC 6749 §3.1).
record Address(URI uri) {
  Address with(String name, String value) {
    var sign = uri.getRawQuery() == null ? "?" : "&";
    return new Address(URI.create(uri + sign + encoded(name) + "=" + encoded(value)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
