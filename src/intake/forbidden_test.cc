#include "intake/forbidden.h"

#include <gtest/gtest.h>

namespace regmark::intake {
namespace {

std::string outcome(std::string_view inside, std::string_view name) {
  Dropped dropped;
  if (!dropped.note(inside, name)) return dropped.empty() ? "kept" : "confused";
  std::string all;
  for (const auto& kind : dropped.names()) all += (all.empty() ? "" : ",") + kind;
  return all;
}

TEST(Dropped, KnowsWhatMustNotBeHeldByAnyOfItsNames) {
  struct Case {
    std::string_view inside, name, want;
  };
  constexpr Case cases[] = {
      {"", "faces", "faces"},
      {"", "FaceImage", "faces"},
      {"", "driver_face", "occupants,faces"},
      {"", "occupants", "occupants"},
      {"", "passengerCount", "occupants"},
      {"", "seat_belt", "seat_belt"},
      {"", "seatBelt", "seat_belt"},
      {"", "pilotsafebelt", "seat_belt"},
      {"", "uphone", "phone"},
      {"", "mobile-phone", "phone"},
      {"", "smoking", "smoking"},
      {"", "vehicle_fingerprint", "vehicle_fingerprint"},
      {"vehicle", "signature", "vehicle_fingerprint"},
      {"vehicle", "feature", "vehicle_fingerprint"},
      {"", "barrierGateCtrl", "barrier_command"},
      {"", "open gate", "barrier_command"},
      {"", "gender", "traits_of_people"},
      // What only sounds like it.
      {"", "signature", "kept"},
      {"", "image", "kept"},
      {"", "gate", "kept"},
      {"", "make", "kept"},
      {"vehicle", "model", "kept"},
      {"", "", "kept"},
  };
  for (const auto& [inside, name, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(outcome(inside, name), want);
  }
}

TEST(Dropped, ListsEachKindOnce) {
  Dropped dropped;
  for (const auto* const name : {"smoking", "faces", "face", "smoke"}) dropped.note("", name);
  EXPECT_EQ(dropped.names(), (std::vector<std::string>{"faces", "smoking"}));
}

}  // namespace
}  // namespace regmark::intake
