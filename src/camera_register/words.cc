#include "camera_register/words.h"

#include "base/word_table.h"

namespace regmark::camera_register {
namespace {

constexpr Certainty certainties[] = {Certainty::exact, Certainty::approximate,
                                     Certainty::not_recorded};

}  // namespace

std::string_view name(CameraKind kind) {
  switch (kind) {
    case CameraKind::fixed:
      return "fixed";
    case CameraKind::in_vehicle:
      return "in_vehicle";
    case CameraKind::movable:
      return "movable";
    case CameraKind::cctv_with_anpr:
      return "cctv_with_anpr";
    case CameraKind::shared:
      return "shared";
    case CameraKind::body_worn:
      return "body_worn";
    case CameraKind::estate_cctv:
      return "estate_cctv";
    case CameraKind::other:
      return "other";
  }
  return "unknown";
}

std::string_view name(Ground ground) {
  switch (ground) {
    case Ground::national_security:
      return "national_security";
    case Ground::serious_organised_major_crime:
      return "serious_organised_major_crime";
    case Ground::local_crime:
      return "local_crime";
    case Ground::crime_prevention:
      return "crime_prevention";
    case Ground::community_confidence:
      return "community_confidence";
    case Ground::not_recorded:
      return "not_recorded";
  }
  return "unknown";
}

std::string_view name(CostKind kind) {
  switch (kind) {
    case CostKind::purchase:
      return "purchase";
    case CostKind::installation:
      return "installation";
    case CostKind::running:
      return "running";
    case CostKind::removal:
      return "removal";
    case CostKind::other:
      return "other";
  }
  return "unknown";
}

std::string_view name(Certainty certainty) {
  switch (certainty) {
    case Certainty::exact:
      return "exact";
    case Certainty::approximate:
      return "approximate";
    case Certainty::not_recorded:
      return "not_recorded";
  }
  return "unknown";
}

std::string_view name(Question question) {
  switch (question) {
    case Question::standing:
      return "standing";
    case Question::installed:
      return "installed";
    case Question::removed:
      return "removed";
    case Question::costs:
      return "costs";
    case Question::grounds:
      return "grounds";
    case Question::reviews:
      return "reviews";
    case Question::impact_published:
      return "impact_published";
  }
  return "unknown";
}

std::optional<CameraKind> kind_of(std::string_view wanted) {
  return base::named<CameraKind>(all_kinds, wanted);
}

std::optional<Ground> ground_of(std::string_view wanted) {
  return base::named<Ground>(all_grounds, wanted);
}

std::optional<CostKind> cost_kind_of(std::string_view wanted) {
  return base::named<CostKind>(all_cost_kinds, wanted);
}

std::optional<Certainty> certainty_of(std::string_view wanted) {
  return base::named<Certainty>(certainties, wanted);
}

std::optional<Question> question_of(std::string_view wanted) {
  return base::named<Question>(all_questions, wanted);
}

}  // namespace regmark::camera_register
