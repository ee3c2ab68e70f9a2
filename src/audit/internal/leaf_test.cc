#include "audit/internal/leaf.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/encoding.h"

namespace regmark::audit {
namespace {

Leaf a_leaf() {
  return {.shown = {.operation = Operation::consultation,
                    .act = "search_sightings",
                    .day = base::parse_day("2026-03-29").value(),
                    .role = "investigator",
                    .outcome = "permitted"},
          .commitment = base::sha256(base::as_bytes("details"))};
}

bool same(const Leaf& a, const Leaf& b) {
  return a.shown.operation == b.shown.operation && a.shown.act == b.shown.act &&
         a.shown.day == b.shown.day && a.shown.role == b.shown.role &&
         a.shown.outcome == b.shown.outcome && a.commitment == b.commitment;
}

TEST(Leaf, HasOnlyWordsInItsPublicPart) {
  const auto outcome = [](auto change) {
    auto leaf = a_leaf();
    change(leaf.shown);
    const auto bytes = encode(leaf);
    return bytes ? "ok" : name(bytes.error().code);
  };
  EXPECT_STREQ(outcome([](PublicPart& p) { p.act = std::string(64, 'x'); }), "ok");
  EXPECT_STREQ(outcome([](PublicPart& p) { p.act = std::string(65, 'x'); }), "invalid_input");
  EXPECT_STREQ(outcome([](PublicPart& p) { p.act = ""; }), "invalid_input");
  EXPECT_STREQ(outcome([](PublicPart& p) { p.role = "AB12CDE"; }), "invalid_input");
  EXPECT_STREQ(outcome([](PublicPart& p) { p.outcome = "not found"; }), "invalid_input");
  EXPECT_STREQ(outcome([](PublicPart& p) { p.day -= std::chrono::days(30'000); }), "invalid_input");
}

RC_GTEST_PROP(Leaf, ReadsBackAndInOneWayOnly, ()) {
  auto leaf = a_leaf();
  leaf.shown.operation = static_cast<Operation>(*rc::gen::inRange(0, 12));
  leaf.shown.act =
      *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'z', '0', '_')));
  RC_PRE(leaf.shown.act.size() <= word_size_max);
  leaf.shown.day = base::UtcDay{std::chrono::days(*rc::gen::inRange(0, 84'371))};
  auto bytes = encode(leaf).value();
  RC_ASSERT(same(decode_leaf(bytes).value(), leaf));
  // Whatever one byte is changed to, it is no leaf, or another leaf, but never the same.
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<std::uint8_t>(bytes[at] + *rc::gen::inRange(1, 256));
  const auto changed = decode_leaf(bytes);
  if (changed) RC_ASSERT(!same(*changed, leaf));
  if (changed) RC_ASSERT(encode(*changed).value() == bytes);
  bytes.push_back(0);
  RC_ASSERT(!decode_leaf(bytes));
}

}  // namespace
}  // namespace regmark::audit
