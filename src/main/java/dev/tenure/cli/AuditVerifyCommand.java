package dev.tenure.cli;

import dev.tenure.audit.Export;
import dev.tenure.audit.PublicKeys;
import dev.tenure.audit.Verdict;
import dev.tenure.audit.Verdict.Broken;
import dev.tenure.audit.Verdict.Intact;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.view.VerdictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Is a log what was written?
final class AuditVerifyCommand implements Command {
  private static final String WHAT = "LOG|FILE";
  private static final String KEYS = "--keys";

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Checks that a log, or an export of one, is what was written.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(
        spec, WHAT, "flow/NAME, organization/NAME, or a file that 'tenure audit export' wrote.");
    Commands.option(
        spec,
        KEYS,
        "FILE",
        "The public keys, as 'tenure audit keys' printed them; needed for an export.");
  }

  @Override
  public int run(Call call) throws IOException {
    var keys = keys(call);
    var name = call.text(WHAT);
    return Files.isRegularFile(Path.of(name)) ? offline(call, keys) : online(call, keys);
  }

  private static int offline(Call call, Optional<PublicKeys> keys) throws IOException {
    var known = keys.orElseThrow(() -> call.usage("an export is verified with " + KEYS));
    try (var in = Files.newInputStream(Path.of(call.text(WHAT)))) {
      return show(call, Export.verify(in, known), 0);
    }
  }

  private static int online(Call call, Optional<PublicKeys> keys) {
    var log = call.text(WHAT);
    try (var workplace = call.open()) {
      var chain = workplace.auditChain();
      return show(call, chain.verify(log, keys), chain.waiting(log));
    }
  }

  private static Optional<PublicKeys> keys(Call call) throws IOException {
    var file = call.optional(KEYS);
    if (file.isEmpty()) return Optional.empty();
    var path = Path.of(file.get());
    var text = Files.isRegularFile(path) ? Files.readString(path) : "";
    var keys = PublicKeys.read(text);
    if (keys.isPresent()) return keys;
    throw new Problem(
            Code.AUDIT_KEY,
            "there is no public key in this file",
            Map.of("file", path.toString()),
            "give the file that 'tenure audit keys' printed")
        .found();
  }

  private static int show(Call call, Verdict verdict, long waiting) {
    switch (verdict) {
      case Intact intact ->
          call.terminal()
              .out()
              .println(
                  call.json()
                      ? Faces.json(VerdictJson.of(intact, waiting))
                      : line(intact, waiting));
      case Broken broken -> throw VerdictJson.problem(call.text(WHAT), broken).found();
    }
    return 0;
  }

  private static String line(Intact intact, long waiting) {
    return "%s is intact: %,d rows, as of %s%s%s"
        .formatted(
            intact.log(),
            intact.rows(),
            intact.asOf(),
            intact.erased() == 0
                ? ""
                : "; of %,d the details were erased".formatted(intact.erased()),
            waiting == 0 ? "" : "; %,d rows are not sealed yet".formatted(waiting));
  }
}
