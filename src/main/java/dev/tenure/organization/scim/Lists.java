package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Cursors;
import dev.tenure.organization.Listing;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.Place;
import dev.tenure.organization.store.SearchStore.Found;
import dev.tenure.organization.store.SearchStore.Page;
import dev.tenure.organization.store.Slice;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// Answers lists: pages by number (RFC 7644 §3.4.2.4) or by cursor (RFC 9865).
final class Lists {
  private static final String BY_ID = "";
  private final Cursors cursors;

  Lists(Cursors cursors) {
    this.cursors = cursors;
  }

  /// What was asked, and of what: `type` is the name of the resource type, empty for all of them.
  record Asked(Call call, String type, SearchRequest search, SortOrder order) {
    private Cursors.Query query() {
      var order = search.sortBy().isEmpty() ? BY_ID : search.sortBy() + " " + search.descending();
      return new Cursors.Query(
          call.endpoint().organization().id(), type, search.filter(), order, search.count());
    }
  }

  /// `pages` reads a page, `rendering` writes a resource of it.
  Response answer(
      Asked asked, Function<Listing, Page> pages, Function<Found, Rendering> rendering) {
    var page = pages.apply(new Listing(asked.order(), slice(asked)));
    var head = head(asked, page);
    if (page.found().stream().noneMatch(found -> found.resource().isPortioned())) {
      var texts = page.found().stream().map(f -> rendering.apply(f).text(f.resource())).toList();
      return Response.of(200, Answers.SCIM, ListResponse.text(head, texts));
    }
    return Response.streamed(200, Answers.SCIM, out -> stream(head, page.found(), rendering, out));
  }

  private static void stream(
      ListResponse.Head head,
      List<Found> found,
      Function<Found, Rendering> rendering,
      OutputStream out)
      throws IOException {
    var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    ListResponse.begin(head, writer);
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) writer.append(',');
      rendering.apply(found.get(i)).write(found.get(i).resource(), writer);
    }
    ListResponse.end(writer);
    writer.flush();
  }

  private Slice slice(Asked asked) {
    var search = asked.search();
    if (search.cursor().isEmpty()) return new Slice.At(search.startIndex() - 1, search.count());
    var cursor = search.cursor().get();
    return cursor.isEmpty() ? new Slice.First(search.count()) : cursors.open(asked.query(), cursor);
  }

  private ListResponse.Head head(Asked asked, Page page) {
    var search = asked.search();
    var size = page.found().size();
    if (search.cursor().isEmpty()) {
      return ListResponse.Head.numbered(page.total(), size, search.startIndex());
    }
    return ListResponse.Head.beside(
        page.total(),
        size,
        page.before().map(place -> cursor(asked, place, page)),
        page.after().map(place -> cursor(asked, place, page)));
  }

  private String cursor(Asked asked, Place place, Page page) {
    return cursors.seal(asked.query(), place, page.total());
  }
}
