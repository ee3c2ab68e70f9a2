// The words that the API uses for the values of an enum, each way.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "alerts/alerts.h"
#include "api/internal/schema.h"
#include "audit/log.h"
#include "base/check.h"
#include "estate/estate.h"
#include "plate/read.h"
#include "watchlist/lists.h"
#include "watchlist/reason.h"

namespace regmark::api {

template <typename Enum, std::size_t size>
using Words = std::array<std::pair<Enum, std::string_view>, size>;

inline constexpr Words<watchlist::Grade, 3> grade_words{{
    {watchlist::Grade::exact, "exact"},
    {watchlist::Grade::look_alike, "look_alike"},
    {watchlist::Grade::near, "near"},
}};
inline constexpr Words<watchlist::Level, 4> level_words{{
    {watchlist::Level::local, "local"},
    {watchlist::Level::force, "force"},
    {watchlist::Level::regional, "regional"},
    {watchlist::Level::national, "national"},
}};
inline constexpr Words<watchlist::Priority, 3> priority_words{{
    {watchlist::Priority::low, "low"},
    {watchlist::Priority::medium, "medium"},
    {watchlist::Priority::high, "high"},
}};
inline constexpr Words<watchlist::EntryState, 4> entry_state_words{{
    {watchlist::EntryState::active, "active"},
    {watchlist::EntryState::expired, "expired"},
    {watchlist::EntryState::withdrawn, "withdrawn"},
    {watchlist::EntryState::resolved, "resolved"},
}};
inline constexpr Words<watchlist::ReasonCode, 7> reason_code_words{{
    {watchlist::ReasonCode::wanted, "wanted"},
    {watchlist::ReasonCode::missing, "missing"},
    {watchlist::ReasonCode::witness, "witness"},
    {watchlist::ReasonCode::stolen, "stolen"},
    {watchlist::ReasonCode::uninsured, "uninsured"},
    {watchlist::ReasonCode::crime, "crime"},
    {watchlist::ReasonCode::other, "other"},
}};
inline constexpr Words<estate::State, 3> estate_state_words{{
    {estate::State::proposed, "proposed"},
    {estate::State::live, "live"},
    {estate::State::stopped, "stopped"},
}};
inline constexpr Words<plate::Direction, 3> direction_words{{
    {plate::Direction::unknown, "unknown"},
    {plate::Direction::approaching, "approaching"},
    {plate::Direction::receding, "receding"},
}};
inline constexpr Words<plate::TimeSource, 3> time_source_words{{
    {plate::TimeSource::explicit_offset, "explicit_offset"},
    {plate::TimeSource::camera_setting, "camera_setting"},
    {plate::TimeSource::assumed, "assumed"},
}};
inline constexpr Words<plate::Phase, 2> phase_words{{
    {plate::Phase::provisional, "provisional"},
    {plate::Phase::final, "final"},
}};
inline constexpr Words<plate::PictureKind, 2> picture_kind_words{{
    {plate::PictureKind::plate, "plate"},
    {plate::PictureKind::overview, "overview"},
}};
template <typename Enum, std::size_t size>
std::string word(const Words<Enum, size>& words, Enum value) {
  for (const auto& [each, text] : words) {
    if (each == value) return std::string(text);
  }
  REGMARK_CHECK(false);
}

template <typename Enum, std::size_t size>
std::optional<Enum> value_of(const Words<Enum, size>& words, std::string_view text) {
  for (const auto& [each, known] : words) {
    if (known == text) return each;
  }
  return std::nullopt;
}

template <typename Enum, std::size_t size>
Json one_of(const Words<Enum, size>& words) {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto& [value, text] : words) schema["enum"].push_back(std::string(text));
  return schema;
}

}  // namespace regmark::api
