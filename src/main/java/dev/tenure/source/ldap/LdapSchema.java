package dev.tenure.source.ldap;

import dev.tenure.source.AttributeName;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The attributes that are asked for: the usual ones of inetOrgPerson (RFC 2798) and Active
/// Directory, and those of the configuration. `names` leads from the name in expressions to the one
/// in the directory. What LDAP allows to repeat but people use once is `ONE`: the first value.
record LdapSchema(SourceSchema schema, SortedMap<String, String> names) {
  private static final String ONE =
      """
      uid cn sn givenName initials displayName mail title department departmentNumber
      employeeNumber employeeID employeeType manager mobile telephoneNumber homePhone
      facsimileTelephoneNumber pager l c co st street postalCode o company division
      physicalDeliveryOfficeName roomNumber preferredLanguage description info
      userPrincipalName sAMAccountName userAccountControl accountExpires
      distinguishedName entryUUID objectGUID objectSid primaryGroupID
      whenCreated whenChanged createTimestamp modifyTimestamp\
      """;

  private static final String MANY =
      """
      objectClass ou memberOf proxyAddresses otherTelephone otherMobile otherMailbox
      businessCategory\
      """;

  static LdapSchema of(Map<String, Arity> more) {
    var arities = new TreeMap<String, Arity>();
    var names = new TreeMap<String, String>();
    for (var name : ONE.split("\\s+", -1)) arities.put(name, Arity.ONE);
    for (var name : MANY.split("\\s+", -1)) arities.put(name, Arity.MANY);
    arities.keySet().forEach(name -> names.put(name, name));
    more.forEach((original, arity) -> {
      var name = AttributeName.of(original);
      if (name.isEmpty()) return;
      names.keySet().removeIf(n -> n.equalsIgnoreCase(name));
      arities.keySet().removeIf(n -> n.equalsIgnoreCase(name));
      arities.put(name, arity);
      names.put(name, original);
    });
    return new LdapSchema(new SourceSchema(arities), names);
  }
}
