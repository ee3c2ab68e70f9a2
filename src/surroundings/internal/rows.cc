#include "surroundings/internal/rows.h"

#include <charconv>

#include "base/words.h"

namespace regmark::surroundings::internal {
namespace {

tl::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

template <typename Number>
Result<Number> number_in(const std::string& text, std::string_view what, Number least,
                         Number most) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  const bool is_one = error == std::errc() && stopped == end && value >= least && value <= most;
  if (!is_one) return wrong("the " + std::string(what) + " is no number, or out of range");
  return value;
}

Result<base::Position> position_in(const std::string& latitude, const std::string& longitude) {
  REGMARK_ASSIGN(const auto north, number_in<double>(latitude, "latitude", -90, 90));
  REGMARK_ASSIGN(const auto east, number_in<double>(longitude, "longitude", -180, 180));
  return base::make_position(north, east);
}

}  // namespace

Result<planning::Cell> PopulationRows::read(const Fields& fields) {
  REGMARK_ASSIGN(const auto position, position_in(fields[0], fields[1]));
  REGMARK_ASSIGN(const auto residents, number_in<std::int64_t>(fields[2], "number of residents", 0,
                                                               planning::residents_max));
  return planning::Cell{position, residents};
}

Result<Traffic> TrafficRows::read(const Fields& fields) {
  REGMARK_ASSIGN(const auto position, position_in(fields[0], fields[1]));
  REGMARK_ASSIGN(const auto vehicles, number_in<std::int64_t>(fields[2], "number of vehicles", 0,
                                                              planning::vehicles_max));
  return Traffic{position, vehicles};
}

Result<planning::PlaceInput> SettlementRows::read(const Fields& fields) {
  constexpr double radius_least_m = 10, radius_most_m = 50'000;
  REGMARK_TRY(base::check_words("the name", fields[0], name_size_max));
  if (!names.insert(fields[0]).second) return wrong("the name stands there twice");
  REGMARK_ASSIGN(const auto position, position_in(fields[1], fields[2]));
  REGMARK_ASSIGN(const auto radius,
                 number_in<double>(fields[3], "radius", radius_least_m, radius_most_m));
  return planning::PlaceInput{fields[0], fields[0], {position, radius}};
}

Result<Crime> CrimeRows::read(const Fields& fields) {
  constexpr std::uint64_t count_most = 10'000'000;
  REGMARK_TRY(base::check_words("the area", fields[0], name_size_max));
  REGMARK_TRY(base::check_printable("the road", fields[1], name_size_max));
  REGMARK_TRY(base::check_words("the kind", fields[2], name_size_max));
  if (!seen.insert({fields[0], fields[1], fields[2]}).second) {
    return wrong("this kind stands there twice for the area and road");
  }
  REGMARK_ASSIGN(const auto count, number_in<std::uint64_t>(fields[3], "count", 0, count_most));
  return Crime{fields[0], fields[1], fields[2], count};
}

Result<Point> PointRows::read(const Fields& fields) {
  REGMARK_TRY(base::check_words("the name", fields[0], name_size_max));
  const auto kind = base::value_of(point_kind_words, fields[1]);
  if (!kind) return wrong("there is no such kind: infrastructure, border or crowded_place");
  REGMARK_ASSIGN(const auto position, position_in(fields[2], fields[3]));
  return Point{fields[0], *kind, position};
}

}  // namespace regmark::surroundings::internal
