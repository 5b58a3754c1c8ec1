package dev.tenure.organization.store;

import dev.tenure.organization.store.BelongSql.Depth;

/// What is read of the rows `u` of a table: of a few, and of a whole `page`. For a page, `join`
/// follows the table and `cte` the page.
record Columns(String ofFew, String ofPage, String join, String cte) {

  /// `depth` matters for users only.
  static Columns of(Table table, Depth depth) {
    return switch (table) {
      case USERS ->
          new Columns(
              UserStore.OWN + depth.ofUser(),
              UserStore.OWN + depth.column(),
              BelongSql.JOIN,
              depth.cte());
      case GROUPS -> plain(GroupStore.COLUMNS);
      case RESOURCES -> plain(ResourceStore.COLUMNS);
    };
  }

  private static Columns plain(String columns) {
    return new Columns(columns, columns, "", "");
  }
}
