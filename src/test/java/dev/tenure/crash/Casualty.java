package dev.tenure.crash;

/// What is killed.
enum Casualty {
  FIRST_NODE,
  SECOND_NODE,
  BOTH_NODES,
  DATABASE
}
