#include "documents/page.h"

#include <gtest/gtest.h>

namespace regmark::documents {
namespace {

TEST(Page, ShowsEachBlockInOrder) {
  const auto page =
      page_of({.title = "A title",
               .blocks = {Heading{2, "First"}, Paragraph{"Some text."},
                          Table{"Counts", {"day", "reads"}, {{"Monday", "3"}, {"Tuesday", "4"}}},
                          Heading{3, "Second"}, Picture{"pictures/one.jpg", {}, "A vehicle"}}});
  std::size_t at = 0;
  for (const auto* part :
       {"<title>A title</title>", "<h1>A title</h1>", "<h2>First</h2>", "<p>Some text.</p>",
        "<caption>Counts</caption>", "<th scope=\"col\">day</th>", "<td>Tuesday</td><td>4</td>",
        "<h3>Second</h3>", "<img src=\"pictures/one.jpg\" alt=\"A vehicle\">",
        "<figcaption>A vehicle</figcaption>"}) {
    const auto found = page.find(part, at);
    ASSERT_NE(found, std::string::npos) << part << " is not where it should be in " << page;
    at = found;
  }
}

TEST(Page, TakesNoTextForMarkup) {
  const std::string nasty = "\"><script>alert(1)</script>&amp;";
  const auto page =
      page_of({.title = nasty,
               .blocks = {Heading{2, nasty}, Paragraph{nasty}, Table{nasty, {nasty}, {{nasty}}},
                          Picture{nasty, {}, nasty}}});
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"),
            std::string::npos);
}

}  // namespace
}  // namespace regmark::documents
