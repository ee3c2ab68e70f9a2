#include "intake/intake.h"

#include <gtest/gtest.h>

#include <thread>

#include "intake/intake_testing.h"
#include "intake/picture_testing.h"

namespace regmark::intake {
namespace {

// "accepted/duplicates" and for each refused read "index:code"; or why the batch is refused.
std::string outcome(const Result<Outcome>& result) {
  if (!result) return name(result.error().code);
  if (const auto* refused = std::get_if<BatchRefused>(&*result)) {
    constexpr const char* words[] = {"not_justified", "malformed", "too_large", "too_often"};
    return words[static_cast<int>(refused->why)];
  }
  const auto& answer = std::get<Answer>(*result);
  auto line = std::to_string(answer.accepted) + "/" + std::to_string(answer.duplicates);
  for (const auto& refused : answer.refused) {
    line += " " + std::to_string(refused.index) + ":" + refused.code;
  }
  return line;
}

std::string a_part(const std::string& name, std::string_view content) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" +
         std::string(content) + "\r\n";
}

constexpr std::string_view multipart = "multipart/form-data; boundary=b";

TEST(Intake, KeepsAReadAsTheCameraGaveIt) {
  TestOffice office;
  const auto body = office.message("e-1", "XY34 ZZZ",
                                   {{"position", R"({"latitude":1,"longitude":2})"},
                                    {"raw", R"("XY34 ZZZ ")"},
                                    {"heading", "90"},
                                    {"lane", "2"}});
  EXPECT_EQ(outcome(office.intake->accept(camera_id("cam-1"), "application/json", body)), "1/0");
  const auto reads = office.found("XY34ZZZ");
  ASSERT_EQ(reads.size(), 1U);
  const auto& read = reads.front();
  EXPECT_EQ(read.id, plate::ReadId::of(camera_id("cam-1"), "e-1"));
  EXPECT_EQ(read.raw_text, "XY34 ZZZ ");
  EXPECT_EQ(read.lane, 2);
  EXPECT_EQ(base::format_utc(read.received), "2026-06-01T12:10:00.000Z");
  // Where a fixed camera stands was approved; its own word does not count.
  EXPECT_EQ(read.position_by, plate::PositionSource::site);
  EXPECT_NEAR(read.position->latitude, 53.4, 1e-4);
  office.reopen();
  EXPECT_EQ(office.found("XY34ZZZ").size(), 1U);
}

TEST(Intake, TakesNoMoreOfACameraThanItsPace) {
  TestOffice office;
  office.pace = {.reads_per_second = 1, .reads_at_once = 2};
  office.reopen();
  office.estate.live_camera("cam-2");
  const auto send = [&](std::string_view camera, std::string_view event) {
    return outcome(office.intake->accept(camera_id(camera), "application/json",
                                         office.message(event, "XY34ZZZ")));
  };
  EXPECT_EQ(send("cam-1", "e-1"), "1/0");
  EXPECT_EQ(send("cam-1", "e-2"), "1/0");
  EXPECT_EQ(send("cam-1", "e-3"), "too_often");
  EXPECT_EQ(send("cam-2", "e-1"), "1/0");
  office.estate.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(send("cam-1", "e-3"), "1/0");
}

TEST(Intake, WritesNoNonHitsWhenThePolicySaysSo) {
  TestOffice office;
  office.non_hits = NonHits::not_kept;
  office.reopen();
  const auto lines = office.message("e-1", "XY34ZZZ") + "\n" + office.message("e-2", "AB12CDE");
  const auto answer = office.send(lines);
  ASSERT_TRUE(answer);
  EXPECT_EQ(std::get<Answer>(*answer).accepted, 2U);
  EXPECT_EQ(std::get<Answer>(*answer).not_kept, 1U);
  EXPECT_TRUE(office.found("XY34ZZZ").empty());
  EXPECT_EQ(office.found("AB12CDE").size(), 1U);
  const auto counters = office.intake->counters();
  EXPECT_EQ(counters.received, counters.accepted + counters.duplicates + counters.refused);
  EXPECT_EQ(counters.not_kept, 1U);
}

// It may be minutes old: that it is past retention would be untrue.
TEST(Intake, SaysOfWhatIsErasedThatItIs) {
  TestOffice office;
  const auto line = office.message("e-1", "AB12CDE");
  ASSERT_TRUE(office.send(line));
  const auto found = office.found("AB12CDE");
  ASSERT_EQ(found.size(), 1U);
  ASSERT_TRUE(office.store->erase_reads(office.estate.log.machine_receipt(audit::MachineVerb::drop),
                                        std::vector{found[0].id}));
  const auto answer = office.send(line);
  EXPECT_EQ(outcome(answer), "0/0 0:too_old");
  EXPECT_EQ(std::get<Answer>(*answer).refused.at(0).message,
            "observed: what was kept of that time is erased, or this read was");
}

TEST(Intake, KeepsNonHitsForMinutesWhenThePolicySaysSo) {
  using std::chrono::minutes;
  TestOffice office;
  office.non_hits = NonHits::for_minutes;
  office.short_slices = sightings::ShortSlices{minutes(8), minutes(2)};
  office.reopen();
  const auto late = base::format_utc(office.estate.clock.now() - minutes(9));
  const auto skewed = office.message(
      "e-4", "ZZ99ZZZ", {{"sent", "\"" + late + "\""}, {"observed", "\"" + late + "\""}});
  const auto answer = office.send(
      office.message("e-1", "XY34ZZZ") + "\n" + office.message("e-2", "AB12CDE") + "\n" +
      a_message("e-3", "ZZ99ZZX", late, {{"sent", "\"" + office.now() + "\""}}) + "\n" + skewed);
  ASSERT_TRUE(answer);
  // A late one is refused, and one whose clock is wrong was matched only.
  EXPECT_EQ(outcome(answer), "3/0 2:too_old");
  EXPECT_EQ(std::get<Answer>(*answer).not_kept, 1U);
  EXPECT_EQ(office.found("XY34ZZZ").size(), 1U);
  EXPECT_EQ(office.found("AB12CDE").size(), 1U);
  EXPECT_TRUE(office.found("ZZ99*").empty());
  // The hit is in its day, the other in a short slice.
  ASSERT_EQ(office.store->slices().size(), 1U);
  EXPECT_EQ(office.store->slices().front().reads, 1U);
  const auto spans = office.store->short_slices();
  ASSERT_EQ(spans.size(), 1U);
  ASSERT_TRUE(office.store->drop_short(office.estate.log.machine_receipt(audit::MachineVerb::drop),
                                       spans.front().from));
  EXPECT_TRUE(office.found("XY34ZZZ").empty());
  EXPECT_EQ(office.found("AB12CDE").size(), 1U);
  const auto counters = office.intake->counters();
  EXPECT_EQ(counters.received, counters.accepted + counters.duplicates + counters.refused);
}

TEST(Intake, TakesNothingFromACameraThatMayNotCollect) {
  TestOffice office;
  EXPECT_EQ(outcome(office.send(office.message("e", "XY34ZZZ"), "cam-unknown")), "not_justified");
  const auto site = base::SiteId::parse("site-of-cam-1").value();
  ASSERT_TRUE(office.estate->stop(office.estate.to_change("site-of-cam-1"), site, "review"));
  office.estate.clock.advance(std::chrono::seconds(1));
  // What was seen before the stop may still come, what was seen after it not.
  const auto after = office.message("after", "XY34ZZZ");
  const auto before = a_message("before", "XY34ZZZ", "2026-06-01T12:05:00Z");
  EXPECT_EQ(outcome(office.send(after + "\n" + before)), "1/0 0:not_covered");
  office.estate.clock.advance(estate::spool_grace);
  EXPECT_EQ(outcome(office.send(before)), "not_justified");
  EXPECT_EQ(office.found("XY34ZZZ").size(), 1U);
  const auto counters = office.intake->counters();
  EXPECT_EQ(counters.batches_refused, 2U);
  EXPECT_EQ(counters.batches, 1U);
}

TEST(Intake, RefusesBadReadsOneByOne) {
  TestOffice office;
  const auto at = [](std::string_view observed, std::string_view sent) {
    return a_message("e", "AB12CDE", observed, {{"sent", "\"" + std::string(sent) + "\""}});
  };
  struct Case {
    std::string what, lines, want;
  };
  const std::string good = office.message("good", "XY34ZZZ");
  const Case cases[] = {
      {"malformed", "{", "0:invalid_input"},
      {"huge", good + std::string(2'000'000, ' '), "0:limit_exceeded"},
      {"deep", R"({"a":)" + std::string(50, '[') + std::string(50, ']') + "}", "0:limit_exceeded"},
      {"wrong type", office.message("e", "AB12CDE", {{"score", "\"1\""}}), "0:invalid_input"},
      {"wrong charset",
       office.message("e",
                      "AB12\xA3"
                      "CDE"),
       "0:invalid_input"},
      {"future", at("2026-06-03T00:00:00Z", "2026-06-03T00:00:00Z"), "0:invalid_input"},
      {"seen after sent", at("2026-06-01T12:11:00Z", "2026-06-01T12:10:00Z"), "0:invalid_input"},
      {"ancient", at("1901-01-01T00:00:00Z", "2026-06-01T12:10:00Z"), "0:too_old"},
      {"before the camera was live", at("2026-06-01T11:59:59Z", "2026-06-01T12:10:00Z"),
       "0:not_covered"},
  };
  std::uint64_t sent = 0;
  for (const auto& [what, lines, want] : cases) {
    SCOPED_TRACE(what);
    // Another read in the same batch is kept all the same.
    const auto other = office.message("other-" + what, "ZZ99ZZZ");
    EXPECT_EQ(outcome(office.send(lines + "\n" + other)), "1/0 " + want);
    ++sent;
  }
  EXPECT_TRUE(office.found("AB12CDE").empty());
  EXPECT_TRUE(office.told().empty());  // what is not kept is not matched
  EXPECT_EQ(office.found("ZZ99ZZZ").size(), sent);
  const auto counters = office.intake->counters();
  EXPECT_EQ(counters.received, 2 * sent);
  EXPECT_EQ(counters.accepted, sent);
  EXPECT_EQ(counters.refused, sent);
}

TEST(Intake, KnowsAReplayFromAConflict) {
  TestOffice office;
  const auto first = office.message("e-1", "AB12CDE");
  EXPECT_EQ(outcome(office.send(first)), "1/0");
  EXPECT_EQ(office.told().size(), 2U);  // at once, and durable
  // The same batch again, later and with a later time of sending.
  office.estate.clock.advance(std::chrono::minutes(5));
  const auto again =
      a_message("e-1", "AB12CDE", "2026-06-01T12:10:00Z", {{"sent", "\"" + office.now() + "\""}});
  EXPECT_EQ(outcome(office.send(again)), "0/1");
  // The same id with other content: the first stands, and what the second met is no alert.
  const auto other = office.message("e-1", "AB12CDE", {{"score", "0.5"}});
  EXPECT_EQ(outcome(office.send(other)), "0/0 0:conflict");
  EXPECT_EQ(outcome(office.send(office.message("e-2", "XY34ZZZ") + "\n" +
                                office.message("e-2", "XY35ZZZ"))),
            "1/0 1:conflict");
  const auto reads = office.found("AB12CDE");
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_FLOAT_EQ(reads.front().score, 0.97F);
  const auto receipt = office.estate.log.receipt_for(access::Act::watch_alerts);
  EXPECT_EQ(office.alerts->latest(receipt, 10)->size(), 1U);
}

TEST(Intake, StreamsAHitAtOnceAndAgainWhenItIsDurable) {
  TestOffice office;
  EXPECT_EQ(outcome(office.send(office.message("e-1", "AB12CDE"))), "1/0");
  const auto told = office.told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_FALSE(told[0].durable);
  EXPECT_TRUE(told[1].durable);
  EXPECT_EQ(told[0].id, told[1].id);
  EXPECT_TRUE(told[1].live);
  EXPECT_EQ(told[1].hit.grade, watchlist::Grade::exact);
  EXPECT_EQ(office.intake->counters().hits, 1U);
}

TEST(Intake, NeverAlertsLiveOnClocksItCannotTrust) {
  TestOffice office;
  // Two minutes and a second with the sender: kept, never live.
  const auto late =
      a_message("late", "AB12CDE", "2026-06-01T12:07:59Z", {{"sent", "\"2026-06-01T12:10:00Z\""}});
  EXPECT_EQ(outcome(office.send(late)), "1/0");
  for (const auto& alert : office.told()) EXPECT_FALSE(alert.live);
  // A clock an hour ahead: kept, marked, no alert at all.
  const auto skewed = a_message("skewed", "AB12CDE", "2026-06-01T13:10:00Z");
  EXPECT_EQ(outcome(office.send(skewed)), "1/0");
  EXPECT_TRUE(office.told().empty());
  office.estate.clock.advance(std::chrono::hours(2));
  const auto reads = office.found("AB12CDE");
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_TRUE(reads[0].skewed);
  EXPECT_TRUE(reads[1].late);
}

TEST(Intake, RetractsAProvisionalReadThatTheFinalOneCorrects) {
  TestOffice office;
  const auto provisional =
      office.message("1-provisional", "AB12CDE", {{"phase", R"("provisional")"}});
  EXPECT_EQ(outcome(office.send(provisional)), "1/0");
  ASSERT_FALSE(office.told().empty());
  const auto corrected = office.message("1", "XY34ZZZ", {{"supersedes", R"("1-provisional")"}});
  EXPECT_EQ(outcome(office.send(corrected)), "1/0");
  const auto told = office.told();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().state, alerts::State::retracted);
  EXPECT_EQ(office.found("XY34ZZZ").front().supersedes,
            plate::ReadId::of(camera_id("cam-1"), "1-provisional"));
}

