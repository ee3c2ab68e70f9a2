#include "cli/event_reader.h"

namespace regmark::cli {
namespace {

constexpr std::string_view event_end = "\n\n";

tl::unexpected<Error> too_long() {
  return fail(ErrorCode::limit_exceeded,
              "what is told has more than " + std::to_string(event_size_max) + " bytes at once");
}

Event event_of(std::string_view block) {
  constexpr std::string_view of_name = "event: ";
  constexpr std::string_view of_data = "data: ";
  Event event;
  while (!block.empty()) {
    const auto end = block.find('\n');
    const auto line = block.substr(0, end);
    if (line.starts_with(of_name)) event.name = line.substr(of_name.size());
    if (line.starts_with(of_data)) event.data += line.substr(of_data.size());
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
  }
  return event;
}

}  // namespace

Result<void> EventReader::take(std::string_view bytes,
                               const std::function<void(const Event&)>& hand_on) {
  rest_ += bytes;
  for (auto end = rest_.find(event_end); end != std::string::npos; end = rest_.find(event_end)) {
    if (end > event_size_max) return too_long();
    const auto event = event_of(std::string_view(rest_).substr(0, end));
    rest_.erase(0, end + event_end.size());
    if (!event.name.empty()) hand_on(event);
  }
  // The last byte may be half of the end.
  if (rest_.size() > event_size_max + 1) return too_long();
  return {};
}

}  // namespace regmark::cli
