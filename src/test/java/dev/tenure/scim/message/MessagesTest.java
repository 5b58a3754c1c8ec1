package dev.tenure.scim.message;

import static dev.tenure.scim.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
  private static final SearchRequest.PageSize SIZE = new SearchRequest.PageSize(25, 100);

  @Test
  void theStatusOfAnErrorIsTextCase117() {
    assertThat(ErrorMessage.render(ScimException.bad(ScimType.invalidPath, "why")))
        .isEqualTo(
            json(
                "{'schemas':['%s'],'scimType':'invalidPath','detail':'why','status':'400'}"
                    .formatted(ErrorMessage.SCHEMA)));
    assertThat(ErrorMessage.render(404, "gone").has("scimType")).isFalse();
  }

  @Test
  void aListIsTheSameFromTreesAndFromTextCase49() {
    var mara = Samples.mara();
    var text = ListResponse.text(7, 3, List.of(mara.toString()));
    assertThat(ScimJson.read(text))
        .isEqualTo(ScimJson.read(ListResponse.render(7, 3, List.of(mara.view())).toString()));
    assertThat(ScimJson.read(text).path("itemsPerPage").isIntegralNumber()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,-1,1,0", "-7,0,1,0", "5,99999999999999999999,5,100", "'','',1,25"})
  void pagesStayWithinTheirBoundsCases45And48(String start, String count, int from, int size) {
    var request = SearchRequest.ofQuery(Map.of("startIndex", start, "count", count), SIZE);
    assertThat(request.startIndex()).isEqualTo(from);
    assertThat(request.count()).isEqualTo(size);
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> SearchRequest.ofQuery(Map.of("count", "ten"), SIZE))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidValue));
  }

  @Test
  void aSearchAsksLikeAQueryCase51() {
    var query =
        Map.of(
            "filter",
            "title pr",
            "attributes",
            "a, b",
            "sortBy",
            "title",
            "sortOrder",
            "Descending",
            "count",
            "7",
            "aadOptscim062020",
            "true");
    var body =
        json(
            "{'filter':'title pr','attributes':['a','b'],'sortBy':'title',"
                + "'sortOrder':'descending','count':7}");
    assertThat(SearchRequest.read(body, SIZE)).isEqualTo(SearchRequest.ofQuery(query, SIZE));
  }
}
