package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ForbiddenException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.exceptions.UnauthorizedException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.Group;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Manager;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.TestServer;
import dev.tenure.scim.schema.Schema;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SCIM client of UnboundID (Ping Identity) in conversation with a started server, in either
/// reading: somebody joins, moves, leaves and comes back.
class UnboundIdClientTest extends Conformance {
  private static Client http;

  @BeforeAll
  static void connect() {
    http =
        ClientBuilder.newClient(
            new ClientConfig().connectorProvider(new Apache5ConnectorProvider()));
  }

  @AfterAll
  static void disconnect() {
    http.close();
  }

  private static ScimService client(String organization) {
    return client(organization, server.scim(new OrganizationId(organization)).token());
  }

  private static ScimService client(String organization, String token) {
    ClientRequestFilter bearer =
        request -> request.getHeaders().putSingle("Authorization", "Bearer " + token);
    return new ScimService(
        http.target(server.address("/" + organization + "/scim/v2")).register(bearer));
  }

  private static UserResource person(String given, String family) {
    var name = given.toLowerCase(Locale.ROOT) + "." + name();
    var user = new UserResource().setUserName(name);
    user.setName(new Name().setGivenName(given).setFamilyName(family));
    user.setDisplayName(given + " " + family).setTitle("Agent").setActive(true);
    user.setEmails(new Email().setValue(name).setType("work").setPrimary(true));
    user.setExternalId("E-" + name);
    return user;
  }

  private static <T> T there(@Nullable T value) {
    assertThat(value).isNotNull();
    return Objects.requireNonNull(value);
  }

  private static String givenName(UserResource user) {
    return there(there(user.getName()).getGivenName());
  }

