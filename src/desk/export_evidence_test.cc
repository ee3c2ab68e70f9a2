// What goes to court: made by the desk from all the rooms, checked as a stranger would.
#include "desk/export_evidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/files.h"
#include "desk/approve_estate.h"
#include "desk/change_estate.h"
#include "desk/desk_testing.h"
#include "estate/estate_testing.h"
#include "evidence/check.h"
#include "evidence/zip.h"
#include "plate/read_testing.h"
#include "sightings/sightings_testing.h"

namespace regmark::desk {
namespace {

using Json = nlohmann::json;

class ExportEvidence : public ::testing::Test {
 protected:
  ExportEvidence() {
    stand_camera();
    const auto jpeg =
        base::read_file(REGMARK_SOURCE_DIR "/testdata/pictures/street_01.jpg", 1U << 20U).value();
    const std::vector<sightings::NewSighting> seen{
        {plate::a_read("cam-1", "XY34ZZZ", "2026-03-28T07:00:00Z"), {}},
        {plate::a_read("cam-1", "AB12CDF", "2026-03-28T08:30:00Z"), {}},
        sightings::with_pictures(plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:00:00Z"),
                                 {{plate::PictureKind::overview, jpeg}})};
    const std::vector<sightings::CameraBatch> batches{{justification_, seen}};
    REGMARK_CHECK(rooms_.store->append(batches).has_value());
  }
  // At a site that two people brought about.
  void stand_camera() {
    auto author = rooms_.asker({access::Role::anpr_manager});
    auto approver = author;
    approver.person.id = base::PersonId::parse("person-approver").value();
    const auto site = base::SiteId::parse("site-1").value();
    const estate::NewSite proposed{
        site,
        "High Street",
        {51.5, -0.1},
        {"Robberies", "local_crime", base::parse_day("2027-01-01").value()}};
    REGMARK_CHECK(words(propose_site(*rooms_.desk, author, proposed)) == "done");
    REGMARK_CHECK(words(approve_site(*rooms_.desk, approver, site)) == "done");
    const estate::NewCamera camera{base::CameraId::parse("cam-1").value(), "High Street north",
                                   site, std::nullopt};
    REGMARK_CHECK(words(commission_camera(*rooms_.desk, author, camera)) == "done");
  }
  static sightings::Query query(std::string plate) {
    return {.plate = std::move(plate),
            .window = access::Window{base::parse_utc("2026-03-28T00:00:00Z").value(),
                                     base::parse_utc("2026-03-28T09:00:00Z").value()}};
  }
  Result<Answer<Exported>> exported(std::string plate = "AB12CD?", const std::string& said = "") {
    return export_evidence(*rooms_.desk, rooms_.asker({access::Role::investigator}),
                           query(std::move(plate)), said);
  }
  std::string zip() { return std::get<Done<Exported>>(*exported()).value.zip; }
  const audit::VerifierKey& key() const { return rooms_.log_folder.key; }

