// What others publish about the places where cameras stand, taken in as they gave it: each with its
// source and the day that it speaks of. Versions: a later one takes the place of an earlier one,
// which stays.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/receipt.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "base/word_table.h"
#include "records/database.h"

namespace regmark::surroundings {

inline constexpr std::size_t data_size_max = std::size_t{16} << 20U;
inline constexpr std::size_t source_size_max = 400;

enum class DataKind : std::uint8_t {
  population,   // where people live
  traffic,      // how many vehicles pass
  roads,        // a road network
  settlements,  // places whose trips in and out are looked at
  crime,        // how much, where
  points,       // critical infrastructure, borders, crowded places
};
inline constexpr base::Words<DataKind, 6> data_kind_words{{
    {DataKind::population, "population"},
    {DataKind::traffic, "traffic"},
    {DataKind::roads, "roads"},
    {DataKind::settlements, "settlements"},
    {DataKind::crime, "crime"},
    {DataKind::points, "points"},
}};

struct NewData {
  DataKind kind = DataKind::population;
  std::string source{};  // in words: whose, and which
  base::UtcDay day;      // that it speaks of
  std::string text{};    // CSV, or of roads GeoJSON or OSM XML: docs/formats/surroundings_csv.md
};

struct DataSet {
  std::uint64_t number = 0;
  DataKind kind = DataKind::population;
  std::string source{};
  base::UtcDay day;
  base::UtcTime at;
  base::PersonId by;
  std::uint64_t receipt = 0;
  std::string sha256{};  // of the text, in hexadecimal
  std::uint64_t rows = 0;
};

// May be used from many threads at once. Keeps references to database and clock.
class DataSets {
 public:
  DataSets(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Takes it in whole or not at all; durable on return. Wants a receipt for change_estate whose
  // subject is "surroundings". Fails with, in this order:
  //   invalid_input   the receipt is for something else; no source; a day after today; the text is
  //                   not of its kind (line named)
  //   limit_exceeded  longer than data_size_max
  Result<DataSet> take_in(const audit::Receipt& receipt, const NewData& data);

  // Want a receipt for read_estate. All that were taken in, the first first.
  Result<std::vector<DataSet>> all(const audit::Receipt& receipt) const;
  // The latest of a kind, with its text; nothing: there is none. Also with one for read_register: a
  // text for the public is looked through for every name.
  struct Latest {
    DataSet about;
    std::string text;
  };
  Result<std::optional<Latest>> latest(const audit::Receipt& receipt, DataKind kind) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::surroundings
