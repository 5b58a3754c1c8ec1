package dev.tenure.metric;

import java.util.List;

/// Every metric of ours: the only place that names them. Names end with their unit.
enum Metric {
  DATABASE_UP(
      "tenure_database_up", "1 where the database answers within a second and has all tables."),
  DATABASE_CONNECTIONS(
      "tenure_database_connections", "Connections of this process to the database.", "state"),
  DATABASE_CONNECTIONS_MAX(
      "tenure_database_connections_max", "As many connections may this process have."),
  DATABASE_THREADS_WAITING(
      "tenure_database_threads_waiting", "Threads that wait for a connection to the database."),
  FLOW_INTERVAL(
      "tenure_flow_interval_seconds", "The time between two turns, as configured.", "flow"),
  FLOW_GOOD_TURN_AGE(
      "tenure_flow_good_turn_age_seconds", "Since the flow last had a turn that worked.", "flow"),
  FLOW_GOOD_READ_AGE(
      "tenure_flow_good_read_age_seconds",
      "Since the flow's source last gave all that it has.",
      "flow"),
  FLOW_TURN(
      "tenure_flow_turn_seconds", "Turns that this process had, and how long.", "flow", "outcome"),
  QUEUE_CHANGES(
      "tenure_queue_changes",
      "Changes that are waiting, leased, held, refused or dead.",
      "flow",
      "lane",
      "state"),
  QUEUE_OLDEST_AGE(
      "tenure_queue_oldest_age_seconds",
      "Since the oldest of them was planned; 0 where there is none.",
      "flow",
      "lane",
      "state"),
  RECEIPTS(
      "tenure_receipts", "Leavers of the last 24 hours who are out, as the target showed.", "flow"),
  RECEIPT_TIME(
      "tenure_receipt_seconds",
      "From the plan until the target showed that they are out: the median of them, the longest.",
      "flow",
      "of"),
  TARGET_REQUESTS(
      "tenure_target_requests",
      "Requests that this process sent to the target.",
      "target",
      "result"),
  TARGET_LIMIT(
      "tenure_target_limit_requests_per_minute",
      "What may be sent to the target, as far as that is known.",
      "target"),
  TARGET_BLOCKED(
      "tenure_target_blocked_seconds",
      "How long the target still wants to be left alone; 0 where it does not.",
      "target"),
  TARGET_QUARANTINED(
      "tenure_target_quarantined",
      "1 where the target fails as a whole and is only probed.",
      "target"),
  SEATS_USED("tenure_licence_seats_used", "Seats that are used.", "organization", "sku"),
  SEATS_PURCHASED("tenure_licence_seats_purchased", "Seats there are.", "organization", "sku"),
  POOLS("tenure_licence_pools", "Licence pools of all organizations, shown here or not."),
  TARGET_SEATS_USED(
      "tenure_target_licence_seats_used",
      "Seats that are used in a target elsewhere, as last counted.",
      "target",
      "sku"),
  TARGET_SEATS_PURCHASED(
      "tenure_target_licence_seats_purchased",
      "Seats that were bought for a target elsewhere.",
      "target",
      "sku"),
  HTTP_REQUESTS(
      "tenure_http_request_seconds",
      "Requests that this process answered, and how long that took.",
      "part",
      "status");

  private final String metricName;
  private final String help;
  private final List<String> labels;

  Metric(String metricName, String help, String... labels) {
    this.metricName = metricName;
    this.help = help;
    this.labels = List.of(labels);
  }

  String metricName() {
    return metricName;
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels;
  }
}
