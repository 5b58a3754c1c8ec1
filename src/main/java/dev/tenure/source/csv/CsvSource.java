package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Intake;
import dev.tenure.source.Past;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import dev.tenure.source.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// People from a CSV file, read row by row, and their groups from others. Columns may move between
/// reads; one that vanishes makes the read incomplete, for its values would vanish from every
/// account.
public final class CsvSource implements Source {
  private static final String WRITTEN = "the file is being written";
  private final CsvConfig config;
  private final Time time;

  public CsvSource(CsvConfig config, Time time) {
    this.config = config;
    this.time = time;
  }

  @Override
  public SourceSchema schema() {
    return schema(config);
  }

  /// What a file of this configuration has.
  public static SourceSchema schema(CsvConfig config) {
    var arities = new TreeMap<String, Arity>();
    config.columns().forEach(c -> arities.put(c.attribute(), c.arity()));
    return new SourceSchema(arities);
  }

  @Override
  public Source after(Past past) {
    return new CsvSource(config.expecting(config.expected().after(past)), time);
  }

  @Override
  public Optional<Feed> feed() {
    return Optional.of(new CsvFeed(config, time));
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var intake = new Intake(people);
    try {
      var before = Stamp.of(config.files());
      time.rest(before.unsettled(config.settle(), time));
      var fault = before.equals(Stamp.of(config.files())) ? rows(intake) : Optional.of(WRITTEN);
      if (fault.isEmpty() && !before.equals(Stamp.of(config.files()))) {
        fault = Optional.of("the file changed while it was read");
      }
      return fault.isEmpty()
          ? intake.end(config.file().toString(), config.expected())
          : intake.incomplete(cut(intake, fault.get()));
    } catch (Problem.Found e) {
      return intake.incomplete(e.problems().getFirst());
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      return intake.incomplete(CsvFile.unreadable(config.file(), e));
    }
  }

  /// Groups first: without them everybody would look out of scope.
  private Optional<String> rows(Intake intake) throws IOException {
    @Nullable GroupFiles groups =
        config.groups().map(g -> new GroupFiles(config, g, intake)).orElse(null);
    var fault = groups == null ? Optional.<String>empty() : groups.read();
    if (fault.isPresent()) return fault;
    fault =
        new CsvPass(config.file(), config.form(), config.names())
            .over(header -> new CsvRow(config, header, intake, groups)::take);
    if (groups != null && fault.isEmpty()) groups.end();
    return fault;
  }

  private Problem cut(Intake intake, String what) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        what + " (" + intake.count() + " people read)",
        Map.of("file", config.file().toString()),
        "write the file whole under another name and rename it; nobody was made a leaver by this");
  }
}
