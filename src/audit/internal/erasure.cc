#include "audit/internal/erasure.h"

#include <algorithm>
#include <string>

namespace regmark::audit {
namespace {

constexpr std::string_view act = "erase_details";
// A public word has no '-': "before_2026_01_31".
constexpr std::string_view outcome_start = "before_";

}  // namespace

PublicPart erasure_of_details(base::UtcDay before, base::UtcDay today) {
  auto day = base::format_day(before);
  std::ranges::replace(day, '-', '_');
  return {.operation = Operation::erasure,
          .act = std::string(act),
          .day = today,
          .role = "machine",
          .outcome = std::string(outcome_start) + day};
}

std::optional<base::UtcDay> erased_before(const PublicPart& shown) {
  if (shown.operation != Operation::erasure || shown.act != act) return std::nullopt;
  if (!shown.outcome.starts_with(outcome_start)) return std::nullopt;
  auto day = shown.outcome.substr(outcome_start.size());
  std::ranges::replace(day, '_', '-');
  const auto parsed = base::parse_day(day);
  if (!parsed) return std::nullopt;
  return *parsed;
}

void MissingAccount::missing(std::uint64_t number, base::UtcDay day) {
  ++count_;
  auto& of_day = unexplained_.try_emplace(day, MissingDetails{day, 0, number}).first->second;
  ++of_day.count;
  of_day.first = std::min(of_day.first, number);
}

void MissingAccount::erased(base::UtcDay before) {
  unexplained_.erase(unexplained_.begin(), unexplained_.lower_bound(before));
  if (!erased_before_ || *erased_before_ < before) erased_before_ = before;
}

void MissingAccount::append(const MissingAccount& next) {
  if (next.erased_before_) erased(*next.erased_before_);
  count_ += next.count_;
  for (const auto& [day, more] : next.unexplained_) {
    auto& of_day = unexplained_.try_emplace(day, MissingDetails{day, 0, more.first}).first->second;
    of_day.count += more.count;
    of_day.first = std::min(of_day.first, more.first);
  }
}

std::vector<MissingDetails> MissingAccount::unexplained() const {
  std::vector<MissingDetails> all;
  for (const auto& [day, missing] : unexplained_) all.push_back(missing);
  return all;
}

}  // namespace regmark::audit
