package dev.tenure.deliver.store;

import dev.tenure.deliver.Plans.Taking;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Grants;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// What open changes will take.
final class Takings {
  private static final String TAKING =
      """
      select person, gains from change
      where flow = :flow and gains <> '{}' and state in ('waiting', 'held', 'leased')
        and not overtaken\
      """;

  private Takings() {}

  static List<Taking> of(Jdbi jdbi, FlowId flow) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(TAKING), flow)
            .map((row, _) ->
                new Taking(
                    new PersonKey(row.getString("person")),
                    Grants.read(List.of((String[]) row.getArray("gains").getArray()))))
            .list());
  }
}
