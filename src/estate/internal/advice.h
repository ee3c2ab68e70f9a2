// The advice that was given on a site's impact assessment.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/guidance.h"
#include "estate/site_file.h"

namespace regmark::estate::internal {

// Without these nothing short is extended: its impact assessment, the advice on it of both whom
// 1.11 names, and the signs and public information of 5.4b.
inline constexpr std::string_view needed_to_extend[] = {"impact", "dpo_advice", "overt_lead_advice",
                                                        "public_notice"};

// For the file of what is short: they are due.
std::string wants_notice(base::UtcDay due);

// What an extension of something short wants to be written and does not find, in the order in which
// it is asked for. Advice against it is for the controller to answer, who decides of nothing short.
std::vector<Error> lacks_to_extend(const assessment::Guidance& guidance,
                                   std::span<const PaperRecord> papers);
// The same in words.
std::vector<std::string> missing_to_extend(const assessment::Guidance& guidance,
                                           std::span<const PaperRecord> papers);
Result<void> check_may_extend(const assessment::Guidance& guidance,
                              std::span<const PaperRecord> papers);

// Advice of this form was given on the impact assessment that is in force, by somebody who neither
// wrote it nor gave the other advice on it. Where one of the two is missing there is nothing to
// say. Fails with
//   invalid_input   it was given on an earlier one
//   conflict        the same person wrote both; or gave the other advice before
Result<void> check_advice(const assessment::Guidance& guidance, std::span<const PaperRecord> papers,
                          std::string_view form);

// That it must not go ahead, by the verdict in this part.
bool advises_against(const assessment::Paper& advice, const std::string& part);

// Whose advice in force on the impact assessment says so, and what they said: "the data protection
// officer advised that it must not go ahead (dpo_advice, version 2): ...". One after another;
// empty: neither's.
std::string said_against(const assessment::Guidance& guidance, std::span<const PaperRecord> papers);

// Advice in force that says that it must not go ahead: of the data protection officer, the senior
// person for overt surveillance, staff for serious and organised crime, the national service.
struct Against {
  std::string who;  // in words
  const PaperRecord* paper;
};
std::vector<Against> advice_against(const assessment::Guidance& guidance,
                                    std::span<const PaperRecord> papers);

// Whose that is, in words.
std::vector<std::string> advised_against(const assessment::Guidance& guidance,
                                         std::span<const PaperRecord> papers);

// "impact (version 2, of 2026-03-28)"
std::string named(const PaperRecord& paper);

}  // namespace regmark::estate::internal
