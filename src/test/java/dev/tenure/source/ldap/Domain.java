package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.source.FeedContract.World;
import dev.tenure.source.Source;
import dev.tenure.testkit.Samba;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A part of the domain with people and groups of its own: an OU of this name, with an `In` for
/// those who are asked for and an `Out` for others.
final class Domain {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private final Samba samba;
  private final String name = "w" + NUMBER.incrementAndGet();
  private final String base = "OU=" + name + "," + Samba.BASE;
  private final Map<String, String> users = new HashMap<>();
  private int accounts;

  Domain(Samba samba) {
    this.samba = samba;
    samba.load(unit("", base) + unit("In", "") + unit("Out", ""));
  }

  private String unit(String unit, String dn) {
    return "dn: "
        + (dn.isEmpty() ? "OU=" + unit + "," + base : dn)
        + "\nobjectClass: organizationalUnit\n\n";
  }

  String in() {
    return "OU=In," + base;
  }

  String out() {
    return "OU=Out," + base;
  }

  String base() {
    return base;
  }

  String yaml() {
    return yaml(samba.url());
  }

  String yaml(String url) {
    return yaml(url, Samba.ADMIN);
  }

  String yaml(String url, String login) {
    return """
    url: "%s"
    bind: "%s"
    password: "${env:PASSWORD}"
    people: {base: "%s"}
    groups: {base: "%s"}
    pageSize: 10
    timeout: 5s
    """
        .formatted(url, login, in(), base);
  }

  Source source() {
    return Sections.source(yaml());
  }

  /// A user who may log in; gives the DN.
  String user(String cn, String attributes) {
    var dn = "CN=" + cn + "," + in();
    var enabled = attributes.contains("userAccountControl") ? "" : "\nuserAccountControl: 544";
    samba.load(
        "dn: "
            + dn
            + "\nobjectClass: user\nsAMAccountName: "
            + name
            + "u"
            + accounts++
            + enabled
            + (attributes.isEmpty() ? "" : "\n" + attributes)
            + "\n");
    return dn;
  }

  String add(String cn) {
    var dn = user(cn, "mail: " + cn + "@example.com");
    users.put(cn, dn);
    return dn;
  }

  void contact(String cn) {
    samba.load("dn: CN=" + cn + "," + in() + "\nobjectClass: contact\n");
  }

  String group(String cn, List<String> members) {
    var dn = "CN=" + cn + "," + base;
    var ldif =
        new StringBuilder(
            "dn: "
                + dn
                + "\nobjectClass: group\nsAMAccountName: "
                + name
                + "g"
                + accounts++
                + "\n");
    for (var member : members) ldif.append("member: ").append(member).append("\n");
    samba.load(ldif.toString());
    return dn;
  }

  void member(String group, String change, String member) {
    samba.load(
        "dn: " + group + "\nchangetype: modify\n" + change + ": member\nmember: " + member + "\n");
  }

  void replace(String dn, String attribute, String value) {
    samba.load(
        "dn: "
            + dn
            + "\nchangetype: modify\nreplace: "
            + attribute
            + "\n"
            + attribute
            + ": "
            + value
            + "\n");
  }

  /// Gives the new DN.
  String move(String dn, String rdn, String parent) {
    samba.load(
        "dn: "
            + dn
            + "\nchangetype: modrdn\nnewrdn: "
            + rdn
            + "\ndeleteoldrdn: 1\nnewsuperior: "
            + parent
            + "\n");
    return rdn + "," + parent;
  }

  void delete(String dn) {
    samba.load("dn: " + dn + "\nchangetype: delete\n");
  }

  /// The last part of an object's SID.
  String rid(String dn) {
    try (var connection = new LDAPConnection(samba.address(), 389, Samba.ADMIN, Samba.PASSWORD)) {
      var entry = Objects.requireNonNull(connection.getEntry(dn, "objectSid"));
      var sid = LdapKey.sid(entry).orElseThrow();
      return sid.substring(sid.lastIndexOf('-') + 1);
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  World world(Supplier<String> cutting) {
    return new World() {
      @Override
      public Source source() {
        return Domain.this.source();
      }

      @Override
      public Source breaking() {
        return Sections.source(yaml(cutting.get()));
      }

      @Override
      public void add(String name) {
        Domain.this.add(name);
      }

      @Override
      public void mail(String name, String mail) {
        replace(Objects.requireNonNull(users.get(name)), "mail", mail);
      }

      @Override
      public void remove(String name) {
        delete(Objects.requireNonNull(users.get(name)));
      }
    };
  }
}
