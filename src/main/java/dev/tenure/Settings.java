package dev.tenure;

import dev.tenure.access.AccessConfig;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.deliver.budget.Terms;
import dev.tenure.flow.Fingerprint;
import dev.tenure.flow.FlowConfig;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.LicenceConfig;
import dev.tenure.metric.MetricsConfig;
import dev.tenure.notify.NotifyConfig;
import dev.tenure.organization.Limits;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.Profile;
import dev.tenure.policy.FlowRules;
import dev.tenure.policy.Policy;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.csv.CsvConfig;
import dev.tenure.source.csv.CsvSource;
import dev.tenure.source.organization.OrganizationSourceConfig;
import dev.tenure.source.scim.ScimSourceConfig;
import dev.tenure.target.Bought;
import dev.tenure.target.genesys.GenesysTargetConfig;
import dev.tenure.target.scim.ScimTargetConfig;
import dev.tenure.trace.TracesConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A whole `tenure.yaml`, read and checked. `frame` differs where anything but its flows does, and
/// what they are made of; `tables` are the files that it reads besides.
record Settings(
    ServerConfig server,
    MetricsConfig metrics,
    Limits limits,
    DatabaseConfig database,
    AccessConfig console,
    LicenceConfig licences,
    NotifyConfig notifying,
    Optional<TracesConfig> traces,
    List<OrganizationConfig> organizations,
    List<FlowSettings> flows,
    String frame,
    List<Path> tables) {
  Settings {
    tables = List.copyOf(tables);
    organizations = List.copyOf(organizations);
    flows = List.copyOf(flows);
  }

  /// One flow.
  record FlowSettings(
      FlowId id,
      SourceSettings source,
      TargetSettings target,
      Policy policy,
      FlowRules rules,
      FlowConfig running,
      Fingerprint fingerprint) {}

  /// Where a flow's people come from.
  sealed interface SourceSettings {
    /// What expressions may use.
    SourceSchema schema();

    /// From a source that needs nothing of ours.
    record Ready(Source source) implements SourceSettings {
      @Override
      public SourceSchema schema() {
        return source.schema();
      }
    }

    /// From files.
    record Csv(CsvConfig config) implements SourceSettings {
      @Override
      public SourceSchema schema() {
        return CsvSource.schema(config);
      }
    }

    /// From any SCIM 2.0 server.
    record Scim(ScimSourceConfig config) implements SourceSettings {
      @Override
      public SourceSchema schema() {
        return config.keying().attributes().schema();
      }
    }

    /// From an organization that is hosted here.
    record Hosted(OrganizationSourceConfig config) implements SourceSettings {
      @Override
      public SourceSchema schema() {
        return config.schema();
      }
    }
  }

  /// Where a flow's accounts live.
  sealed interface TargetSettings {
    /// How much may be sent there.
    Terms terms();

    /// What all who share that call it.
    String budget();

    /// What the accounts are made of.
    ResourceType user();

    /// Those that were bought there; an organization that is hosted here tells of its own.
    default Optional<Bought> licences() {
      return Optional.empty();
    }

    /// In an organization that is hosted here.
    record Hosted(OrganizationId organization, Profile profile, ResourceType user, Terms terms)
        implements TargetSettings {
      @Override
      public String budget() {
        return "organization/" + organization;
      }
    }

    /// In Genesys Cloud.
    record Genesys(GenesysTargetConfig config, Terms terms, Bought bought)
        implements TargetSettings {
      @Override
      public Optional<Bought> licences() {
        return Optional.of(bought).filter(b -> !b.pools().isEmpty());
      }

      @Override
      public String budget() {
        return config.base().toString();
      }

      @Override
      public ResourceType user() {
        return Schemas.standard().user();
      }
    }

    /// In any SCIM 2.0 server.
    record Remote(ScimTargetConfig config, Terms terms, Bought bought) implements TargetSettings {
      @Override
      public Optional<Bought> licences() {
        return Optional.of(bought).filter(b -> !b.pools().isEmpty());
      }

      @Override
      public String budget() {
        return config.base().toString();
      }

      @Override
      public ResourceType user() {
        return Schemas.standard().user();
      }
    }
  }
}