TEST(Intake, KeepsPicturesWithTheirReads) {
  TestOffice office;
  const auto small = a_jpeg(320, 80);
  const auto large = a_jpeg(1'920, 1'080);
  const auto body =
      a_part("reads", office.message("0", "AB12CDE") + "\n" + office.message("1", "XY34ZZZ") +
                          "\n" + office.message("2", "ZZ99ZZZ")) +
      a_part("0.plate", base::as_text(small)) + a_part("0.overview", base::as_text(large)) +
      a_part("1.plate", "GIF89a") + a_part("2.face", "x") + "--b--";
  const auto result = office.intake->accept(camera_id("cam-1"), multipart, body);
  EXPECT_EQ(outcome(result), "2/0 1:invalid_input");
  EXPECT_EQ(std::get<Answer>(*result).dropped, std::vector<std::string>{"faces"});
  const auto told = office.told();
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(told.front().has_picture);
  const auto id = plate::ReadId::of(camera_id("cam-1"), "0");
  const auto receipt =
      office.estate.log.receipt_for(access::Act::watch_alerts, {.subject = id.text()});
  EXPECT_EQ(office.store->picture(receipt, id, plate::PictureKind::plate), small);
  EXPECT_EQ(office.store->picture(receipt, id, plate::PictureKind::overview), large);
  EXPECT_EQ(office.intake->counters().pictures, 2U);
}

