package dev.tenure.cli;

import picocli.CommandLine.Model.CommandSpec;

/// The public keys, to be kept where nobody can change both them and the log.
final class AuditKeysCommand implements Command {
  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String summary() {
    return "Prints the public keys with which the audit log is verified (PEM).";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flag(spec, "--rotate", "Sign with a new key from now on.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var chain = workplace.auditChain();
      var keys = call.flag("--rotate") ? chain.rotate() : chain.keys();
      call.terminal().out().print(keys.text());
      return 0;
    }
  }
}
