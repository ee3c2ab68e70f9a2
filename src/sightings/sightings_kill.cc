// Kills the store at every place where it writes, many times over, and looks each time that nothing
// acknowledged is lost and nothing half-written is served.
//
//   sightings_kill [--kills N] [--seed S]
//
// A child lives with a store: it keeps, holds, seals and erases as a seed tells it, says after each
// step that it is done, and is killed at a crash point or at any moment. The parent, which knows
// from the same seed what the child was told, opens the store and compares.
//
// First comes a story that is always the same, killed at each of its crash points in turn; then N
// kills of lives made up from S.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "sightings/sightings_testing.h"

namespace regmark::sightings {
namespace {

constexpr std::uint64_t steps_a_life = 60;   // of one child
constexpr std::uint64_t lives_a_store = 25;  // then a new folder is begun
constexpr std::uint64_t days = 12;
constexpr std::uint64_t holds = 3;
constexpr std::chrono::minutes short_length{10};
constexpr std::chrono::minutes short_kept{120};
constexpr std::uint64_t short_slices = 9;

enum class What : std::uint8_t {
  append,
  erase,
  seal,
  hold,
  drop_pictures,
  drop,
  append_short,  // to stay for minutes
  keep_longer,   // the same again, to stay for days
  drop_short,
};

// Each kind of step, on a day or a short slice that has reads, pictures or neither.
struct Line {
  What what;
  unsigned day;
};
constexpr Line story[] = {
    {What::drop_pictures, 0},                    // of a day that nothing is known of
    {What::append, 0},        {What::erase, 0},  // what was kept just before
    {What::append, 0},        {What::append, 1},
    {What::hold, 1},  // of what was kept just before
    {What::seal, 1},          {What::append, 1},
    {What::hold, 1},          {What::seal, 1},
    {What::drop_pictures, 1}, {What::append, 1},
    {What::erase, 1},         {What::append, 1},
    {What::hold, 1},          {What::append, 2},
    {What::hold, 2},          {What::drop, 2},
    {What::append, 2},  // too late
    {What::drop, 3},    // of a day that nothing is known of
    {What::drop, 1},          {What::drop, 0},
    {What::append_short, 3},  {What::hold, 3},
    {What::keep_longer, 3},   {What::append_short, 3},
    {What::hold, 3},          {What::append_short, 4},
    {What::erase, 4},         {What::append_short, 4},
    {What::keep_longer, 4},   {What::append_short, 4},
    {What::drop_short, 3},    {What::append_short, 3},  // too late
    {What::drop_short, 2},                              // that nothing is known of
    {What::drop_short, 4},    {What::append_short, 5},
};
// Seeds from here on are the story's steps.
constexpr std::uint64_t story_begin = std::uint64_t{1} << 63U;
// Fewer would say that the crash points are not met any more.
constexpr long story_points_min = 200;

struct Step {
  What what = What::append;
  base::UtcDay day;
  base::UtcTime short_from;
  std::vector<NewSighting> sightings;
  std::vector<plate::ReadId> erased;  // of the step before
  Query query;
  base::HoldId hold = base::HoldId::parse("hold-0").value();
};

const base::UtcDay first_day = base::parse_day("2026-03-01").value();

std::uint64_t steps_in_life(std::uint64_t seed) {
  return seed >= story_begin ? std::size(story) : steps_a_life;
}

What what_of(std::uint64_t number) {
  return number < 29   ? What::append
         : number < 30 ? What::erase
         : number < 34 ? What::seal
         : number < 37 ? What::hold
         : number < 39 ? What::drop_pictures
         : number < 40 ? What::drop
         : number < 52 ? What::append_short
         : number < 56 ? What::keep_longer
                       : What::drop_short;
}

// Two hours and more before now, as the store keeps them.
base::UtcTime short_slice(std::uint64_t number) {
  return base::parse_utc("2026-03-29T10:30:00Z").value() +
         static_cast<std::int64_t>(number) * short_length;
}

// What the seed tells to do in one step; the same in the child and in its parent.
Step step_of(std::uint64_t seed) {
  ReadMaker maker(seed);
  const bool in_story = seed >= story_begin;
  Step step;
  step.what = what_of(maker.below(58));
  step.day = first_day + std::chrono::days{maker.below(days)};
  step.short_from = short_slice(maker.below(short_slices));
  if (in_story) {
    const auto& line = story[seed - story_begin];
    step.what = line.what;
    step.day = first_day + std::chrono::days{line.day};
    step.short_from = short_slice(line.day);
  }
  step.query.plate = maker.plate_text() + "*";
  step.hold = base::HoldId::parse("hold-" + std::to_string(maker.below(holds))).value();
  for (auto left = 1 + maker.below(8); left > 0; --left) {
    base::UtcTime time =
        step.day + std::chrono::hours{maker.below(24)} + std::chrono::milliseconds{maker.below(5)};
    if (step.what == What::append_short) {
      time = step.short_from + std::chrono::milliseconds{maker.below(5)};
    }
    auto read = maker.any("cam-" + std::to_string(maker.below(3)), maker.plate_text(), time,
                          std::to_string(seed) + "-" + std::to_string(left));
    std::vector<Picture> pictures;
    if (maker.one_in(2)) pictures.push_back(maker.picture(plate::PictureKind::plate));
    if (maker.one_in(3)) pictures.push_back(maker.picture(plate::PictureKind::overview, 40'000));
    step.sightings.push_back(with_pictures(std::move(read), std::move(pictures)));
    if (step.what == What::append_short) step.sightings.back().stay = Stay::minutes;
  }
  if (step.what == What::keep_longer && seed > 1) {
    auto before = step_of(seed - 1);
    if (before.what == What::hold) before = step_of(seed - 2);
    step.sightings = std::move(before.sightings);
    for (auto& sighting : step.sightings) sighting.stay = Stay::days;
  }
  if (step.what == What::erase && seed > 0) {
    for (const auto& kept : step_of(seed - 1).sightings) step.erased.push_back(kept.read.id);
  }
  if (in_story && step.what == What::hold) {
    const auto kept = step_of(seed - 1);
    step.query.plate = std::string(kept.sightings.front().read.plate.text().substr(0, 1)) + "*";
  }
  return step;
}

base::ManualClock& clock() {
  static base::ManualClock the_clock("2026-03-29T12:00:00Z");
  return the_clock;
}

audit::Receipt receipt(access::Act act, access::Scope scope) {
  scope.window = access::Window{first_day, clock().now()};
  scope.rows_max = 100'000;
  return UnloggedReceipts::of(act, std::move(scope), clock().now());
}

Result<std::unique_ptr<Store>> open(const std::filesystem::path& folder) {
  return open_embedded(
      {.folder = folder, .master_key = {7}, .short_slices = ShortSlices{short_kept, short_length}},
      clock());
}

// Gives what append answered; nothing for other steps.
Result<std::vector<Kept>> take(Store& store, const Step& step) {
  const auto verb = [](audit::MachineVerb one) { return UnloggedReceipts::of(one); };
  switch (step.what) {
    case What::append:
    case What::append_short:
    case What::keep_longer:
      return append_all(store, step.sightings);
    case What::drop_short:
      REGMARK_TRY(store.drop_short(verb(audit::MachineVerb::drop), step.short_from));
      break;
    case What::erase:
      REGMARK_TRY(store.erase_reads(verb(audit::MachineVerb::drop), step.erased));
      break;
    case What::seal: {
      const auto sealed = store.seal(verb(audit::MachineVerb::seal), step.day);
      if (!sealed && sealed.error().code != ErrorCode::not_found) {
        return tl::unexpected<Error>(sealed.error());
      }
      break;
    }
    case What::hold:
      REGMARK_TRY(store.hold(receipt(access::Act::hold_sightings, {.subject = step.hold.text()}),
                             step.hold, step.query));
      break;
    case What::drop_pictures:
      REGMARK_TRY(store.drop_pictures(verb(audit::MachineVerb::drop), step.day));
      break;
    case What::drop:
      REGMARK_TRY(store.drop(verb(audit::MachineVerb::drop), step.day));
      break;
  }
  return std::vector<Kept>{};
}

// Lives until it is killed, or to the end.
int live(const std::filesystem::path& folder, std::uint64_t seed) {
  auto store = open(folder);
  if (!store) {
    std::fprintf(stderr, "cannot open: %s\n", store.error().message.c_str());
    return 1;
  }
  for (std::uint64_t at = 0; at < steps_in_life(seed); ++at) {
    if (const auto taken = take(**store, step_of(seed + at)); !taken) {
      std::fprintf(stderr, "cannot do step %llu: %s\n", static_cast<unsigned long long>(seed + at),
                   taken.error().message.c_str());
      return 1;
    }
    const char done = '.';
    if (::write(STDOUT_FILENO, &done, 1) != 1) return 1;
  }
  return 0;
}

base::UtcTime short_from_of(base::UtcTime observed) {
  const base::UtcTime midnight{base::day_of(observed)};
  return midnight + (observed - midnight) / short_length * short_length;
}

// What a store must hold, as far as it was acknowledged.
class Ledger {
 public:
  // Of a step that was done.
  void enter(const Step& step) {
    switch (step.what) {
      case What::append:
      case What::append_short:
      case What::keep_longer:
        for (const auto& sighting : step.sightings) enter(sighting);
        break;
      case What::drop_short:
        drop_short(step.short_from);
        break;
      case What::erase:
        for (const auto& id : step.erased) erase(id);
        break;
      case What::seal:
        break;
      case What::hold:
        for (const auto& [id, sighting] : sightings_) {
          if (sighting.read.plate.text().starts_with(
                  step.query.plate.substr(0, step.query.plate.size() - 1))) {
            auto copy = sighting;
            if (without_pictures_.contains(base::day_of(sighting.read.observed))) {
              copy.pictures.clear();
            }
            held_[step.hold.text()].try_emplace(id, std::move(copy));
          }
        }
        break;
      case What::drop_pictures:
        if (!dropped_.contains(step.day)) without_pictures_.insert(step.day);
        break;
      case What::drop:
        dropped_.insert(step.day);
        std::erase_if(sightings_, [&](const auto& entry) {
          return base::day_of(entry.second.read.observed) == step.day;
        });
        break;
    }
  }
  // Which of a step's reads a store answers to with `stored`, if it has none of them yet.
  bool is_new(const NewSighting& sighting) const {
    const bool is_gone = sighting.stay == Stay::minutes
                             ? sighting.read.observed < short_gone_until_
                             : dropped_.contains(base::day_of(sighting.read.observed));
    return !is_gone && !erased_.contains(sighting.read.id);
  }

  bool compare(const Store& store) const {
    return compare_reads(store) && compare_held(store) && compare_health(store);
  }

 private:
  static bool wrong(const char* what, const plate::ReadId* id = nullptr) {
    std::fprintf(stderr, "%s %s\n", what, id == nullptr ? "" : id->text().c_str());
    return false;
  }

  void enter(const NewSighting& sighting) {
    const auto day = base::day_of(sighting.read.observed);
    if (!is_new(sighting)) return;
    if (sighting.stay == Stay::minutes) short_begun_.insert(short_from_of(sighting.read.observed));
    auto kept = sighting;
    if (without_pictures_.contains(day)) kept.pictures.clear();
    const auto known = sightings_.try_emplace(sighting.read.id, std::move(kept)).first;
    if (sighting.stay == Stay::days) known->second.stay = Stay::days;
  }

  // Of one that never was, nothing is known and nothing follows.
  void drop_short(base::UtcTime from) {
    const auto until = from + short_length;
    if (!short_begun_.contains(from)) return;
    short_gone_until_ = std::max(short_gone_until_, until);
    const auto goes = [&](const auto& entry) {
      const auto& [read, pictures, stay] = entry.second;
      return stay == Stay::minutes && read.observed >= from && read.observed < until;
    };
    std::erase_if(sightings_, goes);
    std::erase_if(erased_, goes);  // the mark, too
  }

  // What is held for a case stands.
  void erase(const plate::ReadId& id) {
    for (const auto& [hold, reads] : held_) {
      if (reads.contains(id)) return;
    }
    const auto known = sightings_.find(id);
    if (known == sightings_.end()) return;
    erased_.insert_or_assign(id, known->second);
    sightings_.erase(known);
  }

  template <typename Each>
  static bool each_page(const Store& store, const std::string& subject, const Each& each) {
    Query query{.rows = 50};
    do {
      const auto act = subject.empty() ? access::Act::search_sightings : access::Act::read_held;
      const auto page = store.find(receipt(act, {.subject = subject}), query);
      if (!page) return wrong(page.error().message.c_str());
      for (const auto& read : page->reads) {
        if (!each(read)) return false;
      }
      query.after = page->next;
    } while (!query.after.empty());
    return true;
  }

  bool compare_reads(const Store& store) const {
    std::size_t found = 0;
    const bool same = each_page(store, "", [&](const plate::Read& read) {
      ++found;
      const auto known = sightings_.find(read.id);
      if (known == sightings_.end()) return wrong("was never kept, or was dropped:", &read.id);
      if (!equal(read, known->second.read)) return wrong("came back otherwise:", &read.id);
      const bool gone = without_pictures_.contains(base::day_of(read.observed));
      return compare_pictures(store, known->second, gone);
    });
    if (same && found != sightings_.size()) return wrong("acknowledged reads are lost");
    return same;
  }

  bool compare_pictures(const Store& store, const NewSighting& sighting, bool gone) const {
    const auto& id = sighting.read.id;
    const auto to_see = receipt(access::Act::search_sightings, {.subject = id.text()});
    for (const auto& picture : sighting.pictures) {
      const auto jpeg = store.picture(to_see, id, picture.kind);
      if (gone && !jpeg && jpeg.error().code == ErrorCode::not_found) continue;
      // A held read's picture may be seen on, from the hold's copy.
      if (!jpeg || *jpeg != picture.jpeg) return wrong("a picture is lost:", &id);
    }
    return true;
  }

  bool compare_held(const Store& store) const {
    for (const auto& [hold, reads] : held_) {
      std::set<plate::ReadId> found;
      const bool same = each_page(store, hold, [&, &reads = reads](const plate::Read& read) {
        found.insert(read.id);
        const auto known = reads.find(read.id);
        if (known == reads.end()) return wrong("was never held:", &read.id);
        return equal(read, known->second.read) || wrong("was held otherwise:", &read.id);
      });
      if (!same) return false;
      for (const auto& [id, sighting] : reads) {
        const bool copied = sighting.stay == Stay::minutes && !sightings_.contains(id)
                                ? true
                                : dropped_.contains(base::day_of(sighting.read.observed));
        if (!found.contains(id)) return wrong("a held read is lost:", &id);
        if (copied && !compare_pictures(store, sighting, false)) return false;
      }
    }
    return true;
  }

  bool compare_health(const Store& store) const {
    const auto health = store.verify(UnloggedReceipts::of(audit::MachineVerb::verify));
    if (!health) return wrong(health.error().message.c_str());
    for (const auto& fault : health->faults) wrong(fault.c_str());
    if (health->reads != sightings_.size()) return wrong("the count of reads is wrong");
    return health->faults.empty();
  }

  std::map<plate::ReadId, NewSighting> sightings_;
  std::map<std::string, std::map<plate::ReadId, NewSighting>> held_;
  std::map<plate::ReadId, NewSighting> erased_;
  std::set<base::UtcTime> short_begun_;
  base::UtcTime short_gone_until_ = base::UtcTime::min();
  std::set<base::UtcDay> dropped_;
  std::set<base::UtcDay> without_pictures_;
};

// How a child is to end.
struct End {
  long at_point = 0;                   // at this crash point, or
  std::chrono::microseconds after{0};  // so long after its first step
};

struct Life {
  std::uint64_t steps_done = 0;
  bool killed = false;
  bool failed = false;
};

Life run_child(const std::string& program, const std::filesystem::path& folder, std::uint64_t seed,
               const End& end) {
  int ends[2];
  REGMARK_CHECK(::pipe(ends) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  std::string arguments[] = {program, "--live", folder.string(), std::to_string(seed)};
  char* argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(),
                  arguments[3].data(), nullptr};
  // Beside what this process was given: a sanitizer reads its options there.
  std::string crash = "REGMARK_CRASH_AT=" + std::to_string(end.at_point);
  std::vector<char*> environment{crash.data()};
  for (char** at = environ; *at != nullptr; ++at) environment.push_back(*at);
  environment.push_back(nullptr);
  pid_t child = 0;
  const int spawned =
      ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv, environment.data());
  posix_spawn_file_actions_destroy(&actions);
  REGMARK_CHECK(spawned == 0);
  ::close(ends[1]);

  Life life;
  std::thread killer;
  std::array<char, 256> done;
  while (true) {
    const auto got = ::read(ends[0], done.data(), done.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (life.steps_done == 0 && end.after.count() > 0) {
      killer = std::thread([&] {
        std::this_thread::sleep_for(end.after);
        ::kill(child, SIGKILL);
      });
    }
    life.steps_done += static_cast<std::uint64_t>(got);
  }
  ::close(ends[0]);
  if (killer.joinable()) killer.join();
  int status = 0;
  REGMARK_CHECK(::waitpid(child, &status, 0) == child);
  life.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  life.failed = !life.killed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0);
  return life;
}

// The step in which the child was killed is sent again, as its sender would. An append was kept
// whole, or not at all.
bool complete(Store& store, const Step& step, Ledger& ledger) {
  const auto answers = take(store, step);
  if (!answers) {
    std::fprintf(stderr, "cannot be done again: %s\n", answers.error().message.c_str());
    return false;
  }
  std::set<Kept> met;
  for (std::size_t at = 0; at < answers->size(); ++at) {
    if (ledger.is_new(step.sightings[at])) met.insert((*answers)[at]);
  }
  if (met.size() > 1 || met.contains(Kept::conflict)) {
    std::fprintf(stderr, "an append was kept in part\n");
    return false;
  }
  ledger.enter(step);
  return true;
}

// One life in a folder, and what it left; nullopt: that is wrong. A life that was killed before its
// end may have been in the midst of a step.
std::optional<Life> live_and_look(const std::string& program, const std::filesystem::path& folder,
                                  std::uint64_t seed, const End& end, Ledger& ledger) {
  const auto life = run_child(program, folder, seed, end);
  for (std::uint64_t at = 0; at < life.steps_done; ++at) ledger.enter(step_of(seed + at));
  auto store = open(folder);
  bool good = !life.failed && store.has_value();
  if (!store) std::fprintf(stderr, "cannot open: %s\n", store.error().message.c_str());
  if (good && life.steps_done < steps_in_life(seed)) {
    good = complete(**store, step_of(seed + life.steps_done), ledger);
  }
  if (good && ledger.compare(**store)) return life;
  std::fprintf(stderr, "after point %ld, or %lld us, in step %llu\n", end.at_point,
               static_cast<long long>(end.after.count()),
               static_cast<unsigned long long>(seed + life.steps_done));
  return std::nullopt;
}

// The story, killed at its first crash point, then at its second, and so on until it ends by
// itself.
bool kill_at_each_point(const std::string& program) {
  for (long at_point = 1;; ++at_point) {
    const base::TestFolder folder;
    Ledger ledger;
    const auto life =
        live_and_look(program, folder.path(), story_begin, {.at_point = at_point}, ledger);
    if (!life) return false;
    if (life->killed) continue;
    std::printf("killed at each of %ld crash points\n", at_point - 1);
    return at_point > story_points_min;
  }
}

bool kill_many(const std::string& program, std::uint64_t kills, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uint64_t killed = 0;
  std::uint64_t in_midst = 0;
  for (std::uint64_t life_number = 0; killed < kills;) {
    const base::TestFolder folder;
    Ledger ledger;
    for (std::uint64_t life_here = 0; life_here < lives_a_store && killed < kills; ++life_here) {
      const auto life_seed = seed * 1'000'000'000 + life_number++ * steps_a_life;
      End end;
      if (random() % 3 != 0) {
        end.at_point = static_cast<long>(1 + random() % 260);
      } else {
        end.after = std::chrono::microseconds{1 + random() % 60'000};
      }
      const auto life = live_and_look(program, folder.path(), life_seed, end, ledger);
      if (!life) {
        std::fprintf(stderr, "seed %llu, after %llu kills\n", static_cast<unsigned long long>(seed),
                     static_cast<unsigned long long>(killed));
        return false;
      }
      killed += life->killed ? 1 : 0;
      in_midst += life->steps_done < steps_a_life ? 1 : 0;
    }
  }
  std::printf("%llu kills, %llu of them in the midst of a step: nothing lost, nothing half\n",
              static_cast<unsigned long long>(killed), static_cast<unsigned long long>(in_midst));
  return kills == 0 || in_midst > 0;
}

}  // namespace
}  // namespace regmark::sightings

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments, arguments + count);
  if (words.size() == 4 && words[1] == "--live") {
    return regmark::sightings::live(words[2], std::strtoull(words[3].c_str(), nullptr, 10));
  }
  std::uint64_t kills = 40;
  std::uint64_t seed = 1;
  for (std::size_t at = 1; at + 1 < words.size(); at += 2) {
    const auto value = std::strtoull(words[at + 1].c_str(), nullptr, 10);
    if (words[at] == "--kills") {
      kills = value;
    } else if (words[at] == "--seed") {
      seed = value;
    } else {
      std::fprintf(stderr, "usage: sightings_kill [--kills N] [--seed S]\n");
      return 2;
    }
  }
  const bool good = regmark::sightings::kill_at_each_point(words[0]) &&
                    regmark::sightings::kill_many(words[0], kills, seed);
  return good ? 0 : 1;
}