// What hit nothing is counted, and nobody is shown its picture: no disk has it, not even its id.
TEST(Intake, DrawsOnlyWhatItKeepsToBeChecked) {
  for (const auto non_hits : {NonHits::not_kept, NonHits::for_minutes}) {
    TestOffice office;
    office.non_hits = non_hits;
    office.short_slices = sightings::ShortSlices{std::chrono::minutes(8), std::chrono::minutes(2)};
    office.reopen();
    office.estate.clock.advance(std::chrono::hours(1));
    const auto jpeg = a_jpeg(320, 80);
    for (int event = 0; event < 10; ++event) {
      const auto id = std::to_string(event);
      const bool hits = event == 5;
      const auto body = a_part("reads", office.message(id, hits ? "AB12CDE" : "XY34ZZZ")) +
                        a_part("0.plate", base::as_text(jpeg)) + "--b--";
      ASSERT_EQ(outcome(office.intake->accept(camera_id("cam-1"), multipart, body)), "1/0");
    }
    office.estate.clock.advance(std::chrono::minutes(90));
    ASSERT_TRUE(office.drift->close_hours());
    const auto checks = office.estate.log.receipt_for(access::Act::check_reads);
    const drift::Samples samples(*office.records, office.estate.clock);
    const auto drawn = samples.next(checks).value();
    ASSERT_TRUE(drawn);
    EXPECT_EQ(drawn->read, plate::ReadId::of(camera_id("cam-1"), "5"));
  }
}

