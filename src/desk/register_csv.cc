#include "desk/register_csv.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/words.h"
#include "watchlist/csv.h"

namespace regmark::desk {
namespace {

using camera_register::Certainty;
using camera_register::Dated;
using camera_register::Ground;

constexpr std::string_view columns[] = {
    "camera", "name",       "kind",      "site",    "site_name", "latitude",    "longitude",
    "owner",  "controller", "installed", "removed", "ground",    "ground_from", "published",
    "review", "count",      "year",      "cost",    "pounds",    "reviewed"};
// A row is one of four things: a column that a camera has not makes it another.
enum class RowKind : std::uint8_t { camera, count, cost, review };
struct Sort {
  RowKind kind;
  std::string_view name;
  std::vector<std::string_view> columns;
};
const Sort& sort_of_camera() {
  static const Sort sort{
      RowKind::camera,
      "a camera",
      {"camera", "name", "kind", "site", "site_name", "latitude", "longitude", "owner",
       "controller", "installed", "removed", "ground", "ground_from", "published", "review"}};
  return sort;
}
const std::vector<Sort>& other_sorts() {
  static const std::vector<Sort> sorts{{RowKind::count, "a count", {"count", "kind", "installed"}},
                                       {RowKind::cost, "a cost", {"cost", "pounds", "year"}},
                                       {RowKind::review, "a review", {"reviewed", "site"}}};
  return sorts;
}
// What a later file may say anew of a camera that is held: its place is the estate's.
constexpr std::string_view may_change[] = {"kind",      "owner",  "controller",
                                           "installed", "ground", "published"};
constexpr std::string_view need_not_recorded = "Not recorded: it stood before these records began.";
constexpr char about = '~';  // before a day or number that is approximate

// The fields of one row by the name of their column; one that is not there is empty.
class Fields {
 public:
  Fields(const std::map<std::string, std::size_t>& places, const std::vector<std::string>& fields)
      : places_(places), fields_(fields) {}
  const std::string& operator[](const std::string& column) const {
    static const std::string nothing;
    const auto found = places_.find(column);
    if (found == places_.end() || found->second >= fields_.size()) return nothing;
    return fields_[found->second];
  }

 private:
  const std::map<std::string, std::size_t>& places_;
  const std::vector<std::string>& fields_;
};

tl::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

Result<Dated> dated_in(std::string_view text) {
  if (text.empty()) return Dated{};
  const bool is_about = text.front() == about;
  if (is_about) text.remove_prefix(1);
  REGMARK_ASSIGN(const auto day, base::parse_day(text));
  return Dated{day, is_about ? Certainty::approximate : Certainty::exact};
}

template <typename Number>
Result<Number> number_in(std::string_view text, std::string_view what) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return wrong(std::string(what) + " must be a number");
  }
  return value;
}

// "26500", "~4000", or "" for what nobody counted.
Result<std::pair<std::uint64_t, Certainty>> figure_in(std::string_view text,
                                                      std::string_view what) {
  if (text.empty()) return std::pair{std::uint64_t{0}, Certainty::not_recorded};
  const bool is_about = text.front() == about;
  if (is_about) text.remove_prefix(1);
  REGMARK_ASSIGN(const auto value, number_in<std::uint64_t>(text, what));
  return std::pair{value, is_about ? Certainty::approximate : Certainty::exact};
}

template <std::size_t size, typename Word>
std::string words_of(const Word (&all)[size]) {
  return base::joined(all, [](const Word& word) { return name(word); });
}

Result<camera_register::CameraKind> kind_in(const Fields& fields) {
  const auto& text = fields["kind"];
  const auto kind = camera_register::kind_of(text.empty() ? "fixed" : text);
  if (!kind) {
    return wrong("there is no such kind of camera; the kinds are " +
                 words_of(camera_register::all_kinds));
  }
  return *kind;
}

Result<Ground> ground_in(const Fields& fields) {
  if (fields["ground"].empty()) return Ground::not_recorded;
  const auto ground = camera_register::ground_of(fields["ground"]);
  if (!ground) {
    return wrong("there is no such ground; the grounds are " +
                 words_of(camera_register::all_grounds));
  }
  return *ground;
}

// "always" corrects what was said before.
Result<std::optional<base::UtcDay>> ground_from_in(const Fields& fields) {
  const auto& text = fields["ground_from"];
  if (text.empty()) return std::nullopt;
  if (fields["ground"].empty()) return wrong("ground_from is there, and no ground");
  if (text == "always") return camera_register::first_day;
  REGMARK_ASSIGN(const auto day, base::parse_day(text));
  return day;
}

