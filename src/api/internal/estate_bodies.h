// What bodies say of sites and deployments.
#pragma once

#include "api/internal/bind.h"
#include "assessment/paper.h"
#include "estate/site_file.h"

namespace regmark::api {

// A paper, and what JSON puts around it.
inline constexpr std::size_t paper_body_max = assessment::paper_size_max + (std::size_t{64} << 10U);

inline Result<assessment::Paper> paper_in(const Call& call) {
  return assessment::parse_paper(to_text(call.body.at("paper")));
}

inline Result<estate::Grounds> grounds_in(const Json& body) {
  const auto& grounds = body.at("grounds");
  REGMARK_ASSIGN(const auto review, day_in(grounds, "review"));
  return estate::Grounds{text_in(grounds, "need"), text_in(grounds, "category"), review};
}

}  // namespace regmark::api
