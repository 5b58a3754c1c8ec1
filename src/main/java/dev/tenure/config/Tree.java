package dev.tenure.config;

import dev.tenure.config.Finding.By;
import dev.tenure.config.Value.Entry;
import dev.tenure.config.Value.Items;
import dev.tenure.config.Value.Kind;
import dev.tenure.config.Value.Mapping;
import dev.tenure.config.Value.Scalar;
import dev.tenure.config.Value.Style;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Makes [Value]s of the parser's nodes. Notes keys that stand twice, keys that are no text, and
/// tags; throws [Problem.Found] where aliases make the whole endless or huge.
final class Tree {
  private static final int VALUES_MAX = 2_000_000;
  private static final int DEPTH_MAX = 100;
  private static final int DIGITS_MAX = 30;

  private final YamlFile file;
  private final Findings findings;
  private int values;
  private int depth;

  Tree(YamlFile file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  Value of(Node node, String path) {
    var place = YamlFile.place(node.getStartMark());
    if (++values > VALUES_MAX) throw stop(place, "aliases make the file too large");
    if (depth >= DEPTH_MAX) throw stop(place, "it is nested too deeply");
    depth++;
    try {
      return switch (node) {
        case MappingNode mapping -> mapping(mapping, place, path);
        case SequenceNode sequence -> items(sequence, place, path);
        case ScalarNode scalar -> scalar(scalar, place, path);
        default -> throw stop(place, "this is no mapping, list or text");
      };
    } finally {
      depth--;
    }
  }

  private Problem.Found stop(Place place, String message) {
    return file.syntax(place, message, "write it out without aliases").found();
  }

  private Mapping mapping(MappingNode node, Place place, String path) {
    checkTag(node, place, path);
    var entries = new LinkedHashMap<String, Entry>();
    for (var tuple : node.getValue()) add(entries, tuple, path);
    return new Mapping(place, entries);
  }

  private void add(Map<String, Entry> entries, NodeTuple tuple, String path) {
    var at = YamlFile.place(tuple.getKeyNode().getStartMark());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      note(path, at, "a key must be a text", "put the key in quotes");
      return;
    }
    var name = key.getValue();
    var earlier = entries.get(name);
    if (earlier == null) {
      entries.put(name, new Entry(at, of(tuple.getValueNode(), Paths.child(path, name))));
      return;
    }
    note(
        Paths.child(path, name),
        at,
        "the key '" + name + "' stands twice, first at line " + earlier.place().line(),
        "keep one of the two");
  }

  private Items items(SequenceNode node, Place place, String path) {
    checkTag(node, place, path);
    var items = new ArrayList<Value>();
    for (var item : node.getValue()) items.add(of(item, Paths.item(path, items.size())));
    return new Items(place, List.copyOf(items));
  }

  private Scalar scalar(ScalarNode node, Place place, String path) {
    return new Scalar(place, node.getValue(), kind(node, place, path), style(node));
  }

  private Kind kind(ScalarNode node, Place place, String path) {
    var tag = node.getTag();
    var text = node.getValue();
    if (tag.equals(Tag.NULL)) return Kind.EMPTY;
    if (tag.equals(Tag.BOOL)) return Kind.FLAG;
    if (tag.equals(Tag.INT) && text.length() <= DIGITS_MAX) return Kind.WHOLE;
    if (tag.equals(Tag.FLOAT) && text.matches("[-+0-9.eE]+")) return Kind.NUMBER;
    if (!tag.equals(Tag.INT) && !tag.equals(Tag.FLOAT)) checkTag(node, place, path);
    return Kind.TEXT;
  }

  private static Style style(ScalarNode node) {
    var style = node.getScalarStyle();
    if (style == ScalarStyle.LITERAL) return Style.LITERAL;
    if (style == ScalarStyle.FOLDED) return Style.FOLDED;
    int first = YamlFile.place(node.getStartMark()).line();
    if (first != YamlFile.place(node.getEndMark()).line()) return Style.MANY;
    if (style == ScalarStyle.SINGLE_QUOTED) return Style.SINGLE;
    return style == ScalarStyle.DOUBLE_QUOTED ? Style.DOUBLE : Style.PLAIN;
  }

  private void checkTag(Node node, Place place, String path) {
    var tag = node.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.MAP) || tag.equals(Tag.SEQ)) return;
    note(path, place, "the tag '" + tag.getValue() + "' has no meaning here", "remove the tag");
  }

  private void note(String path, Place place, String message, String remedy) {
    findings.add(new Finding(path, place, By.SYNTAX, file.syntax(place, message, remedy)));
  }
}
