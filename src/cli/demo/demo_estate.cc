#include "cli/demo/demo_estate.h"

#include <array>
#include <chrono>
#include <iostream>
#include <random>

#include "base/time.h"
#include "cli/commands.h"
#include "cli/demo/data_folder.h"
#include "cli/demo/show_force.h"
#include "cli/print.h"

namespace regmark::cli {
namespace {

using std::chrono::days;

constexpr std::uint32_t history_days = 3'650;
constexpr std::size_t cameras_a_site = 3;
constexpr int cameras_most = 50'000;

class MadeUpForce {
 public:
  MadeUpForce(std::ostream& out, std::size_t count, std::uint32_t seed, base::UtcDay today)
      : out_(out), count_(count), random_(seed), today_(today) {}

  void print() {
    out_ << "camera,name,kind,site,site_name,latitude,longitude,owner,controller,installed,"
            "removed,ground,published,review,count,year,cost,pounds,reviewed\n";
    for (std::size_t i = 0; i < count_; ++i) print_camera(i);
    for (std::size_t i = 0; i < count_; i += cameras_a_site) print_reviews(i / cameras_a_site + 1);
    print_years();
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  template <std::size_t size>
  std::string_view one_of(const std::array<std::string_view, size>& words) {
    return words.at(below(static_cast<std::uint32_t>(size)));
  }

  // Some went, some nobody dated, most stand and are reviewed within the year.
  void print_camera(std::size_t index) {
    static constexpr std::array<std::string_view, 6> kinds{"fixed",   "fixed",          "fixed",
                                                           "movable", "cctv_with_anpr", "shared"};
    static constexpr std::array<std::string_view, 6> grounds{
        "national_security", "serious_organised_major_crime",
        "local_crime",       "local_crime",
        "crime_prevention",  ""};
    const auto site = index / cameras_a_site + 1;
    if (index % cameras_a_site == 0) {
      place_ = std::to_string(52 + below(2'000) / 1'000.0) + "," +
               std::to_string(-3 + below(2'000) / 1'000.0);
      review_ = base::format_day(today_ + days{1 + below(360)});
    }
    const days age{1 + below(history_days)};
    const bool is_gone = below(8) == 0;
    const bool is_dated = below(12) != 0;
    const auto about = below(6) == 0 ? "~" : "";
    const auto kind = one_of(kinds);
    const auto* owner = kind == "shared" ? "Made-up Council" : "Made-up Constabulary";
    out_ << "camera-" << index + 1 << ",Lane " << index % cameras_a_site + 1 << "," << kind
         << ",site-" << site << ",Made-up junction " << site << "," << place_ << "," << owner
         << ",Chief Officer,";
    if (is_dated) out_ << about << base::format_day(today_ - age);
    out_ << ",";
    if (is_gone) {
      out_ << base::format_day(today_ - days{below(static_cast<std::uint32_t>(age.count()))});
    }
    out_ << "," << one_of(grounds) << ",";
    if (below(2) == 0) out_ << base::format_day(today_ - days{below(400)});
    out_ << "," << (is_gone ? "" : review_) << ",,,,,\n";
  }

  // Each year once, mostly in time; of the first years some only by the month, and of a few nobody
  // knows.
  void print_reviews(std::size_t site) {
    const auto years = 1 + below(history_days / 365);
    for (std::uint32_t year = years; year > 0; --year) {
      if (below(20) == 0) continue;
      const auto day = today_ - days{365 * (year - 1) + 5 + below(below(6) == 0 ? 120 : 30)};
      const auto about = year > 6 && below(4) == 0 ? "~" : "";
      out_ << ",,,site-" << site << std::string(15, ',') << about << base::format_day(day) << "\n";
    }
  }

  void print_years() {
    for (std::uint32_t year = 0; year <= history_days / 365; ++year) {
      const auto day = today_ - days{365 * year};
      const auto number = static_cast<int>(std::chrono::year_month_day{day}.year());
      print_count("body_worn", day, 2'600 - 200 * year, year > 7);
      print_count("estate_cctv", day, 940 - 30 * year, year > 4);
      for (const auto* cost : {"purchase", "installation", "running", "removal"}) {
        out_ << ",,,,,,,,,,,,,,," << number << "," << cost << "," << 10'000 + below(400'000)
             << ",\n";
      }
    }
  }

  // Kinds that are counted as a whole.
  void print_count(std::string_view kind, base::UtcDay day, std::uint32_t count, bool is_about) {
    out_ << ",," << kind << ",,,,,,," << base::format_day(day) << ",,,,," << (is_about ? "~" : "")
         << count << ",,,,\n";
  }

  std::ostream& out_;
  const std::size_t count_;
  std::mt19937 random_;
  const base::UtcDay today_;
  std::string place_;
  std::string review_;
};

}  // namespace

void write_made_up_register(std::ostream& out, std::size_t cameras, std::uint32_t seed,
                            base::UtcDay today) {
  MadeUpForce(out, cameras, seed, today).print();
}

int demo_estate(const DemoEstateArguments& arguments, const std::filesystem::path& program) {
  if (arguments.cameras < 1 || arguments.cameras > cameras_most) {
    return say_failure("a made-up force has 1 to 50000 cameras");
  }
  const auto cameras = static_cast<std::size_t>(arguments.cameras);
  if (!arguments.serve) {
    write_made_up_register(std::cout, cameras, arguments.seed,
                           base::day_of(base::SystemClock().now()));
    return 0;
  }
  if (!arguments.data.empty() && has_office(arguments.data)) {
    return say_failure("a made-up force needs a new folder; " + arguments.data.string() +
                       " has an office");
  }
  const DataFolder folder(arguments.data);
  if (folder.where().empty()) return say_failure("no folder can be made for it");
  const auto came_true = show_force({program, folder.where(), cameras, arguments.seed});
  if (!came_true) return say_failure(came_true.error());
  if (!*came_true) return say_failure("some steps did not do what they say: see those marked");
  return 0;
}

}  // namespace regmark::cli