  TestDesk rooms_;
  const estate::Justification justification_ = estate::TestJustifications::fixed("cam-1");
};

std::string file(const std::string& zip, std::string_view name) {
  const auto files = evidence::read_zip(zip).value();
  const auto found = std::ranges::find(files, name, &evidence::File::name);
  return found == files.end() ? "" : found->bytes;
}

TEST_F(ExportEvidence, HoldsAllThatACourtAsks) {
  const auto file_of = zip();
  const auto checked = evidence::check(file_of, key());
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->reads, 2U);
  EXPECT_EQ(checked->pictures, 1U);
  EXPECT_EQ(checked->cameras, 1U);
  EXPECT_EQ(checked->sealing, checked->receipt + 2);  // that it was searched stands between
  const auto permit = Json::parse(checked->permit);
  EXPECT_EQ(permit.at("purpose").at("reference"), "CR/26/000123");
  EXPECT_EQ(permit.at("person").at("id"), "person-test");
  const auto reads = Json::parse(file(file_of, "reads.json")).at("reads");
  EXPECT_EQ(reads.at(0).at("plate"), "AB12CDE");  // the first one observed
  EXPECT_EQ(reads.at(1).at("plate"), "AB12CDF");
  const auto camera = Json::parse(file(file_of, "cameras.json")).at("cameras").at(0);
  EXPECT_EQ(camera.at("site").at("need"), "Robberies");
  EXPECT_EQ(camera.at("site").at("approver"), "person-approver");
  const auto page = file(file_of, "statement.html");
  for (const auto* part : {"AB12CDE", "Robberies", "person-approver", "out of bounds", "CR/26/"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  EXPECT_TRUE(file(file_of, "statement.pdf").starts_with("%PDF-"));
}

// How its clock stood, as somebody tested it; what was wrong in the book is not shown.
TEST_F(ExportEvidence, HoldsTheTestsOfTheClock) {
  estate::BookEntry entry{.camera = base::CameraId::parse("cam-1").value(),
                          .kind = estate::BookKind::clock_test,
                          .day = base::parse_day("2026-03-28").value(),
                          .words = "Against the radio clock",
                          .passed = false,
                          .clock_off = 90'000};
  const auto write = [&] {
    return rooms_.camera_book
        .write(rooms_.log.receipt_for(access::Act::change_estate, {.subject = "cam-1"}), entry)
        .value();
  };
  entry.replaces = write();
  entry.passed = true;
  entry.clock_off = 40;
  write();
  const auto file_of = zip();
  const auto tests =
      Json::parse(file(file_of, "cameras.json")).at("cameras").at(0).at("clock_tests");
  ASSERT_EQ(tests.size(), 1U);
  EXPECT_EQ(tests.at(0).at("day"), "2026-03-28");
  EXPECT_EQ(tests.at(0).at("milliseconds_ahead"), 40);
  EXPECT_EQ(tests.at(0).at("passed"), true);
  EXPECT_NE(file(file_of, "statement.html").find("Against the radio clock"), std::string::npos);
}

TEST_F(ExportEvidence, IsOnRecordBeforeItGoes) {
  zip();
  std::vector<std::string> ends;
  for (const auto& entry : rooms_.records()) {
    if (entry.shown.act == "export_evidence") ends.push_back(entry.shown.outcome);
  }
  EXPECT_EQ(ends, (std::vector<std::string>{"permitted", "sealed", "done"}));
  // A log that takes the permit but not the sealing: nothing goes.
  rooms_.failing_log.fill_up_after(1);
  EXPECT_EQ(words(exported()), "the disk is full");
}

// Every byte counts, wherever it stands: those of a checkpoint's strangers aside, which anybody may
// add, a file with one changed does not hold.
TEST_F(ExportEvidence, DoesNotHoldWithAnotherByte) {
  const auto whole = zip();
  for (std::size_t at = 0; at < whole.size(); at += 97) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(evidence::check(changed, key())) << at;
  }
}

// The same, by one who writes a whole ZIP file again, sums and manifest and all.
TEST_F(ExportEvidence, DoesNotHoldWithAnotherFile) {
  const auto files = evidence::read_zip(zip()).value();
  const auto outcome = [&](auto change) {
    auto changed = files;
    change(changed);
    const auto checked = evidence::check(evidence::write_zip(changed).value(), key());
    return checked ? "holds" : checked.error().message;
  };
  const std::string no = "the evidence does not hold: ";
  EXPECT_EQ(outcome([](auto&) {}), "holds");
  EXPECT_EQ(outcome([](auto& all) {
              all.push_back({"more.txt", "x"});
            }),
            no + "it holds files that nobody sealed");
  EXPECT_EQ(outcome([](auto& all) { all.front().bytes += "x"; }),
            no + "a file of its manifest is missing or another");
  EXPECT_EQ(outcome([](auto& all) { all.erase(all.begin()); }), no + "statement.html is missing");
  const auto with_other = [&](std::string_view name, const std::string& bytes) {
    return outcome([&](auto& all) {
      const auto found = std::ranges::find(all, name, &evidence::File::name);
      auto manifest = std::ranges::find(all, "manifest.json", &evidence::File::name);
      const auto sum = [](const std::string& of) {
        return base::to_hex(base::sha256(base::as_bytes(of)));
      };
      const auto before = sum(found->bytes);
      found->bytes = bytes;
      const auto at = manifest->bytes.find(before);
      if (at != std::string::npos) manifest->bytes.replace(at, before.size(), sum(bytes));
    });
  };
  EXPECT_EQ(with_other("reads.json", "{\"reads\": []}"),
            no + "its manifest is not the one that was sealed");
  EXPECT_EQ(with_other("log/permit.json", file(zip(), "log/sealing.json")),
            no + "log/permit.json is not what the log has on record");
}

TEST_F(ExportEvidence, HoldsUnderItsOfficesKeyOnly) {
  const auto whole = zip();
  auto other = key();
  other.key = base::signing_key_from_seed({9}).public_key;
  EXPECT_FALSE(evidence::check(whole, other));
  // Without one it says whose key it was itself checked with.
  EXPECT_EQ(evidence::check(whole, std::nullopt).value().key, key());
  other.kind = audit::KeyKind::witness;
  EXPECT_EQ(evidence::check(whole, other).error().code, ErrorCode::invalid_input);
}

// What one permit sealed does not vouch for what another did.
TEST_F(ExportEvidence, IsNotMadeOfTwo) {
  auto first = evidence::read_zip(zip()).value();
  const auto second = evidence::read_zip(zip()).value();
  for (auto& one : first) {
    if (!one.name.starts_with("log/permit")) continue;
    one.bytes = std::ranges::find(second, one.name, &evidence::File::name)->bytes;
  }
  EXPECT_EQ(evidence::check(evidence::write_zip(first).value(), key()).error().message,
            "the evidence does not hold: it was sealed under another permit");
}

TEST_F(ExportEvidence, IsRefusedWhereASearchIs) {
  EXPECT_EQ(words(exported("AB1*")), "done");
  EXPECT_NE(words(exported("*")), "done");
  EXPECT_EQ(words(exported("QQ11QQQ")), "nothing was found to export");
  EXPECT_EQ(words(export_evidence(*rooms_.desk, rooms_.asker({access::Role::control_operator}),
                                  query("AB12CDE"), "")),
            "none of your roles may do this");
  EXPECT_EQ(words(exported("AB12CDE", std::string(4'001, 'x'))), "the statement is too long");
  EXPECT_EQ(words(exported("AB12CDE", "I saw it.\nTwice.")), "done");
  EXPECT_NE(words(exported("AB12CDE", "\x1b[2J")), "done");
}

}  // namespace
}  // namespace regmark::desk
