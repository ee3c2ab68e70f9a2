// Files of every format that was ever written are checked alike, and told apart.
#include "evidence/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "audit/audit_testing.h"
#include "audit/opening.h"
#include "base/encoding.h"
#include "evidence/bundle.h"
#include "plate/read_testing.h"

namespace regmark::evidence {
namespace {

using Json = nlohmann::json;

class CheckEvidence : public ::testing::Test {
 protected:
  // The files of one read, as they are before they are sealed.
  std::vector<File> files() {
    const Camera camera{.about = {.about = {.id = base::CameraId::parse("cam-1").value(),
                                            .name = "North",
                                            .site = std::nullopt,
                                            .deployment = std::nullopt},
                                  .state = estate::State::live,
                                  .live_from = std::nullopt,
                                  .stopped_at = std::nullopt,
                                  .collects_now = true,
                                  .why_not = {}},
                        .stands = {}};
    const Contents contents{.receipt = receipt_,
                            .reads = {plate::a_read("cam-1", "AB12CDE", "2026-03-28T08:00:00Z")},
                            .pictures = {},
                            .cameras = {camera},
                            .statement = {}};
    return files_of(contents).value();
  }
  static std::string& bytes_of(std::vector<File>& files, std::string_view name) {
    return std::ranges::find(files, name, &File::name)->bytes;
  }
  static std::string sum(const std::string& bytes) {
    return base::to_hex(base::sha256(base::as_bytes(bytes)));
  }
  // Puts this in the place of a file, and its sum in the manifest.
  static void replace(std::vector<File>& files, std::string_view name, const std::string& bytes) {
    auto manifest = Json::parse(bytes_of(files, "manifest.json"));
    for (auto& entry : manifest["files"]) {
      if (entry.at("name") == name) entry["sha256"] = sum(bytes);
    }
    bytes_of(files, name) = bytes;
    bytes_of(files, "manifest.json") = manifest.dump();
  }
  // As an office seals them.
  std::string sealed(std::vector<File> files) {
    const Json details{{"receipt", receipt_.number()},
                       {"sha256", sum(bytes_of(files, "manifest.json"))}};
    const auto sealing = log_.log().record(
        audit::Event{{audit::Operation::disclosure, "export_evidence",
                      base::parse_day("2026-03-28").value(), "investigator", "sealed"},
                     details.dump()});
    const audit::LogFolder folder{log_.folder(),
                                  {"test", audit::KeyKind::log, log_.key().public_key}};
    const Proofs proofs{audit::show_record(receipt_, folder, receipt_.number()).value(),
                        audit::show_record(receipt_, folder, sealing.value()).value(), folder.key};
    return seal(std::move(files), proofs).value();
  }
  std::string of_format(const Json& format) {
    auto all = files();
    auto manifest = Json::parse(bytes_of(all, "manifest.json"));
    manifest["format"] = format;
    bytes_of(all, "manifest.json") = manifest.dump();
    const auto checked = check(sealed(std::move(all)), std::nullopt);
    return checked ? "holds" : checked.error().message;
  }

  audit::TestLog log_;
  const audit::Receipt receipt_ =
      log_.receipt_for(access::Act::export_evidence, {.plate = "AB12*"});
};

TEST_F(CheckEvidence, KnowsTheFormatsThatWereWritten) {
  const std::string unknown =
      "the evidence does not hold: it is of a format that this program does not know";
  EXPECT_EQ(of_format(1), "holds");
  EXPECT_EQ(of_format(2), "holds");
  EXPECT_EQ(of_format(3), unknown);
  EXPECT_EQ(of_format("2"), unknown);
  EXPECT_EQ(of_format(nullptr), unknown);
}

// Before it told how a camera's place stood then, it told how it stands.
TEST_F(CheckEvidence, TakesAFileOfTheFirstFormat) {
  auto all = files();
  const Json first{{"cameras",
                    {{{"id", "cam-1"},
                      {"name", "North"},
                      {"site", {{"id", "bridge"}, {"need", "Robberies"}, {"review", "2027-01-01"}}},
                      {"clock_tests", Json::array()}}}}};
  replace(all, "cameras.json", first.dump());
  auto manifest = Json::parse(bytes_of(all, "manifest.json"));
  EXPECT_EQ(manifest.at("format"), 2);
  manifest["format"] = 1;
  bytes_of(all, "manifest.json") = manifest.dump();
  const auto zip = sealed(std::move(all));
  const auto checked = check(zip, std::nullopt);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->cameras, 1U);
  EXPECT_EQ(checked->reads, 1U);
  EXPECT_TRUE(checked->witnesses.empty());
  // It is no weaker for that.
  auto changed = read_zip(zip).value();
  bytes_of(changed, "cameras.json") += " ";
  EXPECT_FALSE(check(write_zip(changed).value(), std::nullopt));
}

}  // namespace
}  // namespace regmark::evidence