// Which of the four a row is. Two at once would lose one of them.
Result<const Sort*> sort_in(const Fields& fields) {
  const auto is_there = [&](std::string_view column) {
    return !fields[std::string(column)].empty();
  };
  const auto belongs = [&](const Sort& sort, std::string_view column) {
    return std::ranges::find(sort.columns, column) != sort.columns.end();
  };
  const Sort* found = &sort_of_camera();
  for (const auto& sort : other_sorts()) {
    // "kind", "installed" and "site" are a camera's too.
    const bool is_it = std::ranges::any_of(sort.columns, [&](std::string_view column) {
      return is_there(column) && !belongs(sort_of_camera(), column);
    });
    if (is_it && found == &sort_of_camera()) found = &sort;
  }
  for (const auto column : columns) {
    if (!is_there(column) || belongs(*found, column)) continue;
    return wrong(std::string(column) + " does not belong to " + std::string(found->name) +
                 ": a row is a camera, a count, a cost or a review, and one of them");
  }
  return found;
}

class Reader {
 public:
  Result<void> read(const Fields& fields, std::size_t line) {
    REGMARK_ASSIGN(const auto* sort, sort_in(fields));
    line_ = line;
    switch (sort->kind) {
      case RowKind::cost:
        return read_cost(fields);
      case RowKind::count:
        return read_count(fields);
      case RowKind::review:
        return read_review(fields);
      case RowKind::camera:
        break;
    }
    auto done = read_camera(fields);
    // What is no id may hold anything, and is not repeated.
    if (done || !base::CameraId::parse(fields["camera"])) return done;
    return fail(done.error().code, "camera " + fields["camera"] + ": " + done.error().message);
  }

  ReadRegister take(const std::map<std::string, std::size_t>& places) && {
    for (auto& [id, site] : sites_) read_.sites.push_back(std::move(site));
    for (std::size_t i = 0; i < std::size(may_miss); ++i) {
      read_.columns[i] = places.contains(std::string(may_miss[i]));
    }
    const auto has = [&](const char* column) { return places.contains(column); };
    read_.entries.named = {has("kind"),    has("owner"),  has("controller"), has("installed"),
                           has("removed"), has("ground"), has("published")};
    return std::move(read_);
  }

 private:
  Result<void> read_cost(const Fields& fields) {
    const auto kind = camera_register::cost_kind_of(fields["cost"]);
    if (!kind) {
      return wrong("there is no such kind of cost; the kinds are " +
                   words_of(camera_register::all_cost_kinds));
    }
    REGMARK_ASSIGN(const auto year, number_in<int>(fields["year"], "the year"));
    REGMARK_ASSIGN(const auto figure, figure_in(fields["pounds"], "the pounds"));
    read_.entries.costs.push_back({year, *kind, figure.first, figure.second});
    read_.entries.lines.costs.push_back(line_);
    return {};
  }

  Result<void> read_count(const Fields& fields) {
    REGMARK_ASSIGN(const auto kind, kind_in(fields));
    REGMARK_ASSIGN(const auto day, base::parse_day(fields["installed"]));
    REGMARK_ASSIGN(const auto figure, figure_in(fields["count"], "the count"));
    read_.entries.counts.push_back({kind, day, figure.first, figure.second});
    read_.entries.lines.counts.push_back(line_);
    return {};
  }

  Result<void> read_review(const Fields& fields) {
    REGMARK_ASSIGN(auto site, base::SiteId::parse(fields["site"]));
    REGMARK_ASSIGN(const auto day, dated_in(fields["reviewed"]));
    read_.entries.reviews.push_back({std::move(site), *day.day, day.how});
    read_.entries.lines.reviews.push_back(line_);
    return {};
  }

  Result<void> read_camera(const Fields& fields) {
    REGMARK_ASSIGN(auto id, base::CameraId::parse(fields["camera"]));
    if (!seen_.insert(id).second) return wrong("the camera stands there twice");
    camera_register::Particulars one{.camera = id};
    REGMARK_ASSIGN(one.kind, kind_in(fields));
    one.owner = fields["owner"];
    one.controller = fields["controller"];
    REGMARK_ASSIGN(one.installed, dated_in(fields["installed"]));
    one.is_removed = !fields["removed"].empty();
    if (fields["removed"] != "unknown") {
      REGMARK_ASSIGN(one.removed, dated_in(fields["removed"]));
    }
    REGMARK_ASSIGN(one.ground, ground_in(fields));
    REGMARK_ASSIGN(one.ground_from, ground_from_in(fields));
    REGMARK_ASSIGN(const auto published, dated_in(fields["published"]));
    if (published.how == Certainty::approximate) {
      return wrong("published is a day, and not about one");
    }
    one.impact_published = published.day;
    if (!fields["site"].empty()) {
      REGMARK_ASSIGN(auto site, base::SiteId::parse(fields["site"]));
      read_.sites_named.insert(std::move(site));
    }
    const bool collects = !fields["review"].empty();
    if (collects && one.is_removed) {
      return wrong("it was removed, and what was removed waits for no review");
    }
    const auto ground = one.ground;
    read_.entries.cameras.push_back(std::move(one));
    read_.entries.lines.cameras.push_back(line_);
    auto& blanks = read_.blanks.emplace_back();
    for (std::size_t i = 0; i < std::size(may_miss); ++i) {
      blanks[i] = fields[std::string(may_miss[i])].empty();
    }
    return collects ? read_standing(fields, id, ground) : Result<void>{};
  }

