// Server-sent events, cut out of the bytes of a stream.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace regmark::cli {

struct Event {
  std::string name;
  std::string data;  // its lines, joined
};

class EventReader {
 public:
  // Hands on each event that these bytes complete; comments are none.
  void take(std::string_view bytes, const std::function<void(const Event&)>& hand_on);

 private:
  std::string rest_;
};

}  // namespace regmark::cli
