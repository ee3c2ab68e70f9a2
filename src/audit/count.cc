#include "audit/count.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "audit/internal/check_bundle.h"
#include "audit/internal/tiles.h"
#include "audit/verify.h"

namespace regmark::audit {
namespace {

using Key = std::tuple<base::UtcDay, Operation, std::string, std::string>;

base::UtcDay month_of(base::UtcDay day) {
  const std::chrono::year_month_day date{day};
  return base::UtcDay{date.year() / date.month() / 1};
}

class Counter {
 public:
  void add(const PublicPart& shown) {
    const auto digits = shown.outcome.find_first_not_of("0123456789");
    const bool is_number = digits > 0 && digits <= digits_max && shown.outcome[digits] == '_';
    if (!is_number) {
      ++counts_[{month_of(shown.day), shown.operation, shown.act, shown.outcome}];
      return;
    }
    if (!said_.insert({shown.day, shown.operation, shown.act, shown.outcome}).second) return;
    counts_[{month_of(shown.day), shown.operation, shown.act, shown.outcome.substr(digits + 1)}] +=
        std::stoull(shown.outcome.substr(0, digits));
  }
  std::vector<Counted> all() const {
    std::vector<Counted> all;
    all.reserve(counts_.size());
    for (const auto& [key, records] : counts_) {
      const auto& [month, operation, act, outcome] = key;
      all.push_back({month, operation, act, outcome, records});
    }
    return all;
  }

 private:
  static constexpr std::size_t digits_max = 18;  // whatever they are, 64 bits hold the number
  std::map<Key, std::uint64_t> counts_;
  std::set<Key> said_;  // by day
};

}  // namespace

Result<std::vector<Counted>> count(const std::filesystem::path& folder,
                                   const PublicKey& public_key) {
  REGMARK_ASSIGN(const auto verified, verify(folder, public_key));
  Counter counter;
  for (std::uint64_t first = 0; first < verified.size; first += tile_width) {
    const auto width = std::min(tile_width, verified.size - first);
    REGMARK_ASSIGN(const auto bundle, check_entries(folder, first / tile_width, width));
    for (const auto& leaf : bundle.leaves) counter.add(leaf.shown);
  }
  return counter.all();
}

}  // namespace regmark::audit
