#include "surroundings/data_sets.h"

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/words.h"
#include "planning/read_network.h"
#include "surroundings/csv.h"

namespace regmark::surroundings {

using access::Act;
using audit::Receipt;
using records::Row;
using records::Transaction;

namespace {

constexpr std::string_view columns =
    "number, kind, source, day, at, by_person, receipt, sha256, row_count";

template <typename T>
Result<std::uint64_t> size_of(const Result<std::vector<T>>& read) {
  if (!read) return tl::unexpected<Error>(read.error());
  return std::uint64_t{read->size()};
}

// How many rows it has. Fails as the reader of its kind does.
Result<std::uint64_t> rows_of(const NewData& data) {
  switch (data.kind) {
    case DataKind::population:
      return size_of(read_population(data.text));
    case DataKind::traffic:
      return size_of(read_traffic(data.text));
    case DataKind::settlements:
      return size_of(read_settlements(data.text));
    case DataKind::crime:
      return size_of(read_crime(data.text));
    case DataKind::points:
      return size_of(read_points(data.text));
    case DataKind::roads: {
      REGMARK_ASSIGN(const auto network, planning::read_network(data.text));
      return std::uint64_t{network.roads().size()};
    }
  }
  return fail(ErrorCode::invalid_input, "there is no such kind of data");
}

// A row of `columns`.
Result<DataSet> data_set_of(const Row& row) {
  const auto kind = base::value_of(data_kind_words, row.text(1));
  auto by = base::PersonId::parse(row.text(5));
  if (!kind || !by) return fail(ErrorCode::corrupt, "the records hold data that are none");
  return DataSet{.number = static_cast<std::uint64_t>(row.integer(0)),
                 .kind = *kind,
                 .source = row.text(2),
                 .day = base::UtcDay{std::chrono::days{row.integer(3)}},
                 .at = row.time(4),
                 .by = *std::move(by),
                 .receipt = static_cast<std::uint64_t>(row.integer(6)),
                 .sha256 = row.text(7),
                 .rows = static_cast<std::uint64_t>(row.integer(8))};
}

}  // namespace

Result<DataSet> DataSets::take_in(const Receipt& receipt, const NewData& data) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, "surroundings", now));
  REGMARK_TRY(base::check_words("the source", data.source, source_size_max));
  if (data.day > base::day_of(now)) {
    return fail(ErrorCode::invalid_input, "the day that the data speak of is not over");
  }
  if (data.text.size() > data_size_max) {
    return fail(ErrorCode::limit_exceeded, "the data are longer than 16 MiB");
  }
  REGMARK_ASSIGN(const auto rows, rows_of(data));
  const auto bytes = base::as_bytes(data.text);
  DataSet made{.number = 0,
               .kind = data.kind,
               .source = data.source,
               .day = data.day,
               .at = now,
               .by = receipt.permit().person().id,
               .receipt = receipt.number(),
               .sha256 = base::to_hex(base::sha256(bytes)),
               .rows = rows};
  REGMARK_ASSIGN(
      made.number, database_.write([&](Transaction& transaction) -> Result<std::uint64_t> {
        REGMARK_ASSIGN(
            const auto inserted,
            transaction.run(
                "INSERT INTO surroundings_data (kind, source, day, at, by_person, receipt, sha256,"
                " row_count, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                " RETURNING number",
                {base::word(data_kind_words, made.kind), made.source,
                 std::int64_t{made.day.time_since_epoch().count()}, records::value_of(made.at),
                 made.by.text(), static_cast<std::int64_t>(made.receipt), made.sha256,
                 static_cast<std::int64_t>(made.rows), base::Bytes(bytes.begin(), bytes.end())}));
        return static_cast<std::uint64_t>(inserted.front().integer(0));
      }));
  return made;
}

Result<std::vector<DataSet>> DataSets::all(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, clock_.now()));
  return database_.read([](Transaction& transaction) -> Result<std::vector<DataSet>> {
    REGMARK_ASSIGN(const auto rows, transaction.run("SELECT " + std::string(columns) +
                                                    " FROM surroundings_data ORDER BY number"));
    std::vector<DataSet> all;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto one, data_set_of(row));
      all.push_back(std::move(one));
    }
    return all;
  });
}

Result<std::optional<DataSets::Latest>> DataSets::latest(const Receipt& receipt,
                                                         DataKind kind) const {
  const bool for_public = receipt.permit().act() == Act::read_register;
  REGMARK_TRY(
      audit::check_open(receipt, for_public ? Act::read_register : Act::read_estate, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<std::optional<Latest>> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT " + std::string(columns) +
                                       ", content FROM surroundings_data WHERE kind = ?1"
                                       " ORDER BY number DESC LIMIT 1",
                                   {base::word(data_kind_words, kind)}));
    if (rows.empty()) return std::optional<Latest>{};
    REGMARK_ASSIGN(auto about, data_set_of(rows.front()));
    return std::optional(
        Latest{std::move(about), std::string(base::as_text(rows.front().bytes(9)))});
  });
}

}  // namespace regmark::surroundings
