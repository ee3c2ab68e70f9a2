#include "oversight/household.h"

#include "oversight/internal/named_rows.h"
#include "oversight/internal/rows.h"
#include "plate/plate.h"

namespace regmark::oversight {

using access::Act;
using audit::Receipt;
using records::Transaction;
using records::Value;

namespace {

constexpr std::string_view plate_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view vehicle_columns[] = {"plate", "person"};
constexpr std::string_view duty_columns[] = {"person", "from", "until"};
constexpr std::chrono::hours duty_length_max{48};

base::Digest hash_of(const base::Key& key, std::string_view kind, std::string_view text) {
  return base::keyed_hash(key, base::as_bytes(std::string(kind) + ":" + std::string(text)));
}

Value value_of(const base::Digest& digest) {
  return base::Bytes(digest.begin(), digest.end());
}

Result<base::Digest> digest_of(const base::Bytes& bytes) {
  base::Digest digest{};
  if (bytes.size() != digest.size()) return fail(ErrorCode::corrupt, "a hash of another length");
  std::ranges::copy(bytes, digest.begin());
  return digest;
}

// Every text that fits, with `open` more characters to be filled in. A * is none to `open` of them.
void fill_in(std::string_view left, const std::string& done, std::size_t open,
             const std::function<void(const std::string&)>& take) {
  if (left.empty()) return take(done);
  const char first = left.front();
  if (first != '*' && first != '?') {
    return fill_in(left.substr(1), done + first, open, take);
  }
  if (first == '*') fill_in(left.substr(1), done, open, take);
  if (open == 0) return;
  const auto rest = first == '*' ? left : left.substr(1);
  for (const char each : plate_characters) fill_in(rest, done + each, open - 1, take);
}

// The pattern as plates are written; nothing when it leaves too much open.
std::string comparable(std::string_view pattern) {
  std::string text;
  std::size_t open = 0;
  for (const char c : pattern) {
    if (c == '*' || c == '?') {
      ++open;
      text += c;
    } else if (c >= 'a' && c <= 'z') {
      text += static_cast<char>(c - 'a' + 'A');
    } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      text += c;
    }
  }
  return open > open_characters_max || text.size() == open ? std::string() : text;
}

struct Vehicle {
  base::Digest plate, whose;
};

Result<base::PersonId> person_of(const WhoIs& who_is, const std::string& field) {
  if (field.empty()) return fail(ErrorCode::invalid_input, "it does not say whose");
  auto person = who_is(field);
  if (!person) return fail(ErrorCode::invalid_input, "nobody has this sign-in name or id");
  return *std::move(person);
}

Result<Vehicle> vehicle_of(const base::Key& key, const WhoIs& who_is,
                           const std::vector<std::string>& fields) {
  const auto plate = plate::Plate::parse(fields[0]);
  if (!plate) return fail(ErrorCode::invalid_input, "it has no plate");
  REGMARK_ASSIGN(const auto person, person_of(who_is, fields[1]));
  return Vehicle{hash_of(key, "plate", plate->text()), hash_of(key, "person", person.text())};
}

struct PersonsDuty {
  base::PersonId person;
  DutyTime time;
};

Result<PersonsDuty> duty_of(const WhoIs& who_is, const std::vector<std::string>& fields) {
  REGMARK_ASSIGN(auto person, person_of(who_is, fields[0]));
  const auto from = base::parse_utc(fields[1]);
  const auto until = base::parse_utc(fields[2]);
  if (!from || !until || *from >= *until || *until - *from > duty_length_max) {
    return fail(ErrorCode::invalid_input, "from and until are no time on duty");
  }
  return PersonsDuty{std::move(person), {*from, *until}};
}

// Reads every row with `read` (fields -> Result<T>), counting those that cannot be taken. At least
// one can: a file that was cut, or is another, must not empty a list.
template <typename Read>
auto read_all(std::string_view csv, std::span<const std::string_view> columns, std::size_t most,
              ImportReport& report, const Read& read)
    -> Result<
        std::vector<typename std::invoke_result_t<Read, std::vector<std::string>>::value_type>> {
  std::vector<typename std::invoke_result_t<Read, std::vector<std::string>>::value_type> all;
  REGMARK_ASSIGN(auto reader, internal::NamedRows::open(csv, columns));
  while (const auto next = reader.next()) {
    if (const auto* bad = std::get_if<watchlist::BadCsvRow>(&*next)) {
      reject(report, bad->line, bad->reason);
      continue;
    }
    const auto& row = std::get<watchlist::CsvRow>(*next);
    auto one = read(row.fields);
    if (!one) {
      reject(report, row.line, one.error().message);
      continue;
    }
    all.push_back(*std::move(one));
    if (all.size() > most) {
      return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(most) + " rows");
    }
  }
  if (all.empty()) {
    std::string words = "there is no row to take; the list stays as it was";
    if (!report.rejected.empty()) {
      const auto& [line, reason] = report.rejected.front();
      words += ". Line " + std::to_string(line) + ": " + reason;
    }
    return fail(ErrorCode::conflict, std::move(words));
  }
  report.taken = all.size();
  return all;
}

}  // namespace

Match HouseholdList::find(std::string_view pattern, const base::PersonId& searcher) const {
  const auto text = comparable(pattern);
  if (text.empty() || whose_.empty()) return Match::none;
  const auto self = hash_of(key_, "person", searcher.text());
  auto match = Match::none;
  fill_in(text, "", open_characters_max, [&](const std::string& plate) {
    const auto listed = whose_.find(hash_of(key_, "plate", plate));
    if (listed == whose_.end() || match == Match::own) return;
    match = listed->second.contains(self) ? Match::own : Match::colleague;
  });
  return match;
}

