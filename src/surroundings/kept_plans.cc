#include "surroundings/kept_plans.h"

#include "base/crypto.h"
#include "base/words.h"

namespace regmark::surroundings {

using access::Act;
using audit::Receipt;
using records::Transaction;

namespace {

base::Bytes bytes(const std::string& text) {
  const auto of = base::as_bytes(text);
  return {of.begin(), of.end()};
}

std::string text(const base::Bytes& bytes) {
  return std::string(base::as_text(bytes));
}

}  // namespace

Result<std::uint64_t> KeptPlans::keep(const Receipt& receipt, const NewPlan& plan) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, "plan", now));
  REGMARK_TRY(base::check_printable("the title", plan.title, plan_title_size_max));
  if (plan.inputs.size() + plan.network.size() + plan.plan.size() > plan_size_max) {
    return fail(ErrorCode::limit_exceeded, "the plan is too large to be kept");
  }
  return database_.write([&](Transaction& transaction) -> Result<std::uint64_t> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run(
            "INSERT INTO surroundings_plans (title, digest, at, by_person, receipt,"
            " inputs, network, plan) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
            " RETURNING number",
            {plan.title, plan.digest, records::value_of(now), receipt.permit().person().id.text(),
             static_cast<std::int64_t>(receipt.number()), bytes(plan.inputs), bytes(plan.network),
             bytes(plan.plan)}));
    return static_cast<std::uint64_t>(rows.front().integer(0));
  });
}

Result<std::vector<KeptPlan>> KeptPlans::all(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([](Transaction& transaction) -> Result<std::vector<KeptPlan>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT number, title, digest, at, by_person, receipt"
                                   " FROM surroundings_plans ORDER BY number"));
    std::vector<KeptPlan> all;
    for (const auto& row : rows) {
      auto by = base::PersonId::parse(row.text(4));
      if (!by) return fail(ErrorCode::corrupt, "the records hold a plan that is none");
      all.push_back({static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2),
                     row.time(3), *std::move(by), static_cast<std::uint64_t>(row.integer(5))});
    }
    return all;
  });
}

Result<NewPlan> KeptPlans::plan(const Receipt& receipt, std::uint64_t number) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<NewPlan> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT title, digest, inputs, network, plan"
                                                    " FROM surroundings_plans WHERE number = ?1",
                                                    {static_cast<std::int64_t>(number)}));
    if (rows.empty()) return fail(ErrorCode::not_found, "there is no such plan");
    const auto& row = rows.front();
    return NewPlan{row.text(0), row.text(1), text(row.bytes(2)), text(row.bytes(3)),
                   text(row.bytes(4))};
  });
}

}  // namespace regmark::surroundings
