package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.testkit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A page of the book, done as its reader would: its files are written, its commands are typed into
/// one `bash`, in the order of the page and in one folder, with the real `tenure` on the path; what
/// a block of the page shows behind them is what they printed.
///
/// What a page says to its walk stands in comments that readers do not see:
///
/// - `<!-- file: NAME -->` before a block: it is this file.
/// - `<!-- ends: N -->` before commands: the last of them ends with this exit code, not with 0.
/// - `<!-- behind the scenes:` LINES `-->`: these are typed, too, such as what a directory's
///   administrator does.
///
/// A block of `sh` is typed, one of `text` is what the commands before it printed: `…` stands for
/// anything within a line, a line `…` for any lines.
final class BookWalk implements AutoCloseable {
  private static final Pattern PART =
      Pattern.compile(
          "<!-- behind the scenes:\\n(?<hidden>.*?)\\n-->"
              + "|(?:<!-- (?<word>file|ends): (?<said>[^\\n]*?) -->\\n)?"
              + "(?<indent> *)```(?<language>[^\\n]*)\\n(?<text>.*?)(?m:^) *```$",
          Pattern.DOTALL | Pattern.MULTILINE);

  private static final long LONGEST_MINUTES = 5;
  private static final String MARK = "@@@ walked ";
  private static final String PORT = "8080";

  private final Product product = Product.quick();
  private final String database;
  private final Map<String, String> instead = new LinkedHashMap<>();

  /// `database` stands at the head of each configuration: nothing, for the embedded PostgreSQL.
  private BookWalk(String database) {
    this.database = database;
    instead.put(PORT, Integer.toString(Product.freePort()));
  }

  /// With the embedded PostgreSQL.
  static BookWalk alone() {
    return new BookWalk("");
  }

  /// With the tables in this site's database, which is quicker.
  static BookWalk beside(Site site) {
    var walk = new BookWalk(Site.database());
    for (var name : List.of("DATABASE_URL", "DATABASE_USER", "DATABASE_PASSWORD")) {
      walk.variable(name, String.valueOf(site.value(name)));
    }
    return walk;
  }

  BookWalk variable(String name, String value) {
    product.variable(name, value);
    return this;
  }

  /// What the page calls `shown` is `real` here.
  BookWalk instead(String shown, String real) {
    instead.put(shown, real);
    return this;
  }

  /// Where the page is walked.
  Path folder() {
    return product.folder();
  }

  /// A piece of the page: commands with the output that they must have, if the page shows it.
  private static final class Step {
    final String typed;
    final String exit;
    final List<String> shown = new ArrayList<>();

    Step(String typed, String exit) {
      this.typed = typed;
      this.exit = exit;
    }
  }

  /// Walks through the page, and compares.
  void walk(Path page) throws IOException, InterruptedException {
    walk(Files.readString(page));
  }

  void walk(String page) throws IOException, InterruptedException {
    var steps = steps(page);
    assertThat(steps).as("commands of the page").isNotEmpty();
    var outputs = typed(steps);
    for (int i = 0; i < steps.size(); i++) check(steps.get(i), outputs, i);
  }

  private List<Step> steps(String page) {
    var steps = new ArrayList<Step>();
    var parts = PART.matcher(page);
    while (parts.find()) {
      var hidden = parts.group("hidden");
      if (hidden != null) {
        steps.add(new Step(hidden, "0"));
        continue;
      }
      var text = parts.group("text").replaceAll("(?m)^" + parts.group("indent"), "");
      var said = parts.group("said") == null ? "0" : parts.group("said");
      if ("file".equals(parts.group("word"))) steps.add(new Step(written(said, text), "0"));
      else if (parts.group("language").equals("sh")) steps.add(new Step(text, said));
      else if (parts.group("language").equals("text")) steps.getLast().shown.add(text);
    }
    return steps;
  }

  private String written(String name, String text) {
    var whole = name.equals("tenure.yaml") ? database + text : text;
    return "mkdir -p \"$(dirname '%1$s')\"\ncat >'%1$s' <<'END OF THE FILE'\n%2$sEND OF THE FILE"
        .formatted(name, whole);
  }

  private String real(String text) {
    var real = text;
    for (var entry : instead.entrySet()) real = real.replace(entry.getKey(), entry.getValue());
    return real;
  }

  private String asShown(String text) {
    var shown = text.replace(folder().toString(), "…");
    for (var entry : instead.entrySet()) shown = shown.replace(entry.getValue(), entry.getKey());
    return shown;
  }

  /// What each step printed; before it, but for the first, the exit code of the one before.
  private List<String> typed(List<Step> steps) throws IOException, InterruptedException {
    var script = new StringBuilder("shopt -s expand_aliases\n");
    for (var step : steps) {
      script.append(real(step.typed)).append("\nprintf '\\n").append(MARK).append("%s\\n' $?\n");
    }
    // Whatever the page left running ends with it.
    script.append("jobs=$(jobs -p); if [ -n \"$jobs\" ]; then kill $jobs; wait; fi\n");
    product.file("page.sh", script.toString());
    var out = folder().resolve("page.out");
    var bash = product.shell("bash", "page.sh").redirectOutput(out.toFile()).start();
    if (!bash.waitFor(LONGEST_MINUTES, java.util.concurrent.TimeUnit.MINUTES)) {
      bash.descendants().forEach(ProcessHandle::destroy);
      bash.destroy();
      throw new AssertionError("the page does not end:\n" + Files.readString(out));
    }
    return List.of(Files.readString(out).split("\n" + MARK, -1));
  }

  private void check(Step step, List<String> outputs, int number) {
    if (number + 1 >= outputs.size()) throw new AssertionError("nothing is typed: " + step.typed);
    var before = outputs.get(number);
    var printed = number == 0 ? before : before.substring(before.indexOf('\n') + 1);
    var exit = outputs.get(number + 1).lines().findFirst().orElseThrow();
    var shown = asShown(printed);
    assertThat(exit).as(step.typed + "\nprinted\n" + shown).isEqualTo(step.exit);
    if (step.shown.isEmpty()) return;
    assertThat(trimmed(shown) + "\n").as(step.typed).matches(pattern(String.join("", step.shown)));
  }

  private static String trimmed(String text) {
    return text.replaceAll("(?m)[ \t]+$", "").strip();
  }

  private static Pattern pattern(String shown) {
    var pattern = new StringBuilder();
    for (var line : trimmed(shown).lines().toList()) {
      if (line.strip().equals("…")) {
        pattern.append("(?:.*\\n)*?");
        continue;
      }
      for (var piece : line.split("(?<=…)|(?=…)", -1)) {
        pattern.append(piece.equals("…") ? ".*" : Pattern.quote(piece));
      }
      pattern.append("\\n");
    }
    return Pattern.compile(pattern.toString());
  }

  @Override
  public void close() {
    product.close();
  }
}