TEST(Intake, AcceptsAMobileCameraInItsAreaOnly) {
  TestOffice office;
  office.estate.live_deployment("patrol");
  office.estate.commission("car-1", base::DeploymentId::parse("patrol").value());
  office.estate.clock.advance(std::chrono::seconds(1));
  const auto there =
      office.message("1", "XY34ZZZ", {{"position", R"({"latitude":53.41,"longitude":-2.2})"}});
  const auto away =
      office.message("2", "AB12CDE", {{"position", R"({"latitude":51.5,"longitude":0})"}});
  const auto nowhere = office.message("3", "AB12CDE");
  EXPECT_EQ(outcome(office.send(there + "\n" + away + "\n" + nowhere, "car-1")),
            "1/0 1:not_covered 2:not_covered");
  EXPECT_TRUE(office.told().empty());
  EXPECT_EQ(office.found("XY34ZZZ").front().position_by, plate::PositionSource::camera);
}

TEST(Intake, RecordsCollectionOnceForACameraAndMinute) {
  TestOffice office;
  office.estate.live_camera("cam-2");
  office.estate.clock.set("2026-06-01T12:20:00Z");
  for (int i = 0; i < 5; ++i) {
    const auto event = std::to_string(i);
    EXPECT_EQ(outcome(office.send(office.message(event, "XY34ZZZ") + "\n{")),
              "1/0 1:invalid_input");
  }
  EXPECT_EQ(outcome(office.send(office.message("x", "AB12CDE"), "cam-2")), "1/0");
  auto leaves = office.collected();
  ASSERT_EQ(leaves.size(), 2U);  // a camera each
  EXPECT_EQ(leaves[0].shown.outcome, "permitted");
  EXPECT_EQ(leaves[0].shown.role, "camera");
  EXPECT_EQ(leaves[0].details, R"({"camera":"cam-1","minute":"2026-06-01T12:20:00.000Z"})");
  // The minute is not over.
  ASSERT_TRUE(office.intake->close_minutes());
  EXPECT_EQ(office.collected().size(), 2U);
  office.estate.clock.set("2026-06-01T12:21:00Z");
  EXPECT_EQ(outcome(office.send(office.message("y", "XY34ZZZ"))), "1/0");
  ASSERT_TRUE(office.intake->close_minutes());
  leaves = office.collected();
  ASSERT_EQ(leaves.size(), 5U);
  EXPECT_EQ(leaves[2].details, R"({"camera":"cam-1","minute":"2026-06-01T12:21:00.000Z"})");
  EXPECT_EQ(leaves[3].shown.outcome, "done");
  EXPECT_EQ(leaves[3].details,
            R"({"camera":"cam-1","minute":"2026-06-01T12:20:00.000Z","opened":)" +
                std::to_string(leaves[0].number) +
                R"(,"batches":5,"batches_refused":0,"accepted":5,"duplicates":0,"refused":5,)"
                R"("pictures":0,"hits":0})");
  ASSERT_TRUE(office.intake->close_minutes());
  EXPECT_EQ(office.collected().size(), 5U);
  office.close();  // records what is still open
  EXPECT_EQ(office.collected().size(), 6U);
}

