// What goes to court: made by the desk from all the rooms, checked as a stranger would.
#include "desk/export_evidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/files.h"
#include "desk/approve_estate.h"
#include "desk/ask_authority.h"
#include "desk/change_estate.h"
#include "desk/decide_authority.h"
#include "desk/desk_testing.h"
#include "desk/find_sightings.h"
#include "desk/hold_sightings.h"
#include "estate/estate_testing.h"
#include "evidence/bundle.h"
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
    rooms_.clock.set("2026-03-28T06:00:00Z");
    stand_camera();
    rooms_.clock.set("2026-03-28T10:00:00Z");
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
  ASSERT_EQ(camera.at("stood").size(), 1U);
  const auto& stood = camera.at("stood").at(0);
  EXPECT_EQ(stood.at("site").at("need"), "Robberies");
  EXPECT_EQ(stood.at("site").at("approver"), "person-approver");
  EXPECT_EQ(stood.at("until"), nullptr);
  const auto page = file(file_of, "statement.html");
  for (const auto* part : {"AB12CDE", "Robberies", "person-approver", "out of bounds", "CR/26/"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  EXPECT_TRUE(file(file_of, "statement.pdf").starts_with("%PDF-"));
}

// Not as it stands now: a court asks why the camera stood there when it read.
TEST_F(ExportEvidence, HoldsWhyACameraStoodThereThen) {
  const auto site = base::SiteId::parse("site-1").value();
  const auto extend = [&](const std::string& need, std::string_view review) {
    for (const auto* form : {"impact", "dpo_advice", "overt_lead_advice", "public_notice"}) {
      const auto* known = assessment::Guidance::built_in().form(form);
      const auto today = base::format_day(base::day_of(rooms_.clock.now()));
      const auto receipt = rooms_.log.receipt_for(known->act, {.subject = site.text()}, form);
      ASSERT_TRUE(rooms_.estate->file(receipt, site, assessment::whole_paper(form, today)));
    }
    const auto approve =
        rooms_.log.receipt_for(access::Act::approve_estate, {.subject = "site-1"}, "reviewer");
    const auto extended = rooms_.estate->review(
        approve, site, {need, "local_crime", base::parse_day(review).value()});
    ASSERT_TRUE(extended) << extended.error().message;
  };
  const auto evidence = rooms_.log.receipt_for(access::Act::change_estate, {.subject = "evidence"});
  ASSERT_TRUE(rooms_.estate->hand_in(evidence, base::as_bytes("a file")));
  const auto reads_at = base::parse_utc("2026-03-28T08:00:00Z").value();
  rooms_.clock.advance(std::chrono::hours{1});
  const auto extended_at = rooms_.clock.now();
  ASSERT_NO_FATAL_FAILURE(extend("Fly-tipping", "2027-02-01"));
  rooms_.clock.advance(std::chrono::minutes{1});
  const auto stood = [](const std::string& file_of) {
    return Json::parse(file(file_of, "cameras.json")).at("cameras").at(0).at("stood");
  };
  const auto whole = zip();
  ASSERT_EQ(stood(whole).size(), 1U);
  EXPECT_EQ(stood(whole).at(0).at("site").at("need"), "Robberies");
  EXPECT_EQ(stood(whole).at(0).at("site").at("review"), "2027-01-01");
  EXPECT_EQ(stood(whole).at(0).at("until"), base::format_utc(extended_at));
  EXPECT_LT(stood(whole).at(0).at("from"), base::format_utc(extended_at));
  const auto page = file(whole, "statement.html");
  EXPECT_NE(page.find("Robberies"), std::string::npos);
  EXPECT_EQ(page.find("Fly-tipping"), std::string::npos);
  EXPECT_TRUE(evidence::check(whole, key()));

  // Of reads before and after there are both, each with its time.
  auto again = plate::a_read("cam-1", "AB12CDE", base::format_utc(rooms_.clock.now()));
  again.source_event = "later";
  again.id = plate::ReadId::of(again.camera, again.source_event);
  const std::vector<sightings::NewSighting> later{{again, {}}};
  const std::vector<sightings::CameraBatch> batches{{justification_, later}};
  ASSERT_TRUE(rooms_.store->append(batches));
  rooms_.clock.advance(std::chrono::minutes{1});
  auto longer = query("AB12CDE");
  longer.window = access::Window{reads_at, rooms_.clock.now()};
  const auto both =
      export_evidence(*rooms_.desk, rooms_.asker({access::Role::investigator}), longer, "");
  ASSERT_EQ(words(both), "done");
  const auto two = stood(std::get<Done<Exported>>(*both).value.zip);
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two.at(0).at("site").at("need"), "Robberies");
  EXPECT_EQ(two.at(0).at("until"), two.at(1).at("from"));
  EXPECT_EQ(two.at(1).at("site").at("need"), "Fly-tipping");
  EXPECT_EQ(two.at(1).at("until"), nullptr);
}

