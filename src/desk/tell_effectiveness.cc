#include "desk/tell_effectiveness.h"

#include <algorithm>

#include "accountability/accountability.h"
#include "accountability/quarters.h"
#include "desk/ask.h"
#include "desk/sieve_of_estate.h"

namespace regmark::desk {
namespace {

using access::Act;
using accountability::Effectiveness;
using accountability::Outcomes;
using accountability::PublicText;
using audit::Receipt;

Result<std::vector<Outcomes>> outcomes_of(const Desk& desk, const Receipt& receipt,
                                          const accountability::Quarter& quarter) {
  REGMARK_ASSIGN(const auto tallies, desk.alerts.tally(receipt, quarter.first, quarter.last));
  std::vector<Outcomes> outcomes;
  for (const auto& one : tallies) {
    REGMARK_ASSIGN(const auto ending, accountability::ending_of(one.outcome));
    outcomes.push_back({one.reason, ending, one.alerts});
  }
  return outcomes;
}

struct Approved {
  std::vector<PublicText> texts{};
  std::size_t left_out = 0;
};

Result<Approved> approved(const Desk& desk, const Receipt& receipt) {
  const auto today = base::day_of(desk.clock.now());
  REGMARK_ASSIGN(const auto examples, desk.accountability.examples.all(receipt, today));
  // By the names that are known now: a camera may have come to stand where an example speaks of.
  REGMARK_ASSIGN(const auto sieve, sieve_of_estate(desk, receipt, std::nullopt));
  Approved all;
  for (const auto& example : examples) {
    if (!example.approved) continue;
    if (auto text = sieve.pass(example.words)) {
      all.texts.push_back(*std::move(text));
    } else {
      ++all.left_out;
    }
  }
  return all;
}

// Nothing where there is no such example: approving it says so.
Result<void> check_passes(const Desk& desk, const Receipt& receipt, std::uint64_t number) {
  const auto today = base::day_of(desk.clock.now());
  REGMARK_ASSIGN(const auto examples, desk.accountability.examples.all(receipt, today));
  const auto found = std::ranges::find(examples, number, &accountability::Example::number);
  if (found == examples.end()) return {};
  REGMARK_ASSIGN(const auto sieve, sieve_of_estate(desk, receipt, std::nullopt));
  REGMARK_TRY(sieve.pass(found->words));
  return {};
}

}  // namespace

Result<Answer<Effectiveness>> read_effectiveness(const Desk& desk, const Asker& asker,
                                                 base::UtcDay from, base::UtcDay until) {
  return ask(desk, asker, Act::read_register, about("effectiveness"),
             [&](const Receipt& receipt) -> Result<Effectiveness> {
               const auto today = base::day_of(desk.clock.now());
               REGMARK_ASSIGN(const auto quarters, accountability::quarters_of(from, until, today));
               std::vector<std::vector<Outcomes>> outcomes;
               for (const auto& quarter : quarters) {
                 REGMARK_ASSIGN(outcomes.emplace_back(), outcomes_of(desk, receipt, quarter));
               }
               REGMARK_ASSIGN(auto examples, approved(desk, receipt));
               return Effectiveness(from, until, outcomes, std::move(examples.texts),
                                    examples.left_out);
             });
}

Result<Answer<std::uint64_t>> write_example(const Desk& desk, const Asker& asker,
                                            std::string_view words) {
  const auto passed =
      ask(desk, asker, Act::read_estate, about("example"),
          [&](const Receipt& receipt) -> Result<PublicText> {
            REGMARK_ASSIGN(const auto sieve, sieve_of_estate(desk, receipt, std::nullopt));
            return sieve.pass(words);
          });
  if (!passed) return tl::unexpected<Error>(passed.error());
  if (const auto* refused = std::get_if<Refused>(&*passed)) {
    return Answer<std::uint64_t>{*refused};
  }
  const auto& text = std::get<Done<PublicText>>(*passed).value;
  return ask(desk, asker, Act::change_estate, about("example"), [&](const Receipt& receipt) {
    return desk.accountability.examples.write(receipt, text);
  });
}

Result<Answer<Nothing>> approve_example(const Desk& desk, const Asker& asker,
                                        std::uint64_t number) {
  auto passed = ask(desk, asker, Act::read_register, about("example"), [&](const Receipt& receipt) {
    return nothing(check_passes(desk, receipt, number));
  });
  if (!passed || std::holds_alternative<Refused>(*passed)) return passed;
  return ask(desk, asker, Act::approve_estate, about("example"), [&](const Receipt& receipt) {
    return nothing(desk.accountability.examples.approve(receipt, number));
  });
}

Result<Answer<std::vector<accountability::Example>>> read_examples(const Desk& desk,
                                                                   const Asker& asker) {
  return ask(desk, asker, Act::read_register, about("effectiveness"), [&](const Receipt& receipt) {
    return desk.accountability.examples.all(receipt, base::day_of(desk.clock.now()));
  });
}

}  // namespace regmark::desk
