package dev.tenure.http;

import dev.tenure.config.Section;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Section `server.tls`: PEM files with the certificate chain, its key, and the CAs whose client
/// certificates are taken; without these a client shows none. A client that shows none may come in
/// all the same: whether it must is a matter of its credentials (RFC 8705).
public record Tls(Path certificate, Path key, Optional<Path> clientCa) {

  static Tls read(Section section, UnaryOperator<Path> resolver) {
    return new Tls(
        resolver.apply(Path.of(section.text("certificate"))),
        resolver.apply(Path.of(section.text("key"))),
        section.optionalText("clientCa").map(file -> resolver.apply(Path.of(file))));
  }

  io.helidon.common.tls.Tls open() {
    var own =
        Keys.builder()
            .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(certificate)))
            .build();
    TlsConfig.Builder builder = TlsConfig.builder().privateKey(own).privateKeyCertChain(own);
    clientCa.ifPresent(file -> {
      var trusted = Keys.builder().pem(pem -> pem.certificates(Resource.create(file))).build();
      builder.trust(trusted).clientAuth(TlsClientAuth.OPTIONAL);
    });
    return builder.build();
  }

  /// The thumbprints of the certificates in a PEM text, at least one.
  public static List<String> thumbprints(String pem) throws CertificateException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    var all = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    if (all.isEmpty()) throw new CertificateException("there is none in it");
    return all.stream().map(Tls::thumbprint).toList();
  }

  /// The SHA-256 of a certificate, as RFC 8705 §3.1 writes it (`x5t#S256`).
  public static String thumbprint(Certificate certificate) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
