// Server-sent events, cut out of the bytes of a stream.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regmark::cli {

struct Event {
  std::string name;
  std::string data;  // its lines, joined
};

// Far more than the office tells at once: an alert with all its grounds is a few thousand bytes.
inline constexpr std::size_t event_size_max = std::size_t{1} << 20U;

// Holds what came of the event that is not whole yet, and no more than event_size_max of it.
class EventReader {
 public:
  // Hands on each event that these bytes complete; comments are none. Fails with
  //   limit_exceeded   one has more than event_size_max bytes; nothing after it is read
  Result<void> take(std::string_view bytes, const std::function<void(const Event&)>& hand_on);

 private:
  std::string rest_;
};

}  // namespace regmark::cli
