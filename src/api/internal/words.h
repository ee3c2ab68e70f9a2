// The words that the API uses for the values of an enum, each way.
#pragma once

#include <string>

#include "alerts/alerts.h"
#include "api/internal/schema.h"
#include "assessment/guidance.h"
#include "audit/log.h"
#include "base/word_table.h"
#include "estate/estate.h"
#include "plate/read_words.h"
#include "watchlist/lists.h"
#include "watchlist/reason.h"

namespace regmark::api {

using base::value_of;
using base::word;
using base::Words;
using plate::direction_words;
using plate::phase_words;
using plate::picture_kind_words;
using plate::time_source_words;

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
using watchlist::reason_code_words;
inline constexpr Words<estate::State, 3> estate_state_words{{
    {estate::State::proposed, "proposed"},
    {estate::State::live, "live"},
    {estate::State::stopped, "stopped"},
}};
inline constexpr Words<assessment::FieldKind, 4> field_kind_words{{
    {assessment::FieldKind::words, "words"},
    {assessment::FieldKind::choice, "choice"},
    {assessment::FieldKind::number, "number"},
    {assessment::FieldKind::day, "day"},
}};
inline constexpr Words<assessment::Presence, 3> presence_words{{
    {assessment::Presence::needed, "needed"},
    {assessment::Presence::optional, "optional"},
    {assessment::Presence::claimed, "claimed"},
}};
template <typename Enum, std::size_t size>
Json one_of(const Words<Enum, size>& words) {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const auto& [value, text] : words) schema["enum"].push_back(std::string(text));
  return schema;
}

}  // namespace regmark::api
