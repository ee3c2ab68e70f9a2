// What holds for any policy of the language, whoever writes it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "access/decide_testing.h"

namespace regmark::access {
namespace {

using std::chrono::days;
using std::chrono::hours;

// RapidCheck keeps ranges near their beginning while a test is young; here that would be requests
// that every rule refuses.
template <typename Number = int>
rc::Gen<Number> number(Number least, Number end) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, end));
}

rc::Gen<std::string> any_bounds(std::string ending) {
  return rc::gen::map(
      rc::gen::tuple(number(10, 60), number(5, 50), number(10, 50), number(1, 4), number(0, 16)),
      [ending](const std::tuple<int, int, int, int, int>& drawn) {
        const auto [age, window, rows, cameras, which] = drawn;
        const auto plate = ending == "max" ? "plate_characters_min" : "plate_characters_under";
        std::string text;
        const auto add = [&](const char* key, int value) {
          text += std::string(key) + "_" + ending + " = " + std::to_string(value) + "\n";
        };
        if (ending == "max" || (which & 4) != 0) add("age_days", age);
        if (ending == "max" || (which & 2) != 0) add("rows", rows);
        if ((which & 1) != 0) add("window_days", window);
        if ((which & 7) == 3 || (which & 7) == 7) add("cameras", cameras);
        if ((which & 8) != 0) text += std::string(plate) + " = " + std::to_string(cameras) + "\n";
        return text;
      });
}

rc::Gen<std::string> any_rule() {
  const auto subject = rc::gen::map(
      rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>(),
                     rc::gen::element<std::string>(R"("search_sightings")", R"("track_plate")",
                                                   R"("search_sightings", "track_plate")",
                                                   R"("search_sightings", "find_convoys")")),
      [](const std::tuple<bool, bool, std::string>& drawn) {
        const auto& [is_named, has_category, acts] = drawn;
        return "acts = [" + acts + "]\n" +
               (is_named ? "persons = [\"person-1\"]\n" : "roles = [\"investigator\"]\n") +
               (has_category ? "categories = [\"serious\"]\n" : "");
      });
  const auto permit = rc::gen::apply(
      [](const std::string& about, const std::string& bounds, const std::string& fields,
         bool authority) {
        return "[[permit]]\n" + about + bounds + fields +
               "purpose = \"full\"\nvalid_minutes = 5\n" +
               (authority ? "authority = \"senior_officer\"\nwhy = \"ask\"\n" : "");
      },
      subject, any_bounds("max"),
      rc::gen::element<std::string>("", "", "fields = []\n", "fields = [\"pictures\"]\n",
                                    "fields = [\"place\", \"vehicle\"]\n"),
      rc::gen::map(number(0, 4), [](int one) { return one == 0; }));
  const auto forbid = rc::gen::apply(
      [](const std::string& about, const std::string& bounds) {
        return "[[forbid]]\n" + about + bounds + "why = \"no\"\n";
      },
      subject, any_bounds("over"));
  return rc::gen::oneOf(permit, permit, permit, forbid);
}

// Requests against each policy that is made up.
constexpr int tries_each = 20;

// Which cases a policy's requests met, as labels of the one try that they are.
struct Seen {
  bool both = false;
  bool too_far = false;
  bool refused = false;
  void count(bool was_permitted, bool is_permitted) {
    both |= was_permitted && is_permitted;
    too_far |= was_permitted && !is_permitted;
    refused |= !was_permitted;
  }
  void classify() const {
    RC_CLASSIFY(both, "permitted, and wider too");
    RC_CLASSIFY(too_far, "permitted, but wider not");
    RC_CLASSIFY(refused, "refused");
  }
};

Policy any_policy() {
  std::string rules;
  for (int left = *number(1, 7); left > 0; --left) {
    const std::string rule = *any_rule();
    const auto head_end = rule.find('\n') + 1;
    rules += rule.substr(0, head_end) + "id = \"r" + std::to_string(left) + "\"\n" +
             rule.substr(head_end);
  }
  return policy_of(rules);
}

// Each fits all plates that the one before it fits.
constexpr const char* ever_looser[] = {"AB12CDE", "AB12C*", "AB1?C*", "AB1*", "A*", "*", ""};

Window any_window() {
  const auto until = now - hours(*number(0, 300));
  return {until - hours(*number(1, 900)), until};
}

Window any_window_of(Act act) {
  return looks_ahead(act) ? Window{now, now + hours(*number(1, 900))} : any_window();
}

std::vector<base::CameraId> any_cameras() {
  std::vector<base::CameraId> cameras;
  for (int i = *number(0, 4); i > 0; --i) {
    cameras.push_back(base::CameraId::parse("cam-" + std::to_string(i)).value());
  }
  return cameras;
}

