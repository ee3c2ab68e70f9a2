#include "backup/manifest.h"

#include <gtest/gtest.h>

#include "backup/ring.h"
#include "base/time_testing.h"

namespace regmark::backup {
namespace {

Manifest a_manifest() {
  return {.generation = 7,
          .made_at = base::parse_utc("2026-03-28T10:00:00Z").value(),
          .checkpoint = "police.example/audit\n1\nroot\n",
          .files = {{.path = "audit/checkpoint",
                     .size = 12,
                     .written = 1'774'692'000'000'000'001,
                     .key = {1, 2, 3},
                     .blob = std::string(32, 'a')},
                    {.path = "records.db", .blob = std::string(32, '0')}}};
}

TEST(Manifest, ReadsWhatItWrote) {
  const auto manifest = a_manifest();
  EXPECT_EQ(parse_manifest(to_text(manifest)).value(), manifest);
  auto empty = manifest;
  empty.files.clear();
  EXPECT_EQ(parse_manifest(to_text(empty)).value(), empty);
}

// docs/formats/backup.md
TEST(Manifest, IsWrittenAsItsPageSays) {
  const Manifest manifest{.generation = 7,
                          .made_at = base::parse_utc("2026-03-28T10:00:00Z").value(),
                          .checkpoint = "root\n",
                          .files = {{.path = "records.db",
                                     .size = 0,
                                     .written = 5,
                                     .key = {1},
                                     .blob = std::string(32, 'a')}}};
  EXPECT_EQ(to_text(manifest),
            "manifest 1 7 1774692000000000 cm9vdAo=\n"
            "file 01" +
                std::string(62, '0') + " " + std::string(32, 'a') + " 0 5 records.db\n");
}

TEST(Manifest, LeadsNowhereElse) {
  const std::pair<std::string_view, bool> cases[] = {
      {"records.db", true},
      {"sightings/rows/000012.sst", true},
      {"../records.db", false},
      {"audit/../../etc/passwd", false},
      {"/etc/passwd", false},
      {"audit//checkpoint", false},
      {"audit/.", false},
      {"audit/", false},
      {"", false},
      {"two words", false},
      {std::string_view("a\0b", 3), false},
  };
  for (const auto& [path, want] : cases) {
    SCOPED_TRACE(path);
    auto manifest = a_manifest();
    manifest.files.front().path = path;
    const auto read = parse_manifest(to_text(manifest));
    EXPECT_EQ(read.has_value(), want);
    EXPECT_TRUE(read || read.error().code == ErrorCode::corrupt);
  }
}

TEST(Manifest, RefusesEveryBeginningOfItself) {
  const auto text = to_text(a_manifest());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto read = parse_manifest(std::string_view(text).substr(0, size));
    // A whole number of lines is a manifest of fewer files: the seal tells that it was cut.
    if (size > 0 && text[size - 1] == '\n') continue;
    EXPECT_FALSE(read) << size;
  }
}

TEST(Ring, ReadsWhatItWrote) {
  const Ring ring{.generation = 3,
                  .written_at = base::parse_utc("2026-03-28T10:00:00Z").value(),
                  .manifest_key = {1},
                  .master_key = {2},
                  .signing_seed = {3},
                  .keys = {{"rows-2026-03-28", {4, 5}}, {"hold-case-7", {6}}}};
  const auto text = to_text(ring);
  const auto read = parse_ring(text).value();
  EXPECT_EQ(to_text(read), text);
  EXPECT_EQ(read.keys.size(), 2U);
  EXPECT_EQ(read.master_key, ring.master_key);
  for (std::size_t size = 0; size < text.size(); ++size) {
    if (size > 0 && text[size - 1] == '\n') continue;
    EXPECT_FALSE(parse_ring(std::string_view(text).substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace regmark::backup
