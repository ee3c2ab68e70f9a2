#include "drift/samples.h"

#include <algorithm>
#include <random>

#include "base/crypto.h"

namespace regmark::drift {
namespace {

Result<Drawn> drawn_in(const records::Row& row) {
  REGMARK_ASSIGN(const auto read, plate::ReadId::parse(row.text(0)));
  REGMARK_ASSIGN(auto camera, base::CameraId::parse(row.text(1)));
  return Drawn{read, std::move(camera), row.time(2)};
}

Result<std::optional<Drawn>> first_of(const Result<std::vector<records::Row>>& rows) {
  if (!rows) return tl::unexpected<Error>(rows.error());
  if (rows->empty()) return std::optional<Drawn>();
  return drawn_in(rows->front());
}

tl::unexpected<Error> not_waiting() {
  return fail(ErrorCode::not_found, "this read does not wait to be checked");
}

Result<Drawn> waiting_in(records::Transaction& transaction, const plate::ReadId& read) {
  REGMARK_ASSIGN(auto found,
                 first_of(transaction.run(
                     "SELECT read, camera, observed FROM samples WHERE read = ?1", {read.text()})));
  if (!found) return not_waiting();
  return *std::move(found);
}

Result<void> take_out(records::Transaction& transaction, const plate::ReadId& read) {
  REGMARK_TRY(transaction.run("DELETE FROM samples WHERE read = ?1", {read.text()}));
  return {};
}

struct Grouping {
  std::string_view by, what;  // the second in SQL
};
constexpr Grouping groupings[] = {
    {"all", "''"},
    {"camera", "camera"},
    {"hour", "printf('%02d', observed / 3600000000 % 24)"},
    {"kind", "kind"},
};

}  // namespace

Result<void> Samples::put(records::Transaction& transaction, std::vector<Drawn> drawn,
                          base::UtcTime now) {
  if (drawn.size() > samples_an_hour_max) {
    const auto seed = base::random_bytes<4>();
    std::seed_seq sequence(seed.begin(), seed.end());
    std::ranges::shuffle(drawn, std::mt19937(sequence));
    drawn.resize(samples_an_hour_max, drawn.front());
  }
  for (const auto& one : drawn) {
    REGMARK_TRY(
        transaction.run("INSERT OR IGNORE INTO samples VALUES (?1, ?2, ?3)",
                        {one.read.text(), one.camera.text(), records::value_of(one.observed)}));
  }
  REGMARK_TRY(transaction.run("DELETE FROM samples WHERE observed < ?1",
                              {records::value_of(now - samples_wait)}));
  REGMARK_TRY(transaction.run("DELETE FROM verdicts WHERE observed < ?1",
                              {records::value_of(now - verdicts_kept)}));
  return {};
}

Result<std::optional<Drawn>> Samples::next(const audit::Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::check_reads, clock_.now()));
  return database_.read([](records::Transaction& transaction) {
    return first_of(
        transaction.run("SELECT read, camera, observed FROM samples ORDER BY random() LIMIT 1"));
  });
}

Result<Drawn> Samples::waiting(const audit::Receipt& receipt, const plate::ReadId& read) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::check_reads, clock_.now()));
  return database_.read(
      [&](records::Transaction& transaction) { return waiting_in(transaction, read); });
}

Result<void> Samples::tell(const audit::Receipt& receipt, const plate::ReadId& read,
                           const Told& told) {
  REGMARK_TRY(audit::check_open(receipt, access::Act::check_reads, clock_.now()));
  return database_.write([&](records::Transaction& transaction) -> Result<void> {
    REGMARK_ASSIGN(const auto drawn, waiting_in(transaction, read));
    REGMARK_TRY(transaction.run(
        "INSERT INTO verdicts (camera, observed, kind, verdict, person, told_at) VALUES (?1, ?2, "
        "?3, ?4, ?5, ?6)",
        {drawn.camera.text(),
         records::value_of(base::UtcTime{std::chrono::floor<std::chrono::hours>(drawn.observed)}),
         told.kind, base::word(verdict_words, told.verdict), receipt.permit().person().id.text(),
         records::value_of(clock_.now())}));
    return take_out(transaction, read);
  });
}

Result<void> Samples::forget(const audit::Receipt& receipt, const plate::ReadId& read) {
  REGMARK_TRY(audit::check_open(receipt, access::Act::check_reads, clock_.now()));
  return database_.write(
      [&](records::Transaction& transaction) { return take_out(transaction, read); });
}

Result<std::vector<Accuracy>> Samples::accuracies(const audit::Receipt& receipt, base::UtcTime from,
                                                  base::UtcTime until) const {
  REGMARK_TRY(audit::check_open(receipt, access::Act::read_estate, clock_.now()));
  return database_.read([&](records::Transaction& transaction) -> Result<std::vector<Accuracy>> {
    std::vector<Accuracy> all;
    for (const auto& [by, what] : groupings) {
      REGMARK_ASSIGN(
          const auto rows,
          transaction.run("SELECT " + std::string(what) +
                              " AS what, SUM(verdict = 'right'), SUM(verdict <> 'unreadable'), "
                              "SUM(verdict = 'unreadable') FROM verdicts WHERE observed >= ?1 AND "
                              "observed < ?2 AND NOT (?3 = 'kind' AND kind = '') "
                              "GROUP BY what ORDER BY what",
                          {records::value_of(from), records::value_of(until), std::string(by)}));
      for (const auto& row : rows) {
        all.push_back(
            {std::string(by),
             row.text(0),
             {static_cast<std::size_t>(row.integer(1)), static_cast<std::size_t>(row.integer(2))},
             static_cast<std::uint64_t>(row.integer(3))});
      }
    }
    return all;
  });
}

}  // namespace regmark::drift
