// The fixture of what every driver of the store must do; the tests are in store_*_test.cc. A driver
// names itself in store_test.cc:
//
//   INSTANTIATE_TEST_SUITE_P(Embedded, StoreSuite, testing::Values(Driver{"rocksdb", ...}));
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "sightings/sightings_testing.h"
#include "sightings/store.h"

namespace regmark::sightings {

struct Driver {
  std::string name;
  std::function<Result<std::unique_ptr<Store>>(const StoreSettings&, const base::Clock&)> open;
};

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest's word
inline void PrintTo(const Driver& driver, std::ostream* out) {
  *out << driver.name;
}

// A store in a folder of its own, with a log that gives receipts.
class StoreSuite : public testing::TestWithParam<Driver> {
 protected:
  StoreSuite() {
    clock.set("2026-03-29T12:00:00Z");
    reopen();
  }

  void reopen() {
    store.reset();
    store = GetParam().open(settings(), clock).value();
  }
  StoreSettings settings() const {
    return {.folder = folder.path() / "store", .master_key = {1, 2, 3}};
  }

  base::UtcTime at(std::string_view time) const { return base::parse_utc(time).value(); }
  base::UtcDay today() const { return base::day_of(clock.now()); }

  // A read of "cam-1" with an event of its own.
  plate::Read a_read(std::string_view plate, std::string_view time,
                     std::string_view camera = "cam-1") {
    return maker.any(camera, plate, at(time), "event-" + std::to_string(++events));
  }
  void keep(const std::vector<NewSighting>& sightings) {
    const auto kept = append_all(*store, sightings);
    ASSERT_TRUE(kept) << kept.error().message;
    for (const auto answer : *kept) EXPECT_EQ(answer, Kept::stored);
  }
  Kept append(const plate::Read& read) { return append_all(*store, {{read, {}}}).value().front(); }

  // Ten years to now: receipts that leave it to the query.
  access::Scope wide(access::Scope scope = {}) const {
    if (!scope.window) scope.window = access::Window{at("2020-01-01T00:00:00Z"), clock.now()};
    return scope;
  }
  std::vector<std::string> plates(const Query& query, const access::Scope& scope = {}) {
    std::vector<std::string> plates;
    for (const auto& read : find_all(*store, log, query, wide(scope))) {
      plates.emplace_back(read.plate.text());
    }
    return plates;
  }
  Result<Page> find(const Query& query, const access::Scope& scope = {}) {
    return store->find(log.receipt_for(access::Act::search_sightings, wide(scope)), query);
  }
  Result<base::Bytes> picture(const plate::ReadId& id, plate::PictureKind kind,
                              access::Scope scope = {}) {
    scope.subject = id.text();
    return store->picture(log.receipt_for(access::Act::search_sightings, wide(scope)), id, kind);
  }
  Result<std::uint64_t> hold(std::string_view name, const Query& query, std::size_t rows = 1'000) {
    const auto id = base::HoldId::parse(name).value();
    return store->hold(log.receipt_for(access::Act::hold_sightings,
                                       wide({.rows_max = rows, .subject = id.text()})),
                       id, query);
  }
  Result<Dropped> drop(base::UtcDay day) {
    return store->drop(log.machine_receipt(audit::MachineVerb::drop), day);
  }
  Result<Dropped> drop_pictures(base::UtcDay day) {
    return store->drop_pictures(log.machine_receipt(audit::MachineVerb::drop), day);
  }
  Result<void> seal(base::UtcDay day) {
    return store->seal(log.machine_receipt(audit::MachineVerb::seal), day);
  }
  void expect_whole(std::uint64_t reads, std::uint64_t pictures = 0) {
    const auto health = store->verify(log.machine_receipt(audit::MachineVerb::verify));
    ASSERT_TRUE(health) << health.error().message;
    EXPECT_EQ(health->reads, reads);
    EXPECT_EQ(health->pictures, pictures);
    EXPECT_EQ(health->faults, std::vector<std::string>());
  }

  base::ManualClock clock;
  base::TestFolder folder;
  audit::TestLog log{clock};
  ReadMaker maker{1};
  int events = 0;
  std::unique_ptr<Store> store;
};

using Strings = std::vector<std::string>;

}  // namespace regmark::sightings
