package dev.tenure.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The pages for `man`, made of what the command line knows of itself: `tenure.1`, and one of each
/// command, such as `tenure-audit-export.1`. The language is that of man(7).
final class ManPages {
  private final CommandSpec root;

  ManPages(CommandSpec root) {
    this.root = root;
    // The names of commands are known to their parents only.
    new CommandLine(root);
  }

  /// The texts of all pages by the names of their files.
  Map<String, String> all() {
    var pages = new TreeMap<String, String>();
    add(root, pages);
    return pages;
  }

  private void add(CommandSpec spec, Map<String, String> pages) {
    if (spec.usageMessage().hidden()) return;
    pages.put(file(spec) + ".1", page(spec));
    spec.subcommands().values().forEach(below -> add(below.getCommandSpec(), pages));
  }

  private static String file(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String page(CommandSpec spec) {
    var page = new StringBuilder();
    page.append(".TH %s 1 \"\" Tenure \"Commands of Tenure\"\n".formatted(upper(file(spec))));
    page.append(".SH NAME\n%s \\- %s\n".formatted(escaped(file(spec)), summary(spec)));
    page.append(".SH SYNOPSIS\n.B %s\n%s\n".formatted(escaped(spec.qualifiedName()), typed(spec)));
    section(
        page,
        "ARGUMENTS",
        spec.positionalParameters().stream()
            .map(p -> item(p.paramLabel(), words(p.description()))));
    section(page, "OPTIONS", spec.options().stream().map(ManPages::option));
    section(
        page,
        "COMMANDS",
        spec.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(below -> !below.usageMessage().hidden())
            .map(below -> item(file(below) + "(1)", summary(below))));
    page.append(".SH EXIT STATUS\n")
        .append(item("0", "done"))
        .append(item("1", "failed"))
        .append(item("2", "usage or configuration"))
        .append(item("3", "a guard holds something back"));
    page.append(".SH SEE ALSO\n.BR tenure (1);\nthe book, at /docs of a running server\n");
    return page.toString();
  }

  private static void section(StringBuilder page, String title, Stream<String> items) {
    var all = items.collect(Collectors.joining());
    if (!all.isEmpty()) page.append(".SH ").append(title).append('\n').append(all);
  }

  private static String option(OptionSpec option) {
    var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return item(String.join(", ", option.names()) + value, words(option.description()));
  }

  private static String item(String what, String words) {
    return ".TP\n.B " + escaped(what) + "\n" + words + "\n";
  }

  private static String typed(CommandSpec spec) {
    var parameters =
        spec.positionalParameters().stream()
            .map(p -> p.required() ? p.paramLabel() : "[" + p.paramLabel() + "]");
    var below = spec.subcommands().isEmpty() ? Stream.<String>of() : Stream.of("[COMMAND]");
    return escaped(
        Stream.of(Stream.of("[OPTIONS]"), parameters, below)
            .flatMap(part -> part)
            .collect(Collectors.joining(" ")));
  }

  private static String summary(CommandSpec spec) {
    return words(spec.usageMessage().description());
  }

  private static String words(String... lines) {
    return escaped(String.join(" ", lines).replace("%%", "%").replace("%n", " "));
  }

  private static String upper(String name) {
    return escaped(name.toUpperCase(java.util.Locale.ROOT));
  }

  /// A line that begins with a point or an apostrophe would be a request.
  private static String escaped(String text) {
    var safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