TEST(Intake, RecordsRefusedCollectionOnceAMinute) {
  TestOffice office;
  for (int i = 0; i < 3; ++i) office.send(office.message("e", "AB12CDE"), "cam-9").value();
  auto leaves = office.collected();
  ASSERT_EQ(leaves.size(), 1U);
  EXPECT_EQ(leaves[0].shown.operation, audit::Operation::refusal);
  EXPECT_NE(leaves[0].details.find("\"reason\":\""), std::string::npos);
  office.estate.clock.advance(std::chrono::minutes(1));
  ASSERT_TRUE(office.intake->close_minutes());
  leaves = office.collected();
  ASSERT_EQ(leaves.size(), 2U);
  EXPECT_NE(leaves[1].details.find("\"batches_refused\":3,\"accepted\":0"), std::string::npos);
}

TEST(Intake, TakesNothingWhileTheLogIsAway) {
  TestOffice office;
  office.log.fill_up_after(0);
  EXPECT_EQ(outcome(office.send(office.message("e", "AB12CDE"))), "unavailable");
  EXPECT_TRUE(office.told().empty());
  EXPECT_TRUE(office.found("AB12CDE").empty());
  EXPECT_EQ(office.intake->counters().received, 0U);
  office.log.make_room();
  EXPECT_EQ(outcome(office.send(office.message("e", "AB12CDE"))), "1/0");
}

