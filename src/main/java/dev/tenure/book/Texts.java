package dev.tenure.book;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/// The words of a piece of a page, without its markup.
final class Texts extends AbstractVisitor {
  private final StringBuilder words = new StringBuilder();

  static String of(Node node) {
    var texts = new Texts();
    node.accept(texts);
    return texts.words.toString();
  }

  @Override
  public void visit(Text text) {
    words.append(text.getLiteral());
  }

  @Override
  public void visit(Code code) {
    words.append(code.getLiteral());
  }

  @Override
  public void visit(HtmlInline html) {
    words.append(html.getLiteral());
  }

  @Override
  public void visit(SoftLineBreak line) {
    words.append(' ');
  }

  @Override
  public void visit(FencedCodeBlock block) {
    words.append(block.getLiteral());
  }

  @Override
  public void visit(IndentedCodeBlock block) {
    words.append(block.getLiteral());
  }

  /// Cells, rows and items do not run into each other.
  @Override
  protected void visitChildren(Node parent) {
    super.visitChildren(parent);
    if (parent instanceof org.commonmark.node.Block) words.append(' ');
    else if (parent instanceof org.commonmark.node.CustomNode) words.append(' ');
  }
}
