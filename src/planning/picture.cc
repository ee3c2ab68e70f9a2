#include "planning/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace regmark::planning {
namespace {

constexpr double width = 1'000;  // of the drawing
constexpr double margin = 20;
constexpr std::size_t rows_max = 500;  // of a table; the JSON has all
// More are a page that no browser likes: then local roads are left out of the drawing.
constexpr std::size_t roads_drawn_max = 50'000;

constexpr std::string_view style = R"(
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1b1b1f; background: #fff; max-width: 70rem; }
svg { width: 100%; height: auto; border: 1px solid #888; background: #fafafa; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; }
th, td { text-align: left; padding: 0.3rem 0.7rem; border-bottom: 1px solid #ccc; vertical-align: top; }
.note { border: 2px solid #8a1c1c; padding: 0.4rem 0.8rem; }
.road { fill: none; stroke: #9a9aa2; stroke-width: 1.2; }
.motorway, .trunk, .primary { stroke: #5c5c66; stroke-width: 2.6; }
.gap { fill: none; stroke: #c62828; stroke-width: 5; stroke-opacity: 0.45; }
.existing { fill: #1d4f91; stroke: #fff; }
.spare { fill: #fff; stroke: #1d4f91; stroke-width: 2; }
.partner { fill: #6a1b9a; stroke: #fff; }
.new { fill: #00695c; stroke: #fff; }
.idle { fill: #b9b9c0; }
)";

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char character : text) {
    switch (character) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += character;
    }
  }
  return safe;
}

// From degrees to the drawing, north up.
class Frame {
 public:
  explicit Frame(const Network& network) {
    for (const auto& road : network.roads()) {
      for (const auto& point : road.shape) {
        south_ = std::min(south_, point.latitude);
        north_ = std::max(north_, point.latitude);
        west_ = std::min(west_, point.longitude);
        east_ = std::max(east_, point.longitude);
      }
    }
    shrink_ = std::cos((south_ + north_) / 2 * std::numbers::pi / 180);
    const double across = std::max((east_ - west_) * shrink_, 1e-6);
    const double up = std::max(north_ - south_, 1e-6);
    // A long road that runs north must not make an endless page.
    scale_ = std::min((width - 2 * margin) / across, 2 * width / up);
    height_ = up * scale_ + 2 * margin;
  }
  double height() const { return height_; }
  std::string point(const base::Position& place) const {
    return fmt::format("{:.1f},{:.1f}", x(place), y(place));
  }
  double x(const base::Position& place) const {
    return margin + (place.longitude - west_) * shrink_ * scale_;
  }
  double y(const base::Position& place) const {
    return margin + (north_ - place.latitude) * scale_;
  }

 private:
  double south_ = 90, north_ = -90, west_ = 180, east_ = -180;
  double shrink_ = 1, scale_ = 1, height_ = 0;
};

std::string_view stand_words(std::optional<bool> spare) {
  if (!spare) return "stands; whether it is spare was not reached";
  return *spare ? "stands, spare" : "stands";
}

class Page {
 public:
  Page(const Plan& plan, const Network& network, const Inputs& inputs)
      : plan_(plan), network_(network), inputs_(inputs), frame_(network) {}
  std::string whole(const std::string& digest);

 private:
  void line(const Road& road, std::string_view kind);
  void draw();
  void draw_site(std::size_t number);
  void say_result();
  void say_gaps();
  void say_recommended();
  void say_existing();
  void say_privacy();
  std::string names(const std::vector<std::size_t>& demands) const;
  std::string draws(std::int64_t chosen) const {
    if (inputs_.stability.draws == 0) return "–";
    return plan_.draws == 0 ? "not reached" : fmt::format("{} of {}", chosen, plan_.draws);
  }

  const Plan& plan_;
  const Network& network_;
  const Inputs& inputs_;
  Frame frame_;
  std::string out_;
};

void Page::line(const Road& road, std::string_view kind) {
  out_ += fmt::format("<polyline class=\"{}\" points=\"", kind);
  for (const auto& point : road.shape) out_ += frame_.point(point) + " ";
  out_ += fmt::format("\"><title>{}</title></polyline>\n",
                      escaped(road.name.empty() ? road.id : road.name));
}

// Shapes differ as well as colours: not everybody sees those.
void Page::draw_site(std::size_t number) {
  const auto& site = plan_.problem.sites[number];
  const auto& stand = plan_.sites[number];
  const double x = frame_.x(site.position);
  const double y = frame_.y(site.position);
  const auto title = [&](std::string_view what) {
    return fmt::format("<title>{}: {}</title>", escaped(site.name), what);
  };
  if (site.kind == SiteKind::existing) {
    out_ += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"7\">{}</circle>\n",
                        stand.spare.value_or(false) ? "spare" : "existing", x, y,
                        title(stand_words(stand.spare)));
  } else if (!stand.planned) {
    out_ +=
        fmt::format("<circle class=\"idle\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\">{}</circle>\n", x,
                    y, title("not chosen"));
  } else if (site.kind == SiteKind::partner) {
    out_ += fmt::format(
        "<rect class=\"partner\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"14\" height=\"14\">{}</rect>\n",
        x - 7, y - 7, title("share it"));
  } else {
    out_ += fmt::format(
        "<polygon class=\"new\" points=\"{:.1f},{:.1f} {:.1f},{:.1f} "
        "{:.1f},{:.1f}\">{}</polygon>\n",
        x, y - 10, x - 9, y + 7, x + 9, y + 7, title("build it"));
  }
}

void Page::draw() {
  out_ += fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"Map of the roads, the cameras, "
      "the gaps and what is recommended; the tables below say the same\">\n",
      width, frame_.height());
  const bool crowded = network_.roads().size() > roads_drawn_max;
  for (const auto& road : network_.roads()) {
    if (crowded && road.road_class == RoadClass::local) continue;
    line(road, fmt::format("road {}", name(road.road_class)));
  }
  for (const auto& stand : plan_.demands) {
    if (!stand.gap) continue;
    for (const Arc arc : *stand.gap) line(network_.roads()[road_of(arc)], "gap");
  }
  for (const bool planned : {false, true}) {
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
      if (plan_.sites[i].planned == planned) draw_site(i);
    }
  }
  out_ +=
      "</svg>\n<p>Filled circle: a camera that stands. Open circle: one that stands and is spare. "
      "Square: share a partner's. Triangle: build one. Small dot: a site that was not chosen. "
      "Broad red line: a way that passes too few cameras today.</p>\n";
}

std::string Page::names(const std::vector<std::size_t>& demands) const {
  std::string list;
  for (const auto demand : demands) {
    if (!list.empty()) list += ", ";
    list += escaped(plan_.problem.demands[demand].name);
  }
  return list.empty() ? "–" : list;
}

void Page::say_result() {
  const auto& totals = plan_.recommended.totals;
  out_ += fmt::format(
      "<p>{} Recommended: {} cameras, of which {} new, {} shared, {} that stand; money {}, privacy "
      "cost {} points. {}</p>\n",
      plan_.meets_cover() ? "The plan meets the cover that was asked for."
                          : "<strong>No plan meets all of the cover that was asked for.</strong>",
      totals.cameras, totals.new_cameras, totals.shared, totals.existing, totals.money,
      totals.privacy,
      plan_.recommended.proved() ? "Proved: no plan is better in the order of the objectives."
                                 : "Not proved to be the best in the time there was.");
  if (plan_.fewest) {
    const auto& all = plan_.fewest->totals;
    out_ += fmt::format(
        "<p>Fewest, as if none stood: {} cameras; money {}, privacy cost {}{}.</p>\n", all.cameras,
        all.money, all.privacy, plan_.fewest->proved() ? "" : "; not proved to be the fewest");
  }
  for (std::size_t i = 0; i < plan_.demands.size(); ++i) {
    const auto& stand = plan_.demands[i];
    if (!stand.cannot) continue;
    const auto& demand = plan_.problem.demands[i];
    std::string way;
    for (const Arc arc : *stand.cannot) {
      way += (way.empty() ? "" : ", ") + escaped(network_.roads()[road_of(arc)].id);
    }
    out_ += fmt::format(
        "<p class=\"note\">{} cannot have {} cameras on every way: even with every site open this "
        "way passes {}: {}.</p>\n",
        escaped(demand.name), demand.least, stand.at_most, way);
  }
}

void Page::say_gaps() {
  out_ +=
      "<h2>What is watched</h2>\n<table><tr><th>Corridor or area<th>Weight<th>Wanted<th>Now"
      "<th>Planned</tr>\n";
  std::size_t rows = 0;
  for (std::size_t i = 0; i < plan_.demands.size() && rows < rows_max; ++i, ++rows) {
    const auto& demand = plan_.problem.demands[i];
    const auto& stand = plan_.demands[i];
    out_ += fmt::format("<tr><td>{}<td>{}<td>{}<td>{}{}<td>{}</tr>\n", escaped(demand.name),
                        demand.weight, demand.least, stand.now,
                        stand.now < demand.least ? " (gap)" : "", stand.planned);
  }
  out_ += "</table>\n";
}

void Page::say_recommended() {
  out_ +=
      "<h2>Recommended</h2>\n<table><tr><th>Site<th>How<th>Money<th>Residents near<th>Vehicles a "
      "day<th>Privacy points<th>Needed for<th>Chosen when estimates moved</tr>\n";
  std::size_t rows = 0;
  for (std::size_t i = 0; i < plan_.sites.size() && rows < rows_max; ++i) {
    const auto& site = plan_.problem.sites[i];
    const auto& stand = plan_.sites[i];
    if (!stand.planned || site.kind == SiteKind::existing) continue;
    ++rows;
    out_ += fmt::format(
        "<tr><td>{}<td>{}<td>{}<td>{}<td>{}{}<td>{}<td>{}<td>{}</tr>\n", escaped(site.name),
        site.kind == SiteKind::partner ? "share" : "build", site.money,
        plan_.problem.population_known ? std::to_string(site.residents) : "not recorded",
        site.vehicles, site.vehicles_counted ? "" : " (not counted)", site.privacy,
        names(stand.loss.unmet), draws(stand.draws));
  }
  out_ += "</table>\n";
}

void Page::say_existing() {
  out_ +=
      "<h2>Cameras that stand</h2>\n<table><tr><th>Camera<th>Lost if it alone goes<th>Backup lost "
      "if it alone goes<th>Spare<th>In the fewest of all</tr>\n";
  std::size_t rows = 0;
  for (std::size_t i = 0; i < plan_.sites.size() && rows < rows_max; ++i) {
    const auto& site = plan_.problem.sites[i];
    const auto& stand = plan_.sites[i];
    if (site.kind != SiteKind::existing) continue;
    ++rows;
    out_ += fmt::format("<tr><td>{}<td>{}<td>{}<td>{}<td>{}</tr>\n", escaped(site.name),
                        names(stand.loss.unmet), names(stand.loss.thinner), reached(stand.spare),
                        reached(stand.in_fewest));
  }
  out_ += "</table>\n";
}

void Page::say_privacy() {
  if (!plan_.places.empty()) {
    out_ +=
        "<h2>Trips that cannot avoid a camera</h2>\n<table><tr><th>Place<th>Residents<th>Now<th>"
        "Planned</tr>\n";
    for (std::size_t i = 0; i < plan_.places.size(); ++i) {
      const auto& place = plan_.problem.places[i];
      out_ += fmt::format("<tr><td>{}<td>{}<td>{:.1f} %<td>{:.1f} %</tr>\n",
                          escaped(place.name.empty() ? place.id : place.name), place.residents,
                          100 * plan_.places[i].now.share(), 100 * plan_.places[i].planned.share());
    }
    out_ += "</table>\n";
  }
  if (plan_.trade_off.empty()) {
    if (inputs_.trade_off_points > 0) out_ += "<p>Money against privacy: not reached.</p>\n";
    return;
  }
  out_ +=
      "<h2>Money against privacy</h2>\n<table><tr><th>Money<th>Privacy points<th>New cameras<th>"
      "Shared<th>Proved</tr>\n";
  for (const auto& point : plan_.trade_off) {
    out_ += fmt::format("<tr><td>{}<td>{}<td>{}<td>{}<td>{}</tr>\n", point.totals.money,
                        point.totals.privacy, point.totals.new_cameras, point.totals.shared,
                        point.proved ? "yes" : "no");
  }
  out_ += plan_.trade_off_complete
              ? "</table>\n<p>These are all that are not worse than another.</p>\n"
              : "</table>\n<p>There are more between these.</p>\n";
}

std::string Page::whole(const std::string& digest) {
  const auto title = escaped(inputs_.title.empty() ? "Plan" : inputs_.title);
  out_ = fmt::format(
      "<!doctype html>\n<html lang=\"en-GB\"><head><meta "
      "charset=\"utf-8\"><title>{}</title><style>{}"
      "</style></head><body>\n<h1>{}</h1>\n<p class=\"note\">Not for release: this page shows "
      "where "
      "cameras are and where they are not.</p>\n",
      title, style, title);
  say_result();
  for (const auto& one : reservations(plan_, inputs_)) {
    out_ += "<p class=\"note\">" + escaped(one) + "</p>\n";
  }
  draw();
  say_gaps();
  say_recommended();
  say_existing();
  say_privacy();
  out_ += fmt::format(
      "<p>Made from inputs and roads with the digest <code>{}</code> by {} in {:.1f} s; estimates "
      "moved by up to {:.0f} %, seed {}.</p>\n</body></html>\n",
      digest, plan_.solver, plan_.seconds, 100 * inputs_.stability.spread, inputs_.stability.seed);
  return std::move(out_);
}

}  // namespace

std::string plan_page(const Plan& plan, const Network& network, const Inputs& inputs,
                      const std::string& digest) {
  return Page(plan, network, inputs).whole(digest);
}

}  // namespace regmark::planning