// By name and rank, for those who read it; and how far the officer let it reach.
TEST_F(ExportEvidence, NamesWhoAskedAndWhoAllowedIt) {
  const auto added = [&](const std::string& name, access::Role role, const std::string& rank) {
    return rooms_.people
        ->add({.sign_in_name = base::to_hex(base::sha256(base::as_bytes(name))).substr(0, 8),
               .display_name = name,
               .organisation = base::OrganisationId::parse("test-force").value(),
               .roles = {role},
               .rank = rank})
        ->first.text();
  };
  const auto officer = rooms_.person(added("Inspector Brook", access::Role::authoriser, ""),
                                     access::Role::authoriser, "inspector");
  auto asker = rooms_.person(added("Detective Field", access::Role::investigator, ""),
                             access::Role::investigator, "constable");
  rooms_.clock.advance(std::chrono::days{120});
  asker.session_until = rooms_.clock.now() + std::chrono::hours{1};
  auto by = officer;
  by.session_until = asker.session_until;
  auto narrow = query("AB12CD?");
  narrow.rows = evidence::reads_max;
  const authority::Asking asking{"senior_officer", access::Act::export_evidence, scope_of(narrow)};
  const auto record =
      std::get<Done<authority::Record>>(*ask_authority(*rooms_.desk, asker, asking)).value;
  const auto granted = grant_authority(
      *rooms_.desk, by, record.id,
      {.valid = std::chrono::hours{24}, .uses = 3, .reason = "For the trial in Leeds"});
  ASSERT_EQ(words(granted), "done");
  asker.authority = record.id;
  const auto answer = export_evidence(*rooms_.desk, asker, query("AB12CDE"), "");
  ASSERT_EQ(words(answer), "done");
  const auto whole = std::get<Done<Exported>>(*answer).value.zip;
  const auto page = file(whole, "statement.html");
  const auto asked_by = "Detective Field (" + asker.person.id.text() + ")";
  const auto given_by = "Inspector Brook (" + officer.person.id.text() + ")";
  for (const auto& part :
       {asked_by, given_by, std::string("constable"), std::string("inspector"),
        std::string("For the trial in Leeds"), std::string("AB12CD?"), std::string("1 of 3"),
        base::format_utc(rooms_.clock.now() + std::chrono::hours{24})}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  // Who stood the camera is nobody of this people's book: told by the id.
  EXPECT_NE(page.find(">person-approver<"), std::string::npos);
  EXPECT_EQ(page.find("This office has no witness"), page.rfind("This office has no witness"));
  EXPECT_NE(page.find("This office has no witness"), std::string::npos);
}

// Witnesses that sign when they are told to.
class FakeWitnesses final : public audit::Witnesses {
 public:
  std::vector<Answer> have_signed(std::uint64_t record, std::chrono::milliseconds time_max,
                                  const std::vector<std::string>& only) override {
    EXPECT_LE(time_max, std::chrono::seconds{5});
    asked_.push_back({record, only});
    std::vector<Answer> answers;
    if (only.empty() || only.front() == "near.example") {
      answers.push_back({.name = "near.example", .signed_at = at_});
    }
    if (only.empty()) {
      answers.push_back({.name = "far.example", .why_not = "could not be reached in time"});
    }
    return answers;
  }
  const std::vector<std::pair<std::uint64_t, std::vector<std::string>>>& asked() const {
    return asked_;
  }

 private:
  const base::UtcTime at_ = base::parse_utc("2026-03-28T10:00:07Z").value();
  std::vector<std::pair<std::uint64_t, std::vector<std::string>>> asked_;
};

TEST_F(ExportEvidence, SaysWhichWitnessesSignedAndGoesWithoutTheOthers) {
  FakeWitnesses witnesses;
  rooms_.desk->witnesses = &witnesses;
  const auto whole = zip();
  const auto checked = evidence::check(whole, key());
  ASSERT_TRUE(checked) << checked.error().message;
  // First of the permit's record, so that the statement can say it; then of the sealing's.
  ASSERT_EQ(witnesses.asked().size(), 2U);
  EXPECT_EQ(witnesses.asked()[0].first, checked->receipt);
  EXPECT_EQ(witnesses.asked()[1].first, checked->sealing);
  EXPECT_EQ(witnesses.asked()[1].second, std::vector<std::string>{"near.example"});
  const auto page = file(whole, "statement.html");
  for (const auto* part : {"near.example", "2026-03-28T10:00:07", "far.example",
                           "not signed: could not be reached in time"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
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

// Past a year only what is held, and only under its own case.
TEST_F(ExportEvidence, IsOfWhatIsHeldForItsOwnCase) {
  const auto hold = base::HoldId::parse("case-7").value();
  auto investigator = rooms_.asker({access::Role::investigator});
  const auto review = base::day_of(rooms_.clock.now()) + std::chrono::days{300};
  ASSERT_EQ(words(hold_sightings(*rooms_.desk, investigator, hold, query("AB12CD?"), review)),
            "done");
  const auto day = base::parse_day("2026-03-28").value();
  rooms_.clock.advance(std::chrono::days{400});
  ASSERT_TRUE(rooms_.store->drop(rooms_.log.machine_receipt(audit::MachineVerb::drop), day));
  investigator.session_until = rooms_.clock.now() + std::chrono::hours{1};
  EXPECT_EQ(words(export_evidence(*rooms_.desk, investigator, query("AB12CDE"), "")),
            "nothing older than a year may be seen");
  const auto held = [&](const Asker& by, const std::string& plate) {
    return export_held(*rooms_.desk, by, hold, query(plate), "For the appeal");
  };
  const auto answer = held(investigator, "AB12CDE");
  ASSERT_EQ(words(answer), "done");
  const auto whole = std::get<Done<Exported>>(*answer).value.zip;
  const auto checked = evidence::check(whole, key());
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->reads, 1U);  // the query's, of two that are held
  EXPECT_EQ(checked->pictures, 1U);
  EXPECT_NE(file(whole, "statement.html").find("case-7"), std::string::npos);
  EXPECT_NE(file(whole, "statement.html").find("Robberies"), std::string::npos);
  EXPECT_EQ(words(held(investigator, "XY34ZZZ")), "nothing was found to export");  // not held
  auto another = investigator;
  another.purpose.reference = "CR/26/other";
  EXPECT_EQ(words(held(another, "AB12CDE")), "it is held for another case");
  auto elsewhere = investigator;
  elsewhere.person.organisation = base::OrganisationId::parse("other-force").value();
  EXPECT_EQ(words(held(elsewhere, "AB12CDE")), "there is no such hold");
  EXPECT_EQ(words(export_held(*rooms_.desk, investigator, base::HoldId::parse("none").value(),
                              query("AB12CDE"), "")),
            "there is no such hold");
  auto auditor = rooms_.asker({access::Role::auditor});
  auditor.session_until = investigator.session_until;
  EXPECT_EQ(words(held(auditor, "AB12CDE")), "none of your roles may do this");
  // On record as what it is.
  const auto all = rooms_.records();
  EXPECT_TRUE(std::ranges::any_of(all, [](const audit::Entry& entry) {
    return entry.shown.operation == audit::Operation::disclosure &&
           entry.shown.act == "export_held" && entry.shown.outcome == "sealed";
  }));
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