  private static <X extends ScimException> X refused(ThrowingCallable call, Class<X> type) {
    var thrown = catchThrowableOfType(type, call);
    assertThat(thrown).isNotNull();
    assertThat(thrown.getScimError().getDetail()).isNotBlank();
    return thrown;
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "strict"})
  void itUnderstandsWhatTheServiceSaysOfItself(String organization) throws ScimException {
    var client = client(organization);
    var config = client.getServiceProviderConfig();
    assertThat(config.getPatch().isSupported()).isTrue();
    assertThat(config.getFilter().getMaxResults()).isPositive();
    assertThat(config.getSort().isSupported()).isTrue();
    assertThat(config.getEtag().isSupported()).isTrue();
    assertThat(there(config.getPagination()).supportsCursorPagination()).isTrue();
    assertThat(config.getAuthenticationSchemes()).hasSize(1);
    assertThat(client.getSchemas().getResources())
        .extracting(schema -> schema.getId())
        .contains(Schema.USER, Schema.GROUP, Schema.ENTERPRISE);
    assertThat(client.getSchema(Schema.USER).getAttributes()).hasSizeGreaterThan(15);
    assertThat(client.getResourceTypes().getResources())
        .extracting(type -> type.getName())
        .containsExactlyInAnyOrder("User", "Group");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "strict"})
  void somebodyJoinsMovesAndLeaves(String organization) throws ScimException {
    var client = client(organization);
    var boss = client.create("Users", person("Bea", "Boss"));
    var joiner = person("Mara", "Okafor");
    joiner.setExtension(new EnterpriseUserExtension().setDepartment("Support"));
    var made = client.create("Users", joiner);
    assertThat(made.getId()).isNotBlank();
    assertThat(there(made.getMeta()).getLocation()).asString().endsWith("/Users/" + made.getId());
    assertThat(client.retrieve(made)).isEqualTo(made);
    var team = client.create("Groups", new GroupResource().setDisplayName("Team " + name()));

    var moved = move(client, made, boss);
    var member = new Member().setValue(there(made.getId()));
    client.modifyRequest(team).addValues("members", member).invoke(String.class);
    var grouped = client.retrieve(moved);
    assertThat(grouped.getGroups()).extracting(Group::getValue).containsExactly(team.getId());
    var path = "members[value eq \"" + made.getId() + "\"]";
    client.modifyRequest(team).removeValues(path).invoke(String.class);
    assertThat(client.retrieve(moved).getGroups()).isNull();

    var off = client.modifyRequest(moved).replaceValue("active", false).invoke();
    assertThat(off.getActive()).isFalse();
    assertThat(client.search("Users", byName(made), UserResource.class).getResources())
        .extracting(UserResource::getActive)
        .containsExactly(false);
    var back = client.modifyRequest(off).replaceValue("active", true).invoke();
    assertThat(back.getActive()).isTrue();
    client.delete(back);
    refused(() -> client.retrieve(back), ResourceNotFoundException.class);
    assertThat(client.search("Users", byName(made), UserResource.class).getTotalResults()).isZero();
  }

  private static String byName(UserResource user) throws ScimException {
    return Filter.eq("userName", user.getUserName()).toString();
  }

  private static UserResource move(ScimService client, UserResource user, UserResource boss)
      throws ScimException {
    var manager = new Manager().setValue(boss.getId());
    var promoted =
        client
            .modifyRequest(user)
            .replaceValue("title", "Supervisor")
            .replaceValue(Schema.ENTERPRISE + ":department", "Sales")
            .replaceValue(Schema.ENTERPRISE + ":manager", manager)
            .addValues("emails", new Email().setValue("mara@home.example").setType("home"))
            .invoke();
    assertThat(promoted.getTitle()).isEqualTo("Supervisor");
    assertThat(promoted.getEmails()).extracting(Email::getType).containsExactly("work", "home");
    var enterprise = there(promoted.getExtension(EnterpriseUserExtension.class));
    assertThat(enterprise.getDepartment()).isEqualTo("Sales");
    assertThat(there(enterprise.getManager()).getValue()).isEqualTo(boss.getId());
    promoted.setNickName("Mo").setTitle(null);
    var replaced = client.replace(promoted);
    assertThat(replaced.getNickName()).isEqualTo("Mo");
    assertThat(replaced.getTitle()).isNull();
    assertThat(there(replaced.getExtension(EnterpriseUserExtension.class)).getDepartment())
        .isEqualTo("Sales");
    assertThat(client.retrieve("Users", there(user.getId()), UserResource.class))
        .isEqualTo(replaced);
    return replaced;
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "strict"})
  void itSearchesSortsAndPages(String organization) throws ScimException {
    var client = client(organization);
    var family = "Family" + name().replace("@example.com", "");
    for (var given : List.of("Cem", "Ada", "Eve", "Bob", "Dot")) {
      client.create("Users", person(given, family));
    }
    var filter = Filter.eq("name.familyName", family);
    var found = client.searchRequest("Users").filter(filter);
    assertThat(found.invoke(UserResource.class).getTotalResults()).isEqualTo(5);
    var page =
        client
            .searchRequest("Users")
            .filter(filter)
            .sort("name.givenName", SortOrder.DESCENDING)
            .page(2, 2)
            .attributes("name.givenName");
    for (var list : List.of(page.invoke(UserResource.class), page.invokePost(UserResource.class))) {
      assertThat(list.getTotalResults()).isEqualTo(5);
      assertThat(list.getStartIndex()).isEqualTo(2);
      assertThat(list.getItemsPerPage()).isEqualTo(2);
      assertThat(list.getResources())
          .extracting(UnboundIdClientTest::givenName)
          .containsExactly("Dot", "Cem");
      assertThat(list.getResources()).extracting(UserResource::getTitle).containsOnlyNulls();
    }
    assertThat(walked(client, filter)).containsExactly("Cem", "Ada", "Eve", "Bob", "Dot");
  }

  /// All given names, in pages of two by cursor.
  private static List<String> walked(ScimService client, Filter filter) throws ScimException {
    var names = new ArrayList<String>();
    var page =
        client
            .searchRequest("Users")
            .filter(filter)
            .firstPageCursorWithCount(2)
            .invoke(UserResource.class);
    while (true) {
      page.forEach(user -> names.add(givenName(user)));
      if (page.getNextCursor() == null) return names;
      page =
          client
              .searchRequest("Users")
              .filter(filter)
              .pageWithCursor(page.getNextCursor(), 2)
              .invoke(UserResource.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "strict"})
  void itUnderstandsRefusals(String organization) throws ScimException {
    var client = client(organization);
    var made = client.create("Users", person("Ann", "One"));
    var same = new UserResource().setUserName(made.getUserName());
    var conflict = refused(() -> client.create("Users", same), ResourceConflictException.class);
    assertThat(conflict.getScimError().getScimType()).isEqualTo("uniqueness");
    refused(
        () -> client.retrieve("Users", "nobody", UserResource.class),
        ResourceNotFoundException.class);
    var changed = client.modifyRequest(made).replaceValue("title", "Changed").invoke();
    refused(
        () -> client.modifyRequest(made).ifMatch().replaceValue("title", "Late").invoke(),
        PreconditionFailedException.class);
    refused(
        () -> client.replaceRequest(made).ifMatch().invoke(), PreconditionFailedException.class);
    assertThat(client.retrieve(made)).isEqualTo(changed);
    var bad =
        refused(
            () -> client.search("Users", "userName regex \"x\"", UserResource.class),
            BadRequestException.class);
    assertThat(bad.getScimError().getScimType()).isEqualTo("invalidFilter");
    var fixed =
        refused(
            () -> client.modifyRequest(made).replaceValue("id", "x").invoke(),
            BadRequestException.class);
    assertThat(fixed.getScimError().getScimType()).isEqualTo("mutability");
    refused(
        () -> client(organization, "wrong").create("Users", person("No", "One")),
        UnauthorizedException.class);
    refused(
        () -> client(organization, TestServer.VIEWER).create("Users", person("No", "One")),
        ForbiddenException.class);
  }
}
