package dev.tenure.cli;

import dev.tenure.book.Book;
import dev.tenure.book.Shell;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// `tenure docs --to DIR --man DIR`: writes the book as static pages, and the pages for `man`. Who
/// builds Tenure needs it; everybody else reads the book at a server's `/docs`.
public final class DocsCommand implements Command {
  @Override
  public String name() {
    return "docs";
  }

  /// Not among those that `--help` shows.
  @Override
  public String summary() {
    return "";
  }

  @Override
  public List<String> outputs() {
    return List.of("table");
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.option(spec, "--to", "DIR", "Writes the book as static pages into this folder.");
    Commands.option(spec, "--man", "DIR", "Writes a page for man of each command there.");
  }

  @Override
  public int run(Call call) {
    var to = call.optional("--to").map(Path::of);
    var man = call.optional("--man").map(Path::of);
    if (to.isEmpty() && man.isEmpty()) throw call.usage("say --to DIR, --man DIR or both");
    try {
      if (to.isPresent()) book(to.get());
      if (man.isPresent()) manual(man.get());
      return 0;
    } catch (IOException e) {
      throw new Problem(
              Code.USAGE,
              "the folder cannot be written to: " + e.getMessage(),
              Map.of(),
              "name another one")
          .found();
    }
  }

  private static void book(Path folder) throws IOException {
    var book = Book.read();
    var shell = new Shell(book, "", false);
    for (var page : book.pages().values()) {
      write(folder.resolve(page.path()), shell.page(page).getBytes(StandardCharsets.UTF_8));
    }
    for (var name : book.files()) {
      write(folder.resolve(name), book.file(name).orElseThrow());
    }
  }

  private static void manual(Path folder) throws IOException {
    for (var page : new ManPages(CommandLineFace.root()).all().entrySet()) {
      write(folder.resolve(page.getKey()), page.getValue().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes);
  }
}
