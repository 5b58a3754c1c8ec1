package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("userName", "displayName", "on", "email");

  @Test
  void oneMistakeIsForgiven() {
    assertThat(Nearest.of("usreName", KNOWN)).contains("userName");
    assertThat(Nearest.of("username", KNOWN)).contains("userName");
    assertThat(Nearest.of("DISPLAYNAME", KNOWN)).contains("displayName");
    assertThat(Nearest.of("emial", KNOWN)).contains("email");
    assertThat(Nearest.of("onn", KNOWN)).contains("on");
  }

  @Test
  void whatIsFarIsNotGuessed() {
    assertThat(Nearest.of("colour", KNOWN)).isEmpty();
    assertThat(Nearest.of("", KNOWN)).isEmpty();
    assertThat(Nearest.of("x".repeat(1_000_000), KNOWN)).isEmpty();
    assertThat(Nearest.of("x", List.of())).isEmpty();
  }
}
