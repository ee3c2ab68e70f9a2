#include "camera_register/camera_register.h"

#include <algorithm>

#include "camera_register/internal/entering.h"
#include "camera_register/internal/grounds.h"

namespace regmark::camera_register {

using access::Act;
using audit::Receipt;
using records::Row;
using records::Transaction;
using records::Value;

namespace {

Value value_of(const std::optional<base::UtcDay>& day) {
  return day ? Value{std::int64_t{day->time_since_epoch().count()}} : Value{nullptr};
}

std::optional<base::UtcDay> day_at(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return base::UtcDay{std::chrono::days{row.integer(column)}};
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
      " installed_day, installed_how, is_removed, removed_day, removed_how, ground, published_day,"
      " ground_from_day)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      {deed.at, deed.by, deed.receipt, one.camera.text(), std::string(name(one.kind)), one.owner,
       one.controller, value_of(one.installed.day), std::string(name(one.installed.how)),
       std::int64_t{one.is_removed}, value_of(one.removed.day), std::string(name(one.removed.how)),
       std::string(name(one.ground)), value_of(one.impact_published), value_of(one.ground_from)}));
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
                          .ground_from = day_at(row, 12),
                          .impact_published = day_at(row, 10)},
               .entered = base::day_of(row.time(11))};
}

// The latest version of each camera, with the day of its first.
Result<std::vector<Known>> load_cameras(Transaction& transaction, const Value& known) {
  REGMARK_ASSIGN(
      const auto rows,
      transaction.run("SELECT camera, kind, owner, controller, installed_day, installed_how,"
                      " is_removed, removed_day, removed_how, ground, published_day, entered,"
                      " ground_from_day"
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

// On which ground each stood on that day, by all that was said of it.
Result<void> set_grounds(Transaction& transaction, const Value& known, base::UtcDay day,
                         std::vector<Known>& cameras) {
  REGMARK_ASSIGN(const auto rows,
                 transaction.run("SELECT camera, ground, at, ground_from_day FROM register_cameras"
                                 " WHERE at <= ?1 ORDER BY number",
                                 {known}));
  std::map<std::string, std::vector<internal::GroundSaid>> said;
  for (const auto& row : rows) {
    const auto ground = ground_of(row.text(1));
    if (!ground) return damaged();
    said[row.text(0)].push_back({base::day_of(row.time(2)), *ground, day_at(row, 3)});
  }
  for (auto& one : cameras) {
    one.camera.ground = internal::ground_on(said[one.camera.camera.text()], day);
  }
  return {};
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
                 transaction.run("SELECT year, kind, pounds, how FROM register_costs"
                                 " WHERE at <= ?1 ORDER BY number",
                                 {known}));
  std::vector<Cost> costs;
  for (const auto& row : rows) {
    const auto kind = cost_kind_of(row.text(1));
    const auto how = certainty_of(row.text(3));
    if (!kind || !how) return damaged();
    costs.push_back({static_cast<int>(row.integer(0)), *kind,
                     static_cast<std::uint64_t>(row.integer(2)), *how});
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

Result<internal::Held> load_held(Transaction& transaction, base::UtcTime now) {
  const auto known = records::value_of(now);
  internal::Held held;
  REGMARK_ASSIGN(held.cameras, load_cameras(transaction, known));
  REGMARK_ASSIGN(held.counts, load_counts(transaction, known));
  REGMARK_ASSIGN(held.costs, load_costs(transaction, known));
  REGMARK_ASSIGN(const auto reviews, load_reviews(transaction, known));
  for (const auto& one : reviews) held.reviews.push_back(one.review);
  return held;
}

Result<void> write(Transaction& transaction, const Deed& deed, const Entries& entries) {
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

Deed deed_of(const Receipt& receipt, base::UtcTime now) {
  return {records::value_of(now), receipt.permit().person().id.text(),
          static_cast<std::int64_t>(receipt.number())};
}

Result<void> check_days(const Asked& asked, base::UtcDay today) {
  if (asked.until < asked.from) {
    return fail(ErrorCode::invalid_input, "the last day is before the first");
  }
  if (asked.until > today || (asked.known && base::day_of(*asked.known) > today)) {
    return fail(ErrorCode::invalid_input, "the register answers of days until today, " +
                                              base::format_day(today) + ", and of none to come");
  }
  return {};
}

}  // namespace

Result<Taken> CameraRegister::enter(const Receipt& receipt, const Entries& entries,
                                    const Against& against, Transaction& transaction) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, "register", now));
  REGMARK_ASSIGN(const auto held, load_held(transaction, now));
  REGMARK_ASSIGN(auto fresh, internal::fresh_of(entries, held, against, base::day_of(now)));
  REGMARK_TRY(write(transaction, deed_of(receipt, now), fresh.entries));
  return std::move(fresh.taken);
}

Result<void> CameraRegister::add_cost(const Receipt& receipt, const Cost& cost, LikeOne like_one) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, "register", now));
  return database_.write([&](Transaction& transaction) -> Result<void> {
    internal::Held held;
    // What is another is new, whatever is held.
    if (like_one == LikeOne::the_same) {
      REGMARK_ASSIGN(held.costs, load_costs(transaction, records::value_of(now)));
    }
    const Entries entries{.costs = {cost}};
    REGMARK_ASSIGN(const auto fresh, internal::fresh_of(entries, held, {}, base::day_of(now)));
    if (fresh.entries.costs.empty()) {
      return fail(ErrorCode::conflict,
                  "the same cost of that year is on record already: if this is another, say so");
    }
    return write(transaction, deed_of(receipt, now), fresh.entries);
  });
}

