#include "cli/event_reader.h"

#include <gtest/gtest.h>

#include <vector>

namespace regmark::cli {
namespace {

TEST(EventReader, CutsEventsOutOfBytesAsTheyCome) {
  const std::string stream =
      "event: hello\ndata: {\"receipt\":1}\n\n: still here\n\nevent: sighting\nid: r-1\n"
      "data: one,\ndata: two\n\n";
  for (std::size_t step = 1; step <= stream.size(); ++step) {
    EventReader reader;
    std::vector<std::pair<std::string, std::string>> events;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      reader.take(std::string_view(stream).substr(at, step),
                  [&](const Event& event) { events.emplace_back(event.name, event.data); });
    }
    const std::vector<std::pair<std::string, std::string>> want = {{"hello", "{\"receipt\":1}"},
                                                                   {"sighting", "one,two"}};
    EXPECT_EQ(events, want) << step;
  }
}

}  // namespace
}  // namespace regmark::cli
