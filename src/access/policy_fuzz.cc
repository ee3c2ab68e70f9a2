// Any bytes either fail cleanly, naming a line, or give a policy that decides every request, and
// whose widened requests fare no better.
#include <algorithm>

#include "access/access_testing.h"
#include "access/policy.h"
#include "base/check.h"

namespace {

using namespace regmark;

bool permits(const access::Policy& policy, const access::Request& request) {
  const auto decision = access::decide(policy, request);
  const auto* refusal = std::get_if<access::Refusal>(&decision);
  REGMARK_CHECK(refusal == nullptr || !refusal->reasons.empty());
  return refusal == nullptr;
}

void check(std::string_view text) {
  const auto policy = access::Policy::parse(text);
  if (!policy) {
    REGMARK_CHECK(policy.error().message.starts_with("line ") ||
                  text.size() > access::policy_size_max);
    return;
  }
  const auto now = base::parse_utc("2026-03-29T00:30:00Z").value();
  for (const auto role : access::all_roles) {
    for (const auto act : access::all_acts) {
      access::Request request{
          .person = access::test_person("person-1", {role}),
          .act = act,
          .purpose = access::test_purpose(),
          .scope = {.window = access::Window{now - std::chrono::days(1), now}, .rows_max = 10},
          .now = now};
      const bool was_permitted = permits(*policy, request);
      request.scope.window->from -= std::chrono::days(40);
      request.scope.rows_max += 1'000;
      REGMARK_CHECK(was_permitted || !permits(*policy, request));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text);
  // Bytes alone seldom make a policy, so they also replace a piece of a good one.
  if (size < 3) return 0;
  std::string changed = access::Policy::built_in().text();
  const std::size_t at = (std::size_t{data[0]} << 8U | data[1]) % changed.size();
  changed.replace(at, data[2] % 64U, text.substr(3));
  check(changed);
  return 0;
}