Result<void> CameraRegister::enter_one(const Receipt& receipt, const NewParticulars& camera,
                                       Transaction& transaction) {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::change_estate, camera.camera.text(), now));
  Entries entries{.named = {.kind = camera.kind.has_value(),
                            .owner = !camera.owner.empty(),
                            .controller = !camera.controller.empty(),
                            .installed = false,
                            .removed = false,
                            .ground = false,
                            .published = false}};
  entries.cameras.push_back({.camera = camera.camera,
                             .kind = camera.kind.value_or(CameraKind::fixed),
                             .owner = camera.owner,
                             .controller = camera.controller});
  REGMARK_ASSIGN(const auto held, load_held(transaction, now));
  const auto before = std::ranges::find(held.cameras, camera.camera,
                                        [](const Known& known) { return known.camera.camera; });
  if (before != held.cameras.end() && before->camera.is_removed) {
    return fail(ErrorCode::conflict,
                "the register has one of this id that was removed: give this one another id");
  }
  REGMARK_ASSIGN(const auto fresh, internal::fresh_of(entries, held, {}, base::day_of(now)));
  return write(transaction, deed_of(receipt, now), fresh.entries);
}

Result<Draft> CameraRegister::answer(const Receipt& receipt, const Asked& asked,
                                     const ReviewCount& reviews,
                                     const FromEstate& from_estate) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_register, now));
  REGMARK_TRY(check_days(asked, base::day_of(now)));
  const auto known = records::value_of(asked.known.value_or(now));
  return database_.read([&](Transaction& transaction) -> Result<Draft> {
    REGMARK_ASSIGN(auto held, load_cameras(transaction, known));
    if (asked.question == Question::grounds) {
      REGMARK_TRY(set_grounds(transaction, known, asked.until, held));
    }
    REGMARK_ASSIGN(const auto counts, load_counts(transaction, known));
    REGMARK_ASSIGN(const auto costs, load_costs(transaction, known));
    REGMARK_ASSIGN(const auto past, load_reviews(transaction, known));
    const auto cameras = join(std::move(held), from_estate);
    return camera_register::answer(asked, cameras, counts, costs, reviews, past);
  });
}

Result<std::vector<Known>> CameraRegister::cameras(const Receipt& receipt,
                                                   const FromEstate& from_estate,
                                                   std::optional<base::UtcTime> known) const {
  const auto now = clock_.now();
  REGMARK_TRY(audit::check_open(receipt, Act::read_estate, now));
  REGMARK_ASSIGN(auto held, database_.read([&](Transaction& transaction) {
    return load_cameras(transaction, records::value_of(known.value_or(now)));
  }));
  return join(std::move(held), from_estate);
}

}  // namespace regmark::camera_register
