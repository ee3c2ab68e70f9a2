#include "camera_register/camera_register.h"

#include "base/words.h"

namespace regmark::camera_register {

using access::Act;
using audit::Receipt;
using records::Row;
using records::Transaction;
using records::Value;

namespace {

constexpr base::UtcDay first_day = std::chrono::year{1900} / std::chrono::January / 1;
constexpr int first_year = 1900;
constexpr int last_year = 2200;  // as far as dates reach

tl::unexpected<Error> wrong(std::string_view what, std::size_t index, std::string_view why) {
  return fail(ErrorCode::invalid_input,
              std::string(what) + " " + std::to_string(index + 1) + ": " + std::string(why));
}

Value value_of(const std::optional<base::UtcDay>& day) {
  return day ? Value{std::int64_t{day->time_since_epoch().count()}} : Value{nullptr};
}

std::optional<base::UtcDay> day_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return base::UtcDay{std::chrono::days{row.integer(column)}};
}

// What is wrong with a date; empty: nothing.
std::string_view fault_of(const Dated& dated, base::UtcDay today) {
  if (dated.day.has_value() == (dated.how == Certainty::not_recorded)) {
    return "a day is exact or approximate, or there is none";
  }
  if (dated.day && (*dated.day < first_day || *dated.day > today)) {
    return "a day lies between 1900 and today";
  }
  return {};
}

std::string_view fault_of(const Particulars& one, base::UtcDay today) {
  for (const auto& dated : {one.installed, one.removed}) {
    if (const auto fault = fault_of(dated, today); !fault.empty()) return fault;
  }
  if (one.removed.day && !one.is_removed) return "it has a day of removal and stands";
  if (one.removed.day && one.installed.day && *one.removed.day < *one.installed.day) {
    return "it was removed before it was installed";
  }
  if (one.impact_published && *one.impact_published > today) return "published after today";
  if (!base::check_printable("the owner", one.owner, owner_size_max) ||
      !base::check_printable("the controller", one.controller, owner_size_max)) {
    return "its owner or controller is too long or not printable";
  }
  return {};
}

Result<void> check(const Entries& entries, base::UtcDay today) {
  const auto size = entries.cameras.size() + entries.counts.size() + entries.costs.size() +
                    entries.reviews.size();
  if (size > entries_max) return fail(ErrorCode::limit_exceeded, "too many entries at once");
  for (std::size_t i = 0; i < entries.cameras.size(); ++i) {
    const auto fault = fault_of(entries.cameras[i], today);
    if (!fault.empty()) return wrong("camera", i, fault);
  }
  for (std::size_t i = 0; i < entries.counts.size(); ++i) {
    const auto& one = entries.counts[i];
    if (one.day < first_day || one.day > today) {
      return wrong("count", i, "a day lies between 1900 and today");
    }
    if (one.count > count_max) return wrong("count", i, "is too large");
  }
  for (std::size_t i = 0; i < entries.costs.size(); ++i) {
    if (entries.costs[i].year < first_year || entries.costs[i].year > last_year) {
      return wrong("cost", i, "there is no such year");
    }
  }
  for (std::size_t i = 0; i < entries.reviews.size(); ++i) {
    const auto& one = entries.reviews[i];
    const auto fault = fault_of(Dated{one.day, one.how}, today);
    if (!fault.empty()) return wrong("review", i, fault);
  }
  return {};
}

// Everything that belongs to every row: when, by whom, under which receipt.
struct Deed {
  Value at;
  Value by;
  Value receipt;
};

Result<void> add(Transaction& transaction, const Deed& deed, const Particulars& one) {
  REGMARK_TRY(transaction.run(
      "INSERT INTO register_cameras (at, by_person, receipt, camera, kind, owner, controller,"
      " installed_day, installed_how, is_removed, removed_day, removed_how, ground, published_day)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
      {deed.at, deed.by, deed.receipt, one.camera.text(), std::string(name(one.kind)), one.owner,
       one.controller, value_of(one.installed.day), std::string(name(one.installed.how)),
       std::int64_t{one.is_removed}, value_of(one.removed.day), std::string(name(one.removed.how)),
       std::string(name(one.ground)), value_of(one.impact_published)}));
  return {};
}

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt, "the register holds what nobody wrote");
}

Result<Known> known_of(const Row& row) {
  auto camera = base::CameraId::parse(row.text(0));
  const auto kind = kind_of(row.text(1));
  const auto installed_how = certainty_of(row.text(5));
  const auto removed_how = certainty_of(row.text(8));
  const auto ground = ground_of(row.text(9));
  if (!camera || !kind || !installed_how || !removed_how || !ground) return damaged();
  return Known{.camera = {.camera = *std::move(camera),
                          .kind = *kind,
                          .owner = row.text(2),
                          .controller = row.text(3),
                          .installed = {day_at(row, 4), *installed_how},
                          .is_removed = row.integer(6) != 0,
                          .removed = {day_at(row, 7), *removed_how},
                          .ground = *ground,
                          .impact_published = day_at(row, 10)},
               .entered = base::day_of(row.time(11))};
}

