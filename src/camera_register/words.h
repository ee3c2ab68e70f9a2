// The few words that the register counts by. Whatever is meant for the public is made of these and
// of numbers: nothing here can name a place.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace regmark::camera_register {

enum class CameraKind : std::uint8_t {
  fixed,
  in_vehicle,
  movable,
  cctv_with_anpr,
  shared,  // of a local authority or another body
  body_worn,
  estate_cctv,
  other,
};
inline constexpr CameraKind all_kinds[] = {
    CameraKind::fixed,  CameraKind::in_vehicle, CameraKind::movable,     CameraKind::cctv_with_anpr,
    CameraKind::shared, CameraKind::body_worn,  CameraKind::estate_cctv, CameraKind::other};

// The columns of the deployment matrix, and what was never written down.
enum class Ground : std::uint8_t {
  national_security,
  serious_organised_major_crime,
  local_crime,
  crime_prevention,
  community_confidence,
  not_recorded,
};
inline constexpr Ground all_grounds[] = {
    Ground::national_security, Ground::serious_organised_major_crime, Ground::local_crime,
    Ground::crime_prevention,  Ground::community_confidence,          Ground::not_recorded};

enum class CostKind : std::uint8_t { purchase, installation, running, removal, other };
inline constexpr CostKind all_cost_kinds[] = {CostKind::purchase, CostKind::installation,
                                              CostKind::running, CostKind::removal,
                                              CostKind::other};

// How sure a figure or a date is.
enum class Certainty : std::uint8_t { exact, approximate, not_recorded };

enum class Question : std::uint8_t {
  standing,          // how many cameras, by kind, at the end of a day
  installed,         // between two days
  removed,           // between two days
  costs,             // by year and kind
  grounds,           // of what stands, by category
  reviews,           // done between two days, and overdue at the end
  impact_published,  // whose impact assessment is published
};
inline constexpr Question all_questions[] = {
    Question::standing, Question::installed, Question::removed,         Question::costs,
    Question::grounds,  Question::reviews,   Question::impact_published};
// What happened from one day to another; the others are of the last day alone.
inline bool is_of_a_time(Question question) {
  return question == Question::installed || question == Question::removed ||
         question == Question::costs || question == Question::reviews;
}

std::string_view name(CameraKind kind);
std::string_view name(Ground ground);
std::string_view name(CostKind kind);
std::string_view name(Certainty certainty);
std::string_view name(Question question);
std::optional<CameraKind> kind_of(std::string_view name);
std::optional<Ground> ground_of(std::string_view name);
std::optional<CostKind> cost_kind_of(std::string_view name);
std::optional<Certainty> certainty_of(std::string_view name);
std::optional<Question> question_of(std::string_view name);

}  // namespace regmark::camera_register
