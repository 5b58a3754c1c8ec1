package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisablementTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static Disablement with(String more) {
    var yaml =
        "url: ldap://dc1\npeople: {base: \"dc=x\"}\ndisabled: (employeeType=Terminated)\n" + more;
    var config = Sections.config("ldap:\n" + yaml.indent(2), Map.of(), "ldap");
    return new Disablement(config, InstantSource.fixed(NOW));
  }

  private static boolean disabled(String more, String attribute, String value) {
    return with(more).of(new Entry("cn=a,dc=x", new Attribute(attribute, value)), true);
  }

  @Test
  void theFlagAndTheExpiryCountUnlessOtherwiseIsSaid() {
    assertThat(disabled("", "userAccountControl", "66050")).isTrue();
    assertThat(disabled("", "userAccountControl", "66048")).isFalse();
    assertThat(disabled("", "accountExpires", "" + Disablement.ticks(NOW))).isTrue();
    assertThat(disabled("", "accountExpires", "" + Disablement.ticks(NOW.plusSeconds(1))))
        .isFalse();
    assertThat(disabled("", "accountExpires", "0")).isFalse();
    assertThat(disabled("", "accountExpires", "9223372036854775807")).isFalse();
    assertThat(disabled("disabledBy: []\n", "userAccountControl", "514")).isFalse();
  }

  @Test
  void lockedOutIsDisabledOnlyWhereThatIsAsked() {
    assertThat(disabled("", "lockoutTime", "134000000000000000")).isFalse();
    assertThat(disabled("disabledBy: lockout\n", "lockoutTime", "134000000000000000")).isTrue();
    assertThat(disabled("disabledBy: [lockout, flag]\n", "lockoutTime", "0")).isFalse();
    assertThat(disabled("disabledBy: [lockout]\n", "userAccountControl", "514")).isFalse();
  }

  @Test
  void theFilterCountsBesides() {
    assertThat(disabled("", "employeeType", "Terminated")).isTrue();
    assertThat(disabled("disabledBy: []\n", "employeeType", "terminated")).isTrue();
  }
}