TEST(Intake, WithdrawsAlertsWhenTheStoreIsAway) {
  TestOffice office;
  office.store->is_away = true;
  const auto body = office.message("e", "AB12CDE");
  EXPECT_EQ(outcome(office.send(body)), "unavailable");
  const auto told = office.told();
  ASSERT_EQ(told.size(), 2U);  // provisional, then withdrawn
  EXPECT_FALSE(told[0].durable);
  EXPECT_EQ(told[1].state, alerts::State::retracted);
  office.store->is_away = false;
  // The camera sends again, and everything is as if it had been the first time.
  EXPECT_EQ(outcome(office.send(body)), "1/0");
  const auto again = office.told();
  ASSERT_EQ(again.size(), 2U);
  EXPECT_TRUE(again[1].durable);
  EXPECT_EQ(again[1].state, alerts::State::fresh);
}

// The reads are kept, their alerts are not: the records were away, or the office died in between.
TEST(Intake, CompletesAlertsWhenTheCameraSendsAgain) {
  for (const bool dies : {false, true}) {
    SCOPED_TRACE(dies);
    TestOffice office;
    const auto body = office.message("e", "AB12CDE");
    office.records->is_away = true;
    EXPECT_EQ(outcome(office.send(body)), "unavailable");
    EXPECT_EQ(office.found("AB12CDE").size(), 1U);
    office.records->is_away = false;
    if (dies) office.reopen();
    office.told();
    EXPECT_EQ(outcome(office.send(body)), "0/1");
    const auto receipt = office.estate.log.receipt_for(access::Act::watch_alerts);
    const auto latest = office.alerts->latest(receipt, 10).value();
    ASSERT_EQ(latest.size(), 1U);
    EXPECT_TRUE(latest[0].durable);
    EXPECT_TRUE(latest[0].live);
  }
}

TEST(Intake, MakesBatchesThatComeTogetherDurableTogether) {
  TestOffice office;
  constexpr int threads = 8;
  constexpr int batches = 40;
  for (int t = 0; t < threads; ++t) office.estate.live_camera("thread-" + std::to_string(t));
  office.estate.clock.advance(std::chrono::seconds(1));
  office.store->appends = 0;
  std::atomic<int> wrong{0};
  std::vector<std::thread> senders;
  for (int t = 0; t < threads; ++t) {
    senders.emplace_back([&, t] {
      for (int i = 0; i < batches; ++i) {
        const auto event = std::to_string(i);
        const auto lines =
            office.message(event, "XY34ZZZ") + "\n" + office.message(event + "b", "AB12CDE");
        // Each third batch is sent twice.
        const auto camera = "thread-" + std::to_string(t);
        if (outcome(office.send(lines, camera)) != "2/0") ++wrong;
        if (i % 3 == 0 && outcome(office.send(lines, camera)) != "0/2") ++wrong;
      }
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(wrong, 0);
  const auto counters = office.intake->counters();
  EXPECT_EQ(counters.accepted, 2U * threads * batches);
  EXPECT_EQ(counters.received, counters.accepted + counters.duplicates + counters.refused);
  // Alone, each would have been an append of its own.
  EXPECT_LT(office.store->appends, static_cast<int>(counters.batches));
  office.reopen();
  EXPECT_EQ(office.found("XY34ZZZ").size(), std::size_t{threads} * batches);
  EXPECT_EQ(office.found("AB12CDE").size(), std::size_t{threads} * batches);
}

TEST(Intake, SurvivesAStoreThatComesAndGoes) {
  TestOffice office;
  std::atomic<bool> over{false};
  std::thread trouble([&] {
    while (!over) {
      office.store->is_away = !office.store->is_away;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    office.store->is_away = false;
  });
  std::vector<std::thread> senders;
  for (int t = 0; t < 4; ++t) {
    senders.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const auto body = office.message(std::to_string(t) + "-" + std::to_string(i), "AB12CDE");
        while (outcome(office.send(body)) == "unavailable") std::this_thread::yield();
      }
    });
  }
  for (auto& sender : senders) sender.join();
  over = true;
  trouble.join();
  EXPECT_EQ(office.found("AB12CDE").size(), 200U);
  const auto counters = office.intake->counters();
  EXPECT_EQ(counters.accepted, 200U);  // what was not acknowledged was not kept, so none is double
  EXPECT_EQ(counters.received, 200U);
}

}  // namespace
}  // namespace regmark::intake
