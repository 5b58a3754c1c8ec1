package dev.tenure.remote;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom to trust.
public final class Trust {
  private Trust() {}

  /// Trusts the certificates of the PEM file, else what the JVM trusts. Throws [Problem.Found] with
  /// `CONFIG_VALUE` where the file has none.
  public static SSLContext context(Optional<Path> pem) {
    try {
      if (pem.isEmpty()) return SSLContext.getDefault();
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(pem.get()));
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new Problem.Found(unfit(pem.map(Path::toString).orElse("the JVM's trust store")), e);
    }
  }

  private static KeyStore store(Path pem) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(pem)) {
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      if (number == 0) throw new IOException("no certificate");
    }
    return store;
  }

  private static Problem unfit(String file) {
    return new Problem(
        Code.CONFIG_VALUE,
        "no certificates can be read from " + file,
        Map.of("file", file),
        "give a PEM file that holds the CA's certificate (-----BEGIN CERTIFICATE-----)");
  }
}