  // One that goes on collecting has a place, and a day of its first review.
  Result<void> read_standing(const Fields& fields, const base::CameraId& camera, Ground ground) {
    REGMARK_ASSIGN(auto id, base::SiteId::parse(fields["site"]));
    REGMARK_ASSIGN(const auto latitude, number_in<double>(fields["latitude"], "the latitude"));
    REGMARK_ASSIGN(const auto longitude, number_in<double>(fields["longitude"], "the longitude"));
    REGMARK_ASSIGN(const auto position, base::make_position(latitude, longitude));
    REGMARK_ASSIGN(const auto review, base::parse_day(fields["review"]));
    const auto& site_name = fields["site_name"];
    estate::NewSite site{id,
                         site_name.empty() ? id.text() : site_name,
                         position,
                         {std::string(need_not_recorded), category_of(ground), review},
                         estate::Path::inherited};
    const auto [found, is_new] =
        sites_.try_emplace(id, estate::InheritedSite{std::move(site), {}, line_});
    auto& stands = found->second;
    if (!is_new && (stands.site.position != position || stands.site.grounds.review != review)) {
      return wrong("its site stands in two places, or has two reviews");
    }
    const auto& name = fields["name"];
    stands.cameras.push_back({camera, name.empty() ? camera.text() : name, id, std::nullopt});
    return {};
  }

  // The guidance has four categories, the matrix five columns.
  static std::string category_of(Ground ground) {
    if (ground == Ground::crime_prevention) return "community_confidence";
    return std::string(name(ground));
  }

  ReadRegister read_;
  std::map<base::SiteId, estate::InheritedSite> sites_;
  std::set<base::CameraId> seen_;
  std::size_t line_ = 0;
};

Result<std::map<std::string, std::size_t>> places_of(const std::vector<std::string>& heading) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    if (std::ranges::find(columns, heading[i]) == std::end(columns)) {
      return wrong("line 1: column " + std::to_string(i + 1) + " is not known; the columns are " +
                   base::joined(columns));
    }
    if (!places.emplace(heading[i], i).second) return wrong("line 1: a column stands there twice");
  }
  return places;
}

}  // namespace

Result<ReadRegister> read_register_csv(std::string_view csv) {
  if (csv.size() > register_csv_size_max) {
    return fail(ErrorCode::limit_exceeded, "the register is longer than 32 MiB");
  }
  watchlist::CsvReader rows(csv);
  std::optional<std::map<std::string, std::size_t>> places;
  Reader reader;
  while (const auto next = rows.next()) {
    if (const auto* bad = std::get_if<watchlist::BadCsvRow>(&*next)) {
      return wrong("line " + std::to_string(bad->line) + ": " + bad->reason);
    }
    const auto& row = std::get<watchlist::CsvRow>(*next);
    if (!places) {
      REGMARK_ASSIGN(places, places_of(row.fields));
      continue;
    }
    if (const auto done = reader.read(Fields(*places, row.fields), row.line); !done) {
      return wrong("line " + std::to_string(row.line) + ": " + done.error().message);
    }
  }
  if (!places) return wrong("the register is empty");
  return std::move(reader).take(*places);
}

std::vector<Missing> missing_in(const ReadRegister& read, const std::vector<bool>& was_held) {
  Blanks said_anew;
  for (std::size_t i = 0; i < std::size(may_miss); ++i) {
    const bool may = std::ranges::find(may_change, may_miss[i]) != std::end(may_change);
    said_anew[i] = may && read.columns[i];
  }
  std::vector<Missing> missing;
  for (const auto field : may_miss) missing.push_back({field, 0});
  for (std::size_t camera = 0; camera < read.blanks.size(); ++camera) {
    auto blanks = read.blanks[camera];
    if (camera < was_held.size() && was_held[camera]) blanks &= said_anew;
    for (std::size_t i = 0; i < std::size(may_miss); ++i) missing[i].cameras += blanks[i] ? 1U : 0U;
  }
  return missing;
}

}  // namespace regmark::desk
