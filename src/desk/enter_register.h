// Takes in a register of cameras that was kept elsewhere.
#pragma once

#include <vector>

#include "desk/desk.h"
#include "desk/register_csv.h"

namespace regmark::desk {

struct Entered {
  std::size_t sites = 0;
  std::size_t cameras = 0;
  std::size_t counts = 0;
  std::size_t costs = 0;
  std::size_t reviews = 0;       // that were held before
  std::size_t held_already = 0;  // of all of these: they said nothing new
  std::vector<Missing> missing{};
};

// All of it or nothing, in one transaction. Fails as read_register_csv(), estate::Estate and
// camera_register::CameraRegister do.
Result<Answer<Entered>> enter_register(const Desk& desk, const Asker& asker, std::string_view csv);
// The same without taking anything in: what would be, and what is missing. Fails where that would.
Result<Answer<Entered>> check_register(const Desk& desk, const Asker& asker, std::string_view csv);

// One cost, written down by hand. Fails as CameraRegister::add_cost() does.
Result<Answer<Nothing>> add_cost(const Desk& desk, const Asker& asker,
                                 const camera_register::Cost& cost,
                                 camera_register::LikeOne like_one);

}  // namespace regmark::desk
