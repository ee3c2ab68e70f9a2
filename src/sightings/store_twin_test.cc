// A store and its slow twin, through lives made up at random.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "sightings/store_suite.h"

namespace regmark::sightings {
namespace {

// One step in the life of a store and of its twin.
struct StoreStep {
  enum class What : std::uint8_t { append, seal, drop, reopen, find };
  What what;
  std::uint64_t seed;  // what exactly is made up from it
};

void PrintTo(const StoreStep& step, std::ostream* out) {
  *out << static_cast<int>(step.what) << ":" << step.seed;
}
void showValue(const StoreStep& step, std::ostream& out) {
  PrintTo(step, &out);
}

// Lives through steps with a store and its twin, and looks whether they agree.
class TwinLife {
 public:
  TwinLife(const Driver& driver, audit::TestLog& log, const base::ManualClock& clock)
      : driver_(driver), log_(log), clock_(clock), twin_(clock) {
    reopen();
  }

  void live(const StoreStep& step) {
    ReadMaker maker(step.seed);
    const auto day = days_from_ + std::chrono::days{maker.below(days)};
    switch (step.what) {
      case StoreStep::What::append:
        return append(maker);
      case StoreStep::What::seal:
        static_cast<void>(store_->seal(log_.machine_receipt(audit::MachineVerb::seal), day));
        return;
      case StoreStep::What::drop:
        RC_ASSERT(store_->drop(log_.machine_receipt(audit::MachineVerb::drop), day).has_value());
        return twin_.drop(day);
      case StoreStep::What::reopen:
        return reopen();
      case StoreStep::What::find:
        return find(maker);
    }
  }
  void end() {
    const auto health = store_->verify(log_.machine_receipt(audit::MachineVerb::verify)).value();
    RC_ASSERT(health.faults == Strings());
    RC_ASSERT(health.reads == twin_.size());
  }

  // How often the rare things happened.
  std::size_t found = 0, duplicates = 0, conflicts = 0, too_old = 0;

 private:
  static constexpr std::uint64_t days = 4;
  static constexpr std::uint64_t cameras = 3;

  void reopen() {
    store_.reset();
    store_ = driver_.open({.folder = folder_.path() / "store", .master_key = {9}}, clock_).value();
  }

  // Few events, each with two contents: many are sent twice, some with another content.
  plate::Read made_up(ReadMaker& maker) {
    const auto event = maker.below(60);
    ReadMaker of_event(2 * event + (maker.one_in(8) ? 1 : 0));
    const auto time = days_from_ + std::chrono::days{of_event.below(days)} +
                      std::chrono::hours{of_event.below(24)} +
                      std::chrono::microseconds{of_event.one_in(2) ? of_event.below(3) : 0};
    return of_event.any("cam-" + std::to_string(event % cameras), of_event.plate_text(), time,
                        std::to_string(event));
  }

  void append(ReadMaker& maker) {
    std::vector<NewSighting> sightings;
    std::vector<Kept> want;
    for (auto left = 1 + maker.below(12); left > 0; --left) {
      sightings.push_back({made_up(maker), {}});
      want.push_back(twin_.append(sightings.back().read));
      duplicates += want.back() == Kept::duplicate ? 1 : 0;
      conflicts += want.back() == Kept::conflict ? 1 : 0;
      too_old += want.back() == Kept::too_old ? 1 : 0;
    }
    RC_ASSERT(append_all(*store_, sightings).value() == want);
  }

  std::string pattern(ReadMaker& maker) {
    auto text = maker.plate_text();
    if (maker.one_in(3)) return text;
    text[maker.below(text.size())] = '?';
    if (maker.one_in(2)) text[maker.below(text.size())] = '*';
    if (maker.one_in(2)) text += '*';
    if (maker.one_in(2)) text = '*' + text;
    return text.find_first_not_of("*?") == std::string::npos ? "A*" : text;
  }
  std::vector<base::CameraId> some_cameras(ReadMaker& maker) {
    std::vector<base::CameraId> some;
    for (auto left = maker.below(3); left > 0; --left) {
      some.push_back(test_camera(maker.below(cameras + 1)));
    }
    return some;
  }
  base::Area area(ReadMaker& maker) {
    return {{51.0 + 0.1 * static_cast<double>(maker.below(3)), -0.1},
            static_cast<double>(maker.below(20'000))};
  }
  access::Window window(ReadMaker& maker) {
    const auto from = days_from_ + std::chrono::hours{maker.below(24 * days)};
    return {from, from + std::chrono::hours{1 + maker.below(48)}};
  }

  void find(ReadMaker& maker) {
    Query query;
    access::Scope scope{.window = access::Window{days_from_, clock_.now()}};
    if (maker.one_in(2)) query.plate = pattern(maker);
    if (maker.one_in(3)) query.cameras = some_cameras(maker);
    if (maker.one_in(3)) query.area = area(maker);
    if (maker.one_in(3)) query.window = window(maker);
    if (maker.one_in(3)) scope.plate = pattern(maker);
    if (maker.one_in(3)) scope.cameras = some_cameras(maker);
    if (maker.one_in(4)) scope.area = area(maker);
    if (maker.one_in(2)) scope.window = window(maker);
    query.rows = 1 + maker.below(9);
    const auto want = twin_.find(query, scope);
    std::set<plate::ReadId> ids;
    const auto reads = find_all(*store_, log_, query, scope);
    for (const auto& read : reads) {
      RC_ASSERT(ids.insert(read.id).second);
      RC_ASSERT(want.contains(read.id));
      RC_ASSERT(equal(read, twin_.read(read.id)));
    }
    RC_ASSERT(ids.size() == want.size());
    RC_ASSERT(std::ranges::is_sorted(reads, std::ranges::greater{}, &plate::Read::observed));
    found += ids.size();
  }

  const Driver& driver_;
  audit::TestLog& log_;
  const base::ManualClock& clock_;
  // So long ago that no window made up here ends in the future: no permit covers that.
  const base::UtcDay days_from_ = base::parse_day("2026-03-22").value();
  SlowTwin twin_;
  base::TestFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreSuite, FindsWhatItsTwinFinds) {
  using What = StoreStep::What;
  const auto step =
      rc::gen::construct<StoreStep>(rc::gen::weightedElement<What>({{8, What::append},
                                                                    {3, What::seal},
                                                                    {1, What::drop},
                                                                    {1, What::reopen},
                                                                    {12, What::find}}),
                                    rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
  EXPECT_TRUE(rc::check("a store and its slow twin agree", [&] {
    const auto steps = *rc::gen::container<std::vector<StoreStep>>(step);
    TwinLife life(GetParam(), log, clock);
    for (const auto& one : steps) life.live(one);
    life.end();
    RC_CLASSIFY(life.found > 0, "found some");
    RC_CLASSIFY(life.duplicates > 0, "met duplicates");
    RC_CLASSIFY(life.conflicts > 0, "met conflicts");
    RC_CLASSIFY(life.too_old > 0, "met reads of dropped days");
  }));
}

}  // namespace
}  // namespace regmark::sightings