Result<ImportReport> Household::import_vehicles(const Receipt& receipt, const WhoIs& who_is,
                                                std::string_view csv) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_household, clock_.now()));
  ImportReport report;
  REGMARK_ASSIGN(const auto vehicles,
                 read_all(csv, vehicle_columns, household_max, report,
                          [&](const auto& fields) { return vehicle_of(key_, who_is, fields); }));
  const auto& organisation = receipt.permit().person().organisation.text();
  return database_.write([&](Transaction& transaction) -> Result<ImportReport> {
    REGMARK_TRY(transaction.run("DELETE FROM household WHERE organisation = ?1", {organisation}));
    for (const auto& one : vehicles) {
      REGMARK_TRY(transaction.run("INSERT OR IGNORE INTO household VALUES (?1, ?2, ?3)",
                                  {organisation, value_of(one.plate), value_of(one.whose)}));
    }
    REGMARK_TRY(transaction.run("INSERT OR REPLACE INTO household_imports VALUES (?1, ?2)",
                                {organisation, records::value_of(clock_.now())}));
    return report;
  });
}

Result<ImportReport> Household::import_duty(const Receipt& receipt, const WhoIs& who_is,
                                            std::string_view csv) {
  REGMARK_TRY(audit::check_open(receipt, Act::change_household, clock_.now()));
  ImportReport report;
  REGMARK_ASSIGN(const auto times,
                 read_all(csv, duty_columns, duty_max, report,
                          [&](const auto& fields) { return duty_of(who_is, fields); }));
  const auto& organisation = receipt.permit().person().organisation.text();
  return database_.write([&](Transaction& transaction) -> Result<ImportReport> {
    REGMARK_TRY(transaction.run("DELETE FROM duty WHERE organisation = ?1", {organisation}));
    for (const auto& one : times) {
      REGMARK_TRY(
          transaction.run("INSERT OR IGNORE INTO duty VALUES (?1, ?2, ?3, ?4)",
                          {organisation, one.person.text(), records::value_of(one.time.from),
                           records::value_of(one.time.until)}));
    }
    return report;
  });
}

Result<HouseholdList> Household::vehicles(const Receipt& receipt) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_signals, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<HouseholdList> {
    REGMARK_ASSIGN(const auto rows,
                   transaction.run("SELECT plate, whose FROM household WHERE organisation = ?1",
                                   {receipt.permit().person().organisation.text()}));
    HouseholdList list(key_);
    for (const auto& row : rows) {
      REGMARK_ASSIGN(const auto plate, digest_of(row.bytes(0)));
      REGMARK_ASSIGN(const auto whose, digest_of(row.bytes(1)));
      list.whose_[plate].insert(whose);
    }
    return list;
  });
}

Result<Duty> Household::duty(const Receipt& receipt, base::UtcTime from) const {
  REGMARK_TRY(audit::check_open(receipt, Act::read_signals, clock_.now()));
  return database_.read([&](Transaction& transaction) -> Result<Duty> {
    REGMARK_ASSIGN(
        const auto rows,
        transaction.run("SELECT person, from_time, until_time FROM duty WHERE "
                        "organisation = ?1 AND until_time >= ?2 ORDER BY from_time",
                        {receipt.permit().person().organisation.text(), records::value_of(from)}));
    Duty duty;
    for (const auto& row : rows) {
      REGMARK_ASSIGN(auto person, internal::id_of<base::PersonId>(row.text(0)));
      duty[std::move(person)].push_back({row.time(1), row.time(2)});
    }
    return duty;
  });
}

namespace {

constexpr std::string_view old_vehicles =
    " FROM household WHERE organisation IN (SELECT organisation FROM household_imports WHERE "
    "imported_at <= ?1)";
constexpr std::string_view old_duty = " FROM duty WHERE until_time <= ?1";

Result<std::uint64_t> count_of(Transaction& transaction, std::string_view which,
                               base::UtcTime before) {
  REGMARK_ASSIGN(const auto rows, transaction.run("SELECT COUNT(*)" + std::string(which),
                                                  {records::value_of(before)}));
  return static_cast<std::uint64_t>(rows.front().integer(0));
}

Result<std::uint64_t> erase_those(Transaction& transaction, const audit::MachineReceipt& receipt,
                                  std::string_view which, base::UtcTime before) {
  REGMARK_TRY(audit::check_verb(receipt, audit::MachineVerb::drop));
  REGMARK_TRY(transaction.run("DELETE" + std::string(which), {records::value_of(before)}));
  return static_cast<std::uint64_t>(transaction.changed());
}

}  // namespace

Result<std::uint64_t> Household::count_duty(Transaction& transaction, base::UtcTime before) {
  return count_of(transaction, old_duty, before);
}

Result<std::uint64_t> Household::erase_duty(Transaction& transaction,
                                            const audit::MachineReceipt& receipt,
                                            base::UtcTime before) {
  return erase_those(transaction, receipt, old_duty, before);
}

Result<std::uint64_t> Household::count_vehicles(Transaction& transaction, base::UtcTime before) {
  return count_of(transaction, old_vehicles, before);
}

Result<std::uint64_t> Household::erase_vehicles(Transaction& transaction,
                                                const audit::MachineReceipt& receipt,
                                                base::UtcTime before) {
  return erase_those(transaction, receipt, old_vehicles, before);
}

}  // namespace regmark::oversight
