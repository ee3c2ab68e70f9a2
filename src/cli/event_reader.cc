#include "cli/event_reader.h"

namespace regmark::cli {
namespace {

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

void EventReader::take(std::string_view bytes, const std::function<void(const Event&)>& hand_on) {
  rest_ += bytes;
  for (auto end = rest_.find("\n\n"); end != std::string::npos; end = rest_.find("\n\n")) {
    const auto event = event_of(std::string_view(rest_).substr(0, end));
    rest_.erase(0, end + 2);
    if (!event.name.empty()) hand_on(event);
  }
}

}  // namespace regmark::cli
