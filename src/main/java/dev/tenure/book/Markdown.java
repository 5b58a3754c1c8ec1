package dev.tenure.book;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Makes HTML of a page. Headings get the anchors that GitHub gives them, and rows of the table of
/// problems their codes.
final class Markdown {
  private static final Pattern COMMENT = Pattern.compile("<!--.*-->\\s*", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("[A-Z]{2,}(_[A-Z]+)*");
  private static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  private final Node document;
  private final Map<Node, String> ids = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  Markdown(String text, Links links) {
    this.document = PARSER.parse(text);
    document.accept(new Prepared(links));
  }

  /// Takes comments out, turns links, and gives each heading its anchor.
  private final class Prepared extends AbstractVisitor {
    private final Links links;

    Prepared(Links links) {
      this.links = links;
    }

    @Override
    public void visit(HtmlBlock block) {
      if (COMMENT.matcher(block.getLiteral()).matches()) block.unlink();
    }

    @Override
    public void visit(Link link) {
      link.setDestination(links.address(link.getDestination()));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      image.setDestination(links.address(image.getDestination()));
      visitChildren(image);
    }

    @Override
    public void visit(Heading heading) {
      ids.put(heading, anchor(Texts.of(heading)));
      visitChildren(heading);
    }
  }

  /// Letters, digits, `-` and `_` of the heading; the second of one name ends with `-1`.
  private String anchor(String heading) {
    var name = heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
    var base = name.replace(' ', '-');
    var anchor = base;
    for (int i = 1; !taken.add(anchor); i++) anchor = base + "-" + i;
    return anchor;
  }

  Node document() {
    return document;
  }

  /// The anchor of a heading.
  String id(Heading heading) {
    return ids.getOrDefault(heading, "");
  }

  String html() {
    var renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(_ -> this::attributes)
            .build();
    // Only the renderer itself writes this: in texts the signs are escaped.
    return renderer
        .render(document)
        .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
  }

  private void attributes(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Heading) attributes.put("id", ids.getOrDefault(node, ""));
    if (node instanceof TableRow row) {
      code(row).filter(taken::add).ifPresent(code -> attributes.put("id", code));
    }
    boolean scrolls = node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock;
    if (scrolls && tag.equals("pre")) attributes.put("tabindex", "0");
  }

  /// The code that a row of problems begins with.
  private static Optional<String> code(TableRow row) {
    return Optional.ofNullable(row.getFirstChild())
        .map(Node::getFirstChild)
        .filter(Code.class::isInstance)
        .map(first -> ((Code) first).getLiteral())
        .filter(text -> CODE.matcher(text).matches());
  }
}
