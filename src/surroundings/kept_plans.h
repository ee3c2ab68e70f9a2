// Plans that somebody kept as a record: what was asked, and what came out, as it was.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "records/database.h"

namespace regmark::surroundings {

inline constexpr std::size_t plan_size_max = std::size_t{32} << 20U;
inline constexpr std::size_t plan_title_size_max = 200;

struct NewPlan {
  std::string title{};
  std::string digest{};   // of inputs and roads: planning::plan_digest()
  std::string inputs{};   // JSON
  std::string network{};  // GeoJSON or OSM XML
  std::string plan{};     // JSON, as planning::plan_json() writes it
};

struct KeptPlan {
  std::uint64_t number = 0;
  std::string title{};
  std::string digest{};
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt = 0;
};

// May be used from many threads at once. Keeps references to database and clock.
class KeptPlans {
 public:
  KeptPlans(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Gives its number; durable on return. Wants a receipt for change_estate whose subject is "plan".
  // Fails with
  //   invalid_input   the receipt is for something else; a title that is too long
  //   limit_exceeded  inputs, roads and plan together are longer than plan_size_max
  Result<std::uint64_t> keep(const audit::Receipt& receipt, const NewPlan& plan);
  // Want a receipt for read_estate. The first first.
  Result<std::vector<KeptPlan>> all(const audit::Receipt& receipt) const;
  //   not_found       there is no such plan
  Result<NewPlan> plan(const audit::Receipt& receipt, std::uint64_t number) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::surroundings
