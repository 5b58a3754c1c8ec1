package dev.tenure.cli;

import java.util.List;

/// Commands about one kind of thing, typed behind its name: `tenure org list`.
public record CommandGroup(String name, String summary, List<Command> commands) {
  public CommandGroup {
    commands = List.copyOf(commands);
  }
}