std::optional<base::Area> any_area() {
  const int size = *number(0, 4);
  if (size == 0) return std::nullopt;
  return base::Area{base::make_position(53, -1.5).value(), 1'000.0 * size};
}

std::vector<base::ListId> any_lists() {
  std::vector<base::ListId> lists;
  for (int i = *number(0, 3); i > 0; --i) {
    lists.push_back(base::ListId::parse("list-" + std::to_string(i)).value());
  }
  return lists;
}

Fields any_fields() {
  const int which = *number(0, 8);
  return {.place = (which & 1) != 0, .vehicle = (which & 2) != 0, .pictures = (which & 4) != 0};
}

Authority any_authority(const Request& request) {
  auto given = test_authority("authority-1");
  given.requester = request.person.id;
  given.granted_by = base::PersonId::parse("person-2").value();
  given.act = request.act;
  given.category = *rc::gen::element<std::string>("serious", "major");
  given.reference = request.purpose.reference;
  given.scope.plate = ever_looser[*number(0, 7)];
  given.scope.cameras = any_cameras();
  given.scope.area = any_area();
  given.scope.fields = any_fields();
  given.scope.window = any_window_of(request.act);
  given.scope.rows_max = *number<std::size_t>(1, 45);
  given.valid_until = now + hours(*number(0, 3));
  return given;
}

Request any_request() {
  auto request = search(days(1));
  request.act = *rc::gen::element(Act::search_sightings, Act::find_convoys, Act::track_plate);
  request.scope.plate = ever_looser[*number(0, 7)];
  request.scope.window = any_window_of(request.act);
  request.scope.rows_max = *number<std::size_t>(1, 45);
  request.scope.cameras = any_cameras();
  request.scope.area = any_area();
  request.scope.lists = any_lists();
  request.scope.fields = any_fields();
  request.purpose.category = *rc::gen::element<std::string>("serious", "major");
  if (*number(0, 2) == 0) request.authority = any_authority(request);
  return request;
}

// The same request, asking for more in one or several ways.
Request widened(Request request) {
  auto& scope = request.scope;
  const int ways = *number(1, 128);
  if ((ways & 1) != 0) scope.window->from -= hours(*number(1, 600));
  if ((ways & 2) != 0) {
    scope.window->until += hours(*number(1, 400));  // perhaps into the future
  }
  if ((ways & 4) != 0) scope.rows_max += *number<std::size_t>(1, 40);
  if ((ways & 8) != 0) {
    if (*rc::gen::arbitrary<bool>()) {
      scope.cameras.clear();
    } else if (!scope.cameras.empty()) {
      scope.cameras.push_back(base::CameraId::parse("cam-9").value());
    }
  }
  if ((ways & 16) != 0) {
    if (scope.area) scope.area->radius_m += 1'000.0 * *number(1, 4);
    if (*rc::gen::arbitrary<bool>()) scope.area.reset();
  }
  if ((ways & 32) != 0) scope.lists.clear();
  if ((ways & 64) != 0) scope.fields = {};
  auto looser = std::ranges::find(ever_looser, scope.plate);
  looser += *number<std::ptrdiff_t>(0, std::end(ever_looser) - looser);
  scope.plate = *looser;
  return request;
}

RC_GTEST_PROP(Decide, WideningARefusedRequestNeverHelps, ()) {
  const auto policy = any_policy();
  Seen seen;
  for (int tries = 0; tries < tries_each; ++tries) {
    const auto request = any_request();
    const auto more = widened(request);
    const bool was_permitted = permits(policy, request);
    const bool is_permitted = permits(policy, more);
    seen.count(was_permitted, is_permitted);
    RC_ASSERT(was_permitted || !is_permitted);
  }
  seen.classify();
}

// The same window a while ago: older data never needs less than younger data. (An authority is for
// the days that were asked for, and for no others, older or younger.)
RC_GTEST_PROP(Decide, MoreAgeNeverNeedsLess, ()) {
  const auto policy = any_policy();
  Seen seen;
  for (int tries = 0; tries < tries_each; ++tries) {
    auto request = any_request();
    request.authority.reset();
    auto older = request;
    const auto by = hours(*number(1, 900));
    older.scope.window->from -= by;
    older.scope.window->until -= by;
    const bool was_permitted = permits(policy, request);
    const bool is_permitted = permits(policy, older);
    seen.count(was_permitted, is_permitted);
    RC_ASSERT(was_permitted || !is_permitted);
  }
  seen.classify();
}

RC_GTEST_PROP(Decide, APermitNeverCoversMoreThanWasAsked, ()) {
  const auto policy = any_policy();
  const auto request = any_request();
  const auto decision = decide(policy, request);
  const auto* permit = std::get_if<Permit>(&decision);
  RC_CLASSIFY(permit != nullptr, "permitted");
  if (permit == nullptr) return;
  const auto& asked = request.scope;
  const auto& given = permit->scope();
  RC_ASSERT(given.plate == asked.plate);
  RC_ASSERT(given.cameras == asked.cameras);
  RC_ASSERT(given.window->from >= asked.window->from);
  RC_ASSERT(given.window->until <= asked.window->until);
  RC_ASSERT(given.rows_max <= asked.rows_max);
  RC_ASSERT(given.area == asked.area);
  RC_ASSERT(given.lists == asked.lists);
  RC_ASSERT(asked.fields.place || !given.fields.place);
  RC_ASSERT(asked.fields.vehicle || !given.fields.vehicle);
  RC_ASSERT(asked.fields.pictures || !given.fields.pictures);
  RC_ASSERT(permit->person().id == request.person.id);
  RC_ASSERT(permit->act() == request.act);
  RC_ASSERT(permit->valid_from() == request.now);
  RC_ASSERT(permit->valid_until() > request.now);
}

// Whatever the rules, a refusal says why.
RC_GTEST_PROP(Decide, ARefusalAlwaysHasAReason, ()) {
  const auto decision = decide(any_policy(), any_request());
  if (const auto* refusal = std::get_if<Refusal>(&decision)) RC_ASSERT(!refusal->reasons.empty());
}

}  // namespace
}  // namespace regmark::access
