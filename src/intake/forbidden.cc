#include "intake/forbidden.h"

#include <algorithm>
#include <array>

namespace regmark::intake {
namespace {

// Part of a name, in lower case without '_', '-' and blanks, and what it stands for. From the
// messages of the makes of camera in use (their own fields: pilotsafebelt, uphone, dangmark,
// passengerNum, vehicleFeature, barrierGateCtrl) and from what the product promises not to keep.
struct Forbidden {
  std::string_view in_name;
  std::string_view kind;
};
constexpr std::array forbidden{
    Forbidden{"occupant", "occupants"},
    Forbidden{"passenger", "occupants"},
    Forbidden{"driver", "occupants"},
    Forbidden{"pedestrian", "occupants"},
    Forbidden{"peoplecount", "occupants"},
    Forbidden{"face", "faces"},
    Forbidden{"biometric", "faces"},
    Forbidden{"seatbelt", "seat_belt"},
    Forbidden{"safebelt", "seat_belt"},
    Forbidden{"safetybelt", "seat_belt"},
    Forbidden{"phone", "phone"},
    Forbidden{"calling", "phone"},
    Forbidden{"smok", "smoking"},
    Forbidden{"gender", "traits_of_people"},
    Forbidden{"ethnic", "traits_of_people"},
    Forbidden{"emotion", "traits_of_people"},
    Forbidden{"fingerprint", "vehicle_fingerprint"},
    Forbidden{"vehiclesignature", "vehicle_fingerprint"},
    Forbidden{"vehiclefeature", "vehicle_fingerprint"},
    Forbidden{"embedding", "vehicle_fingerprint"},
    Forbidden{"featurevector", "vehicle_fingerprint"},
    Forbidden{"barrier", "barrier_command"},
    Forbidden{"opengate", "barrier_command"},
    Forbidden{"gatecontrol", "barrier_command"},
};

// The kinds, each once, in the order of the table.
constexpr auto kinds = [] {
  std::array<std::string_view, forbidden_kinds_max> list{};
  std::size_t size = 0;
  for (const auto& entry : forbidden) {
    const auto end = list.begin() + static_cast<std::ptrdiff_t>(size);
    if (std::find(list.begin(), end, entry.kind) == end) list.at(size++) = entry.kind;
  }
  return list;
}();

void append_folded(std::string& out, std::string_view name) {
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

}  // namespace

bool Dropped::note(std::string_view inside, std::string_view name) {
  constexpr std::size_t name_size_max = 128;  // a longer one is no field's name
  std::string folded;
  append_folded(folded, inside.substr(0, name_size_max));
  append_folded(folded, name.substr(0, name_size_max));
  bool found = false;
  for (const auto& entry : forbidden) {
    if (folded.find(entry.in_name) == std::string::npos) continue;
    found = true;
    const auto* const kind = std::find(kinds.begin(), kinds.end(), entry.kind);
    kinds_.set(static_cast<std::size_t>(kind - kinds.begin()));
  }
  return found;
}

std::vector<std::string> Dropped::names() const {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < kinds.size(); ++at) {
    if (kinds_.test(at)) names.emplace_back(kinds.at(at));
  }
  return names;
}

}  // namespace regmark::intake
