#include "accountability/effectiveness.h"

#include <algorithm>
#include <map>

#include "accountability/internal/plain.h"
#include "camera_register/draft.h"

namespace regmark::accountability {

using camera_register::not_for_release;
using documents::Document;
using documents::Heading;
using documents::Paragraph;
using documents::Table;
using internal::plain;

Result<Ending> ending_of(std::string_view outcome) {
  if (outcome == "rejected") return Ending::wrong_vehicle;
  if (outcome == "retracted") return Ending::corrected;
  if (const auto ending = base::value_of(ending_words, outcome)) return *ending;
  return fail(ErrorCode::corrupt, "an alert ended in a way that there is not");
}

std::string Count::text() const {
  if (const auto told = number()) return std::to_string(*told);
  if (most_ < small_number) return "fewer than " + std::to_string(small_number);
  return std::to_string(least_) + " to " + std::to_string(most_);
}

namespace {

using Sums = std::map<watchlist::ReasonCode, std::map<Ending, std::uint64_t>>;

Sums sums_of(const std::vector<Outcomes>& outcomes) {
  Sums sums;
  for (const auto& one : outcomes) sums[one.reason][one.ending] += one.alerts;
  return sums;
}

}  // namespace

Effectiveness::Effectiveness(base::UtcDay from, base::UtcDay until,
                             const std::vector<std::vector<Outcomes>>& quarters,
                             std::vector<PublicText> examples, std::size_t examples_left_out)
    : from_(from),
      until_(until),
      examples_(std::move(examples)),
      examples_left_out_(examples_left_out) {
  std::map<watchlist::ReasonCode, std::map<Ending, Count>> counts;
  for (const auto& quarter : quarters) {
    for (const auto& [reason, by_ending] : sums_of(quarter)) {
      for (const auto& [ending, alerts] : by_ending) counts[reason][ending] += Count(alerts);
    }
  }
  for (auto& [reason, by_ending] : counts) {
    Line line{reason, {}, 0};
    std::uint64_t most = 0;
    bool hides = false;
    for (const auto& [ending, word] : ending_words) {
      const auto& count = line.by_ending.emplace_back(by_ending[ending]);
      hides = hides || !count.number();
      *line.all += count.least();
      most += count.most();
    }
    if (most == 0) continue;
    // The difference between the whole and what is told would be what is not.
    if (hides) line.all.reset();
    lines_.push_back(std::move(line));
  }
}

Document Effectiveness::document() const {
  const auto mark = Paragraph{std::string(not_for_release)};
  Document document{"What number plate cameras did against crime", {mark}};
  document.blocks.emplace_back(
      Paragraph{"Alerts on vehicles that were listed, from " + base::format_day(from_) + " to " +
                base::format_day(until_) +
                ", by why the vehicle was listed and how the alert ended. Fewer "
                "than " +
                std::to_string(small_number) + " in a quarter of a year are not told apart."});
  Table table{"Alerts, by reason and ending", {"why listed"}, {}};
  for (const auto& [ending, word] : ending_words) table.head.push_back(plain(word));
  table.head.push_back("all");
  for (const auto& line : lines_) {
    auto& row = table.rows.emplace_back();
    row.push_back(base::word(watchlist::reason_code_words, line.reason));
    for (const auto& count : line.by_ending) row.push_back(count.text());
    row.push_back(line.all ? std::to_string(*line.all) : "not told");
  }
  document.blocks.emplace_back(std::move(table));
  document.blocks.emplace_back(Heading{2, "Examples"});
  if (examples_.empty() && examples_left_out_ == 0) {
    document.blocks.emplace_back(Paragraph{"None was approved."});
  }
  if (examples_left_out_ > 0) {
    const auto left_out = std::to_string(examples_left_out_) +
                          (examples_left_out_ == 1 ? " example was" : " examples were");
    document.blocks.emplace_back(Paragraph{left_out + " left out: what is told tells a place."});
  }
  for (const auto& example : examples_) document.blocks.emplace_back(Paragraph{example.text()});
  document.blocks.emplace_back(mark);
  return document;
}

}  // namespace regmark::accountability
