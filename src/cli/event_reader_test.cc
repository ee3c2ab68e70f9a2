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
      const auto taken =
          reader.take(std::string_view(stream).substr(at, step),
                      [&](const Event& event) { events.emplace_back(event.name, event.data); });
      ASSERT_TRUE(taken);
    }
    const std::vector<std::pair<std::string, std::string>> want = {{"hello", "{\"receipt\":1}"},
                                                                   {"sighting", "one,two"}};
    EXPECT_EQ(events, want) << step;
  }
}

// However its bytes come, and whether or not it ends.
TEST(EventReader, HoldsNoEventThatIsTooLong) {
  struct Case {
    std::size_t size;
    const char* end;
    const char* want;
  };
  constexpr Case cases[] = {
      {event_size_max, "\n\n", "one event"},
      {event_size_max, "\n", "none yet"},
      {event_size_max + 1, "\n\n", "limit_exceeded"},
      {event_size_max + 2, "", "limit_exceeded"},
  };
  const std::string head = "event: sighting\ndata: ";
  for (const auto& [size, end, want] : cases) {
    const auto stream = head + std::string(size - head.size(), 'x') + end;
    for (const std::size_t step : {std::size_t{16'384}, stream.size() - 1, stream.size()}) {
      SCOPED_TRACE(std::to_string(size) + " by " + std::to_string(step));
      EventReader reader;
      std::string said = "none yet";
      for (std::size_t at = 0; at < stream.size() && said == "none yet"; at += step) {
        const auto taken = reader.take(std::string_view(stream).substr(at, step),
                                       [&](const Event&) { said = "one event"; });
        if (!taken) said = name(taken.error().code);
      }
      EXPECT_EQ(said, want);
    }
  }
}

}  // namespace
}  // namespace regmark::cli
