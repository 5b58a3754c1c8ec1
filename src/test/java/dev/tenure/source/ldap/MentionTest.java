package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// DNs find each other however they are written.
class MentionTest {
  private static final int DNS = 50_000;
  private static final List<String> PIECES =
      List.of(
          "uid=", "CN=", ",", ", ", "a", "Ann", "B-1", " ", "=", "+", "\\,", "\\20", "é", "@x.Y");

  @Test
  void theFormOfADnIsThatOfTheLibraryWhateverItIsMadeOf() {
    for (long seed = 0; seed < DNS; seed++) {
      var random = new Random(seed);
      var dn =
          Stream.generate(() -> PIECES.get(random.nextInt(PIECES.size())))
              .limit(1 + random.nextInt(8))
              .collect(Collectors.joining());
      assertThat(Mention.normalised(dn)).as("%s", dn).isEqualTo(byLibrary(dn));
    }
  }

  private static String byLibrary(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException _) {
      return dn;
    }
  }
}