// The latest version of each camera, with the day of its first.
Result<std::vector<Known>> load_cameras(Transaction& transaction, const Value& known) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT camera, kind, owner, controller, installed_day, installed_how,"
                      " is_removed, removed_day, removed_how, ground, published_day, entered"
                      " FROM register_cameras JOIN (SELECT max(number) AS latest, min(at) AS"
                      " entered FROM register_cameras WHERE at <= ?1 GROUP BY camera)"
                      " ON number = latest",
                      {known}));
  std::vector<Known> cameras;
  cameras.reserve(rows.size());
  for (const auto& row : rows) {
    REGMARK_ASSIGN(auto one, known_of(row));
    cameras.push_back(std::move(one));
  }
  return cameras;
}

Result<std::vector<WholeCount>> load_counts(Transaction& transaction, const Value& known) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT kind, day, count, how FROM register_counts"
                                 " WHERE at <= ?1 ORDER BY number",
                                 {known}));
  std::vector<WholeCount> counts;
  for (const auto& row : rows) {
    const auto kind = kind_of(row.text(0));
    const auto how = certainty_of(row.text(3));
    const auto day = day_at(row, 1);
    if (!kind || !how || !day) return damaged();
    counts.push_back({*kind, *day, static_cast<std::uint64_t>(row.integer(2)), *how});
  }
  return counts;
}

Result<std::vector<Cost>> load_costs(Transaction& transaction, const Value& known) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT year, kind, sum(pounds), max(how = 'approximate'),"
                                 " max(how = 'not_recorded') FROM register_costs"
                                 " WHERE at <= ?1 GROUP BY year, kind",
                                 {known}));
  std::vector<Cost> costs;
  for (const auto& row : rows) {
    const auto kind = cost_kind_of(row.text(1));
    if (!kind) return damaged();
    const auto pounds = static_cast<std::uint64_t>(row.integer(2));
    auto how = row.integer(3) != 0 ? Certainty::approximate : Certainty::exact;
    if (row.integer(4) != 0) {
      how = pounds > 0 ? Certainty::approximate : Certainty::not_recorded;
    }
    costs.push_back({static_cast<int>(row.integer(0)), *kind, pounds, how});
  }
  return costs;
}

Result<std::vector<KnownReview>> load_reviews(Transaction& transaction, const Value& known) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT site, day, how, at FROM register_reviews WHERE at <= ?1", {known}));
  std::vector<KnownReview> reviews;
  reviews.reserve(rows.size());
  for (const auto& row : rows) {
    auto site = base::SiteId::parse(row.text(0));
    const auto day = day_at(row, 1);
    const auto how = certainty_of(row.text(2));
    if (!site || !day || !how) return damaged();
    reviews.push_back({{*std::move(site), *day, *how}, base::day_of(row.time(3))});
  }
  return reviews;
}

}  // namespace

Result<void> CameraRegister::enter(const Receipt& receipt, const Entries& entries) {
  return database_.write(
      [&](Transaction& transaction) { return enter(receipt, entries, transaction); });
}

Result<void> CameraRegister::enter(const Receipt& receipt, const Entries& entries,
                                   Transaction& transaction) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, "register", now));
  REGMARK_TRY(check(entries, base::day_of(now)));
  const Deed deed{records::value_of(now), receipt.permit().person().id.text(),
                  static_cast<std::int64_t>(receipt.number())};
  for (const auto& one : entries.cameras) REGMARK_TRY(add(transaction, deed, one));
  for (const auto& one : entries.counts) {
    REGMARK_TRY(transaction.run(
        "INSERT INTO register_counts (at, by_person, receipt, kind, day,"
        " count, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {deed.at, deed.by, deed.receipt, std::string(name(one.kind)), value_of(one.day),
         static_cast<std::int64_t>(one.count), std::string(name(one.how))}));
  }
  for (const auto& one : entries.costs) {
    REGMARK_TRY(transaction.run(
        "INSERT INTO register_costs (at, by_person, receipt, year, kind,"
        " pounds, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {deed.at, deed.by, deed.receipt, std::int64_t{one.year}, std::string(name(one.kind)),
         static_cast<std::int64_t>(one.pounds), std::string(name(one.how))}));
  }
  for (const auto& one : entries.reviews) {
    REGMARK_TRY(
        transaction.run("INSERT INTO register_reviews (at, by_person, receipt, site, day, how)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        {deed.at, deed.by, deed.receipt, one.site.text(), value_of(one.day),
                         std::string(name(one.how))}));
  }
  return {};
}

Result<Draft> CameraRegister::answer(const Receipt& receipt, const Asked& asked,
                                     const ReviewCount& reviews) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_register, now));
  if (asked.until < asked.from) {
    return fail(ErrorCode::invalid_input, "the last day is before the first");
  }
  const auto known = records::value_of(asked.known.value_or(now));
  return database_.read([&](Transaction& transaction) -> Result<Draft> {
    REGMARK_ASSIGN(const auto cameras, load_cameras(transaction, known));
    REGMARK_ASSIGN(const auto counts, load_counts(transaction, known));
    REGMARK_ASSIGN(const auto costs, load_costs(transaction, known));
    REGMARK_ASSIGN(const auto past, load_reviews(transaction, known));
    return camera_register::answer(asked, cameras, counts, costs, reviews, past);
  });
}

}  // namespace regmark::camera_register
