#include "desk/tell_effectiveness.h"

#include "accountability/accountability.h"
#include "desk/ask.h"
#include "desk/sieve_of_estate.h"

namespace regmark::desk {
namespace {

using access::Act;
using accountability::Effectiveness;
using accountability::Ending;
using accountability::Outcomes;
using accountability::PublicText;
using accountability::Sieve;
using audit::Receipt;

// How an alert ended, as the public is told.
Result<Ending> ending_of(std::string_view outcome) {
  if (outcome == "rejected") return Ending::wrong_vehicle;
  if (outcome == "retracted") return Ending::corrected;
  const auto ending = base::value_of(accountability::ending_words, outcome);
  if (!ending) return fail(ErrorCode::corrupt, "an alert ended in a way that there is not");
  return *ending;
}

Result<std::vector<PublicText>> approved(const Desk& desk, const Receipt& receipt,
                                         base::UtcDay until) {
  REGMARK_ASSIGN(const auto examples, desk.accountability.examples.all(receipt, until));
  // Their names were looked at when they were written; their shapes are once more.
  const Sieve sieve({}, {});
  std::vector<PublicText> texts;
  for (const auto& example : examples) {
    const bool is_approved = example.approved && base::day_of(example.approved->at) <= until;
    if (!is_approved) continue;
    REGMARK_ASSIGN(auto text, sieve.pass(example.words));
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

Result<Answer<Effectiveness>> read_effectiveness(const Desk& desk, const Asker& asker,
                                                 base::UtcDay from, base::UtcDay until) {
  return ask(desk, asker, Act::read_register, about("effectiveness"),
             [&](const Receipt& receipt) -> Result<Effectiveness> {
               if (until < from) {
                 return fail(ErrorCode::invalid_input, "the last day is before the first");
               }
               REGMARK_ASSIGN(const auto tallies, desk.alerts.tally(receipt, from, until));
               std::vector<Outcomes> outcomes;
               for (const auto& one : tallies) {
                 REGMARK_ASSIGN(const auto ending, ending_of(one.outcome));
                 outcomes.push_back({one.reason, ending, one.alerts});
               }
               REGMARK_ASSIGN(auto texts, approved(desk, receipt, until));
               return Effectiveness(from, until, outcomes, std::move(texts));
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
