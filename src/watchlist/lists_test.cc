#include "watchlist/lists.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "watchlist/lists_testing.h"

namespace regmark::watchlist {
namespace {

using access::Act;

// "active AB12CDE, withdrawn KN05PQR": the entries, oldest first.
std::string states(TestLists& lists, std::string_view list) {
  std::string text;
  for (const auto& entry : lists.entries(list)) {
    constexpr std::string_view words[] = {"active ", "expired ", "withdrawn ", "resolved "};
    if (!text.empty()) text += ", ";
    text += words[static_cast<std::size_t>(entry.state)];
    text += entry.plate.text();
  }
  return text;
}

std::string counts(const Result<ImportReport>& report) {
  if (!report) return name(report.error().code);
  return std::to_string(report->added) + " added, " + std::to_string(report->changed) +
         " changed, " + std::to_string(report->unchanged) + " unchanged, " +
         std::to_string(report->withdrawn) + " withdrawn, " + std::to_string(report->still_ended) +
         " still ended, " + std::to_string(report->rejected_count) + " rejected";
}

template <typename T>
std::string code(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}

std::set<base::OrganisationId> organisations(std::size_t count) {
  std::set<base::OrganisationId> ids;
  for (std::size_t at = 0; at < count; ++at) {
    ids.insert(base::OrganisationId::parse("force-" + std::to_string(at)).value());
  }
  return ids;
}

TEST(Lists, MeetWhatStandsOnThem) {
  TestLists lists;
  auto list = a_list("stolen");
  list.near_least = 0;
  lists.create(list);
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
  const auto report = lists.import("stolen",
                                   "AB12CDE,FORD,FOCUS,BLUE,STOP,VI,Stolen\n"
                                   "KN05PQR,BMW,X5,BLACK,SILENT,,Wanted\n");
  EXPECT_EQ(counts(report),
            "2 added, 0 changed, 0 unchanged, 0 withdrawn, 0 still ended, 0 rejected");
  EXPECT_EQ(report->version, 1U);
  EXPECT_EQ(lists->active_entries(), 2U);

  auto read = plate::a_read("camera-1", "AB12CDE");
  read.make.text = "BMW";
  read.colour.text = "BLUE";
  const auto hits = lists->hits(read);
  ASSERT_EQ(hits.size(), 1U);
  const auto& hit = hits.front();
  EXPECT_EQ(hit.grade, Grade::exact);
  EXPECT_GT(hit.probability, 0.8F);
  EXPECT_EQ(hit.list, list_id("stolen"));
  EXPECT_EQ(hit.list_name, "List stolen");
  EXPECT_EQ(hit.reason, "Stolen");
  EXPECT_EQ(hit.action, "STOP");
  EXPECT_EQ(hit.warning_markers, "VI");
  EXPECT_EQ(hit.listed_plate.text(), "AB12CDE");
  EXPECT_EQ(hit.priority, Priority::high);
  EXPECT_EQ(hit.alert_window, std::chrono::seconds{300});
  EXPECT_EQ(hit.entry_confirmed_at, lists.clock.now());
  EXPECT_EQ(hit.conflicts, std::vector<std::string>{"make: listed FORD, seen BMW"});
  EXPECT_EQ(hit.entry, lists.entries("stolen")[0].id);

  EXPECT_EQ(lists.hits("ABI2CDE").at(0).grade, Grade::look_alike);
  EXPECT_EQ(lists.hits("A812CDE").at(0).grade, Grade::near);
  EXPECT_TRUE(lists.hits("XY99XYZ").empty());
}

TEST(Lists, MeetNothingNearThatIsLessLikelyThanTheyAsk) {
  TestLists lists;
  for (const auto& [id, least] :
       {std::pair("all", 0.0F), {"usual", near_least_usual}, {"sure", 1.0F}}) {
    auto list = a_list(id);
    list.near_least = least;
    lists.create(list);
    ASSERT_TRUE(lists.import(id, "AB12CDE,FORD\n"));
  }
  const auto met = [&](std::string_view plate, std::vector<plate::Alternative> alternatives = {}) {
    auto read = plate::a_read("camera-1", plate);
    read.alternatives = std::move(alternatives);
    std::set<std::string> names;
    for (const auto& hit : lists->hits(read)) names.insert(hit.list.text());
    return names;
  };
  using Names = std::set<std::string>;
  for (int restart = 0; restart < 2; ++restart) {
    EXPECT_EQ(met("AB12CDE"), (Names{"all", "usual", "sure"}));
    EXPECT_EQ(met("ABI2CDE"), (Names{"all", "usual", "sure"}));
    EXPECT_EQ(met("A812CDE"), Names{"all"});
    EXPECT_EQ(met("A812CDE", {{"AB12CDE", 0.4F}}), (Names{"all", "usual"}));
    lists.reopen();
  }
}

TEST(Lists, SayWhoIsAlerted) {
  TestLists lists;
  auto list = a_list("some");
  list.alerted = organisations(alerted_max);
  lists.create(list);
  lists.create(a_list("everybody"));
  ASSERT_TRUE(lists.import("some", "AB12CDE\n"));
  ASSERT_TRUE(lists.import("everybody", "KN05PQR\n"));
  for (int restart = 0; restart < 2; ++restart) {
    EXPECT_EQ(lists.hits("AB12CDE").at(0).alerted, list.alerted);
    EXPECT_TRUE(lists.hits("KN05PQR").at(0).alerted.empty());
    const auto shown = lists->lists(lists.receipt(Act::read_lists)).value();
    EXPECT_EQ(shown.at(0).about.alerted, list.alerted);
    EXPECT_TRUE(shown.at(1).about.alerted.empty());
    lists.reopen();
  }
}

TEST(Lists, ReplaceOneVersionByAnother) {
  TestLists lists;
  lists.create(a_list("stolen"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE,FORD\nKN05PQR,BMW\nXY66ZZZ,KIA\n"));
  const auto first = lists.entries("stolen");
  lists.clock.advance(std::chrono::hours{1});
  const auto report = lists.import("stolen", "KN05PQR,AUDI\nXY66ZZZ,KIA\nGH07JKL,SEAT\n");
  EXPECT_EQ(counts(report),
            "1 added, 1 changed, 1 unchanged, 1 withdrawn, 0 still ended, 0 rejected");
  EXPECT_EQ(report->version, 2U);
  EXPECT_EQ(states(lists, "stolen"),
            "withdrawn AB12CDE, active KN05PQR, active XY66ZZZ, active GH07JKL");
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
  EXPECT_EQ(lists.hits("GH07JKL").size(), 1U);
  const auto second = lists.entries("stolen");
  EXPECT_EQ(second[1].id, first[1].id);  // changed, but the same entry
  EXPECT_EQ(second[1].row.make, "AUDI");
  EXPECT_EQ(second[1].added_at, first[1].added_at);
  EXPECT_EQ(second[1].confirmed_at, lists.clock.now());
  EXPECT_EQ(second[0].confirmed_at, first[0].confirmed_at);
  EXPECT_EQ(second[0].ended_at, lists.clock.now());
  EXPECT_EQ(second[0].end_reason, "version 2 of the list is without it");
  // What was withdrawn and comes back is another entry.
  ASSERT_TRUE(lists.import("stolen", "AB12CDE,FORD\n"));
  EXPECT_EQ(lists.hits("AB12CDE").size(), 1U);
  EXPECT_NE(lists.hits("AB12CDE").at(0).entry, first[0].id);
}

TEST(Lists, TellEntriesOfOnePlateApartByTheirPncId) {
  TestLists lists;
  lists.create(a_list("stolen"));
  const std::string_view csv =
      "vrm,reason,pnc id\nAB12CDE,Stolen,1\nAB12CDE,Wanted,2\nab12 cde,Again,2\n";
  const auto report = lists.import("stolen", csv);
  EXPECT_EQ(counts(report),
            "2 added, 0 changed, 0 unchanged, 0 withdrawn, 0 still ended, 1 rejected");
  EXPECT_EQ(report->rejected.at(0).line, 4U);
  EXPECT_EQ(report->rejected.at(0).reason, "an earlier row has the same plate and PNC id");
  EXPECT_EQ(lists.hits("AB12CDE").size(), 2U);

  std::string many = "vrm,pnc id\n";
  for (std::size_t at = 0; at <= entries_of_plate_max; ++at) {
    many += "AB12CDE," + std::to_string(at) + "\n";
  }
  const auto too_many = lists.import("stolen", many);
  EXPECT_EQ(too_many->rejected_count, 1U);
  EXPECT_EQ(too_many->rejected.at(0).line, entries_of_plate_max + 2);
  EXPECT_EQ(lists.hits("AB12CDE").size(), entries_of_plate_max);
}

TEST(Lists, ReportEveryBadRowAndKeepTheOldVersionIfAllAreBad) {
  TestLists lists;
  lists.create(a_list("stolen"));
  const auto report = lists.import(
      "stolen", "vrm,weed date\nAB12CDE,\nAB*,\nKN05PQR,01/06/2026\nXY66ZZZ,02/06/2026\n");
  EXPECT_EQ(counts(report),
            "2 added, 0 changed, 0 unchanged, 0 withdrawn, 0 still ended, 2 rejected");
  ASSERT_EQ(report->rejected.size(), 2U);
  EXPECT_EQ(report->rejected[0].line, 3U);
  EXPECT_EQ(report->rejected[1].line, 4U);
  EXPECT_EQ(report->rejected[1].reason, "its weed date has come");

  for (const std::string_view csv : {"", "vrm\n", "vrm\n*\n", "vrm,vrm\nAB12CDE,\n"}) {
    SCOPED_TRACE(csv);
    EXPECT_EQ(code(lists.import("stolen", csv)), "invalid_input");
  }
  EXPECT_EQ(lists.hits("AB12CDE").size(), 1U);
  EXPECT_EQ(lists->lists(lists.receipt(Act::read_lists))->at(0).version, 1U);

  std::string bad = "AB12CDE\n";
  for (std::size_t at = 0; at < rejected_max + 5; ++at) bad += "*\n";
  const auto many = lists.import("stolen", bad);
  EXPECT_EQ(many->rejected.size(), rejected_max);
  EXPECT_EQ(many->rejected_count, rejected_max + 5);
}

// The worked example of docs/formats/watchlist_csv.md.
TEST(Lists, ReadTheWorkedExample) {
  TestLists lists;
  lists.create(a_list("stolen"));
  const auto report = lists.import("stolen",
                                   "vrm,make,colour,action,reason,weed date,pnc id\n"
                                   "AB12 CDE,FORD,BLUE,STOP,Stolen,31/12/2026,26/1X\n"
                                   "KN05PQR,,,SILENT,\"Seen near \"\"The Swan\"\", Tuesday\",,\n"
                                   "AB1*,BMW,RED,STOP,Stolen,,\n"
                                   "XY66ZZZ,KIA,RED,STOP,Stolen,12/31/2026,\n");
  EXPECT_EQ(counts(report),
            "2 added, 0 changed, 0 unchanged, 0 withdrawn, 0 still ended, 2 rejected");
  EXPECT_EQ(report->rejected.at(0).line, 4U);
  EXPECT_EQ(report->rejected.at(0).reason, "registration mark: a character that no plate carries");
  EXPECT_EQ(report->rejected.at(1).line, 5U);
  EXPECT_EQ(report->rejected.at(1).reason, "a weed date is 2026-11-22 or 22/11/2026");
  EXPECT_EQ(lists.hits("KN05PQR").at(0).reason, "Seen near \"The Swan\", Tuesday");
}

TEST(Lists, NeverMeetWhatAPersonEnded) {
  TestLists lists;
  lists.create(a_list("stolen"));
  const std::string_view csv = "AB12CDE,FORD\nKN05PQR,BMW\nXY66ZZZ,KIA\n";
  ASSERT_TRUE(lists.import("stolen", csv));
  const auto entries = lists.entries("stolen");
  ASSERT_TRUE(lists.withdraw(entries[0].id));
  ASSERT_TRUE(lists.resolve(entries[1].id));
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
  EXPECT_TRUE(lists.hits("KN05PQR").empty());
  EXPECT_EQ(lists->active_entries(), 1U);
  EXPECT_EQ(states(lists, "stolen"), "withdrawn AB12CDE, resolved KN05PQR, active XY66ZZZ");
  EXPECT_EQ(lists.entries("stolen")[1].end_reason, "found");
  EXPECT_EQ(code(lists.withdraw(entries[0].id)), "conflict");
  EXPECT_EQ(code(lists.resolve(entries[0].id)), "conflict");

  // A file that goes on saying the same does not bring them back.
  const auto again = lists.import("stolen", csv);
  EXPECT_EQ(counts(again),
            "0 added, 0 changed, 1 unchanged, 0 withdrawn, 2 still ended, 0 rejected");
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
  // One that says something new of one, and has once been without the other, does.
  const auto changed = lists.import("stolen", "AB12CDE,VOLVO\nXY66ZZZ,KIA\n");
  EXPECT_EQ(counts(changed),
            "1 added, 0 changed, 1 unchanged, 0 withdrawn, 0 still ended, 0 rejected");
  EXPECT_EQ(lists.hits("AB12CDE").size(), 1U);
  const auto back = lists.import("stolen", csv);
  EXPECT_EQ(counts(back),
            "1 added, 1 changed, 1 unchanged, 0 withdrawn, 0 still ended, 0 rejected");
  EXPECT_EQ(lists.hits("KN05PQR").size(), 1U);
}

TEST(Lists, AreCountedForTheAssessmentOfTheForce) {
  TestLists lists;
  lists.create(a_list("stolen"));
  lists.create(a_list("old", "2026-06-02"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE\nKN05PQR\nCD34EFG\n"));
  const auto counted = [&](std::string_view from = "2026-06-01") {
    const auto receipt = lists.receipt(Act::read_estate, {.subject = "self-assessment"});
    const auto found = lists->counts(receipt, base::parse_day(from).value());
    return std::to_string(found->lists) + " lists, " + std::to_string(found->past_review) +
           " past review, " + std::to_string(found->muted) + " muted, " +
           std::to_string(found->active) + " active, " + std::to_string(found->left_out) +
           " left out, " + std::to_string(found->withdrawn) + " withdrawn, " +
           std::to_string(found->resolved) + " resolved, " + std::to_string(found->expired) +
           " expired";
  };
  EXPECT_EQ(counted(),
            "2 lists, 0 past review, 0 muted, 3 active, "
            "0 left out, 0 withdrawn, 0 resolved, 0 expired");
  const auto entries = lists.entries("stolen");
  ASSERT_TRUE(lists.withdraw(entries[0].id));
  ASSERT_TRUE(lists.resolve(entries[1].id));
  ASSERT_TRUE(lists.import("stolen", "vrm,weed date\nEF56GHI,\nGH78IJK,2026-06-03\n"));
  EXPECT_EQ(counted(),
            "2 lists, 0 past review, 0 muted, 2 active, "
            "1 left out, 1 withdrawn, 1 resolved, 0 expired");
  lists.clock.advance(std::chrono::hours{36});  // to the weed date
  const std::string_view later =
      "2 lists, 1 past review, 1 muted, 1 active, 1 left out, 1 withdrawn, 1 resolved, 1 expired";
  EXPECT_EQ(counted(), later);
  // Erased, they are counted as they were; from a later day on, only what ended later.
  ASSERT_TRUE(lists.database->write([&](records::Transaction& transaction) {
    return Lists::erase_ended(transaction, lists.log.machine_receipt(audit::MachineVerb::drop),
                              lists.clock.now());
  }));
  EXPECT_EQ(lists.entries("stolen").size(), 1U);
  EXPECT_EQ(counted(), later);
  EXPECT_EQ(counted("2026-06-02"),
            "2 lists, 1 past review, 1 muted, 1 active, "
            "0 left out, 0 withdrawn, 0 resolved, 1 expired");
  EXPECT_EQ(code(lists->counts(lists.receipt(Act::read_lists), {})), "invalid_input");
}

TEST(Lists, ExpireByTheClock) {
  TestLists lists;
  auto list = a_list("stolen");
  list.age_max = std::chrono::hours{24 * 30};
  lists.create(list);
  ASSERT_TRUE(lists.import("stolen", "vrm,weed date\nAB12CDE,2026-06-03\nKN05PQR,\n"));
  lists.clock.set("2026-06-02T23:59:59.999Z");
  EXPECT_EQ(lists.hits("AB12CDE").size(), 1U);
  EXPECT_EQ(lists->active_entries(), 2U);
  lists.clock.set("2026-06-03T00:00:00Z");
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
  EXPECT_EQ(lists.hits("KN05PQR").size(), 1U);
  EXPECT_EQ(lists->active_entries(), 1U);
  EXPECT_EQ(states(lists, "stolen"), "expired AB12CDE, active KN05PQR");
  EXPECT_EQ(lists->lists(lists.receipt(Act::read_lists))->at(0).active, 1U);
  EXPECT_EQ(code(lists.withdraw(lists.entries("stolen")[0].id)), "conflict");
  // A version without it does not make it withdrawn: the two are different things.
  ASSERT_TRUE(lists.import("stolen", "KN05PQR\n"));
  EXPECT_EQ(states(lists, "stolen"), "expired AB12CDE, active KN05PQR");
  EXPECT_EQ(base::format_utc(*lists.entries("stolen")[0].ended_at), "2026-06-03T00:00:00.000Z");
  // A new weed date makes a new entry of what has expired.
  ASSERT_TRUE(lists.import("stolen", "vrm,weed date\nAB12CDE,2026-07-01\n"));
  EXPECT_EQ(states(lists, "stolen"), "expired AB12CDE, withdrawn KN05PQR, active AB12CDE");
}

TEST(Lists, FallSilentWhenTheyAreNotKeptUp) {
  TestLists lists;
  lists.create(a_list("stolen", "2026-06-10"));
  lists.create(a_list("other", "2026-12-31"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE\n"));
  ASSERT_TRUE(lists.import("other", "AB12CDE\n"));
  const auto shown = [&](std::size_t at) {
    return lists->lists(lists.receipt(Act::read_lists)).value().at(at);
  };
  lists.clock.advance(std::chrono::hours{48});
  EXPECT_EQ(lists.hits("AB12CDE").size(), 2U);
  EXPECT_FALSE(shown(0).muted);
  lists.clock.advance(std::chrono::microseconds{1});
  EXPECT_TRUE(lists.hits("AB12CDE").empty());
  EXPECT_TRUE(shown(0).muted);
  EXPECT_EQ(shown(0).why_muted, "its last version is older than 48 hours");
  EXPECT_EQ(shown(0).active, 1U);  // muted is not ended

  lists.clock.set("2026-06-10T23:00:00Z");
  ASSERT_TRUE(lists.import("stolen", "AB12CDE\n"));
  ASSERT_TRUE(lists.import("other", "AB12CDE\n"));
  EXPECT_EQ(lists.hits("AB12CDE").size(), 2U);
  lists.clock.set("2026-06-11T00:00:00Z");
  ASSERT_EQ(lists.hits("AB12CDE").size(), 1U);
  EXPECT_EQ(lists.hits("AB12CDE")[0].list, list_id("other"));
  EXPECT_EQ(shown(0).why_muted, "its review was due on 2026-06-10");
}

TEST(Lists, StandSaysWhyAnEntryMustNotFire) {
  TestLists lists;
  auto list = a_list("stolen");
  list.age_max = std::chrono::hours{24 * 30};
  lists.create(list);
  ASSERT_TRUE(
      lists.import("stolen", "vrm,weed date\nAA11AAA,\nBB22BBB,\nCC33CCC,2026-06-02\nDD44DDD,\n"));
  const auto entries = lists.entries("stolen");
  ASSERT_TRUE(lists.withdraw(entries[0].id));
  ASSERT_TRUE(lists.resolve(entries[1].id));
  lists.clock.set("2026-06-02T08:00:00Z");
  const auto stand = [&](std::size_t at) {
    return lists->stand(lists.receipt(Act::act_on_alert, {.subject = "alert-1"}), entries[at].id)
        .value();
  };
  EXPECT_EQ(stand(0).why_not, "the entry was withdrawn: sold");
  EXPECT_EQ(stand(1).why_not, "the entry was resolved: found");
  EXPECT_EQ(stand(2).why_not, "the entry has expired: its weed date has come");
  EXPECT_FALSE(stand(2).may_fire);
  EXPECT_TRUE(stand(3).may_fire);
  EXPECT_EQ(stand(3).why_not, "");
  EXPECT_EQ(stand(3).list.active, 1U);
  lists.clock.set("2026-08-01T00:00:00Z");
  EXPECT_EQ(stand(3).why_not, "the list is muted: its last version is older than 720 hours");
  EXPECT_FALSE(stand(3).may_fire);
  const auto watch = lists.receipt(Act::watch_alerts);
  EXPECT_EQ(code(lists->stand(watch, entries[3].id)), "done");
  for (const std::string_view id : {"entry-99", "entry-0", "entry-01", "entry-x", "other-1"}) {
    EXPECT_EQ(code(lists->stand(watch, base::EntryId::parse(id).value())), "not_found") << id;
  }
}

TEST(Lists, LastThroughARestart) {
  TestLists lists;
  lists.create(a_list("stolen"));
  lists.create(a_list("empty"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE,FORD\nKN05PQR,BMW\n"));
  ASSERT_TRUE(lists.withdraw(lists.entries("stolen")[1].id));
  const auto before = lists.hits("AB12CDE");
  lists.reopen();
  const auto after = lists.hits("AB12CDE");
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].entry, before[0].entry);
  EXPECT_EQ(after[0].entry_confirmed_at, before[0].entry_confirmed_at);
  EXPECT_TRUE(lists.hits("KN05PQR").empty());
  EXPECT_EQ(lists->active_entries(), 1U);
}

TEST(Lists, AreMadeWholeOrNotAtAll) {
  TestLists lists;
  struct Case {
    std::string_view what;
    void (*spoil)(NewList&);
  };
  constexpr Case cases[] = {
      {"no name", [](NewList& l) { l.name.clear(); }},
      {"a long name", [](NewList& l) { l.name.assign(list_name_size_max + 1, 'x'); }},
      {"no purpose", [](NewList& l) { l.purpose.clear(); }},
      {"a long purpose", [](NewList& l) { l.purpose.assign(list_purpose_size_max + 1, 'x'); }},
      {"no level", [](NewList& l) { l.level = static_cast<Level>(4); }},
      {"no priority", [](NewList& l) { l.priority = static_cast<Priority>(3); }},
      {"a review today", [](NewList& l) { l.review = base::parse_day("2026-06-01").value(); }},
      {"no age", [](NewList& l) { l.age_max = std::chrono::hours{0}; }},
      {"a great age", [](NewList& l) { l.age_max = list_age_longest + std::chrono::hours{1}; }},
      {"no window", [](NewList& l) { l.alert_window = std::chrono::seconds{-1}; }},
      {"a long window",
       [](NewList& l) { l.alert_window = alert_window_longest + std::chrono::seconds{1}; }},
      {"too many alerted", [](NewList& l) { l.alerted = organisations(alerted_max + 1); }},
      {"less than never", [](NewList& l) { l.near_least = -0.1F; }},
      {"more than surely", [](NewList& l) { l.near_least = 1.1F; }},
      {"no number", [](NewList& l) { l.near_least = std::numeric_limits<float>::quiet_NaN(); }},
  };
  for (const auto& [what, spoil] : cases) {
    SCOPED_TRACE(what);
    auto list = a_list("stolen");
    spoil(list);
    EXPECT_EQ(code(lists->create(lists.change(), list)), "invalid_input");
  }
  EXPECT_EQ(code(lists->create(lists.change(), a_list("stolen"))), "done");
  EXPECT_EQ(code(lists->create(lists.change(), a_list("stolen"))), "conflict");
  const auto shown = lists->lists(lists.receipt(Act::read_lists)).value();
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].about.name, "List stolen");
  EXPECT_EQ(shown[0].about.review, a_list("stolen").review);
  EXPECT_EQ(shown[0].owner.text(), "person-test");
  EXPECT_EQ(shown[0].version, 0U);
  EXPECT_FALSE(shown[0].imported_at.has_value());
  EXPECT_FALSE(shown[0].muted);
}

TEST(Lists, AreAtMostSoMany) {
  TestLists lists;
  for (std::size_t at = 0; at < lists_max; ++at) {
    lists.create(a_list("list-" + std::to_string(at)));
  }
  EXPECT_EQ(code(lists->create(lists.change(), a_list("more"))), "limit_exceeded");
}

TEST(Lists, WantTheRightReceipt) {
  TestLists lists;
  lists.create(a_list("stolen"));
  lists.create(a_list("other"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE\n"));
  const auto stolen = list_id("stolen");
  const auto entry = lists.entries("stolen")[0].id;
  const auto other = access::Scope{.lists = {list_id("other")}};
  const auto wrong_subject = access::Scope{.subject = "other"};

  for (const auto& receipt :
       {lists.receipt(Act::read_lists), lists.receipt(Act::change_lists, other),
        lists.receipt(Act::change_lists, wrong_subject)}) {
    EXPECT_EQ(code(lists->import(receipt, stolen, "KN05PQR\n")), "invalid_input");
    EXPECT_EQ(code(lists->create(receipt, a_list("new"))), "invalid_input");
  }
  for (const auto& receipt : {lists.change(), lists.receipt(Act::withdraw_entry, other),
                              lists.receipt(Act::withdraw_entry, wrong_subject)}) {
    EXPECT_EQ(code(lists->withdraw(receipt, entry, "x")), "invalid_input");
    EXPECT_EQ(code(lists->resolve(receipt, entry, "x")), "invalid_input");
  }
  for (const auto& receipt : {lists.change(), lists.receipt(Act::read_lists, other),
                              lists.receipt(Act::read_lists, wrong_subject)}) {
    EXPECT_EQ(code(lists->entries(receipt, stolen, 0, 1)), "invalid_input");
  }
  EXPECT_EQ(code(lists->lists(lists.change())), "invalid_input");
  EXPECT_EQ(lists->lists(lists.receipt(Act::read_lists, other))->size(), 1U);
  EXPECT_EQ(code(lists->stand(lists.change(), entry)), "invalid_input");
  EXPECT_EQ(code(lists->stand(lists.receipt(Act::watch_alerts, other), entry)), "invalid_input");

  const auto named = access::Scope{.lists = {stolen}, .subject = "stolen"};
  EXPECT_EQ(code(lists->import(lists.receipt(Act::change_lists, named), stolen, "AB12CDE\n")),
            "done");
  const auto old = lists.receipt(Act::withdraw_entry, {.subject = entry.text()});
  lists.clock.advance(std::chrono::minutes{10});
  EXPECT_EQ(code(lists->withdraw(old, entry, "x")), "invalid_input");
  EXPECT_EQ(lists.hits("AB12CDE").size(), 1U);
}

TEST(Lists, AreChangedByTheirOwnerOnly) {
  TestLists lists;
  lists.create(a_list("stolen"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE\n"));
  const auto entry = lists.entries("stolen")[0].id;
  const auto theirs = lists.receipt(Act::change_lists, {}, "person-other");
  EXPECT_EQ(code(lists->import(theirs, list_id("stolen"), "KN05PQR\n")), "conflict");
  EXPECT_EQ(code(lists->import(theirs, list_id("nothing"), "KN05PQR\n")), "not_found");
  const auto end = lists.receipt(Act::withdraw_entry, {}, "person-other");
  EXPECT_EQ(code(lists->withdraw(end, entry, "x")), "conflict");
  EXPECT_EQ(code(lists->withdraw(end, entry, "")), "invalid_input");
  EXPECT_EQ(code(lists->withdraw(end, entry, std::string(end_reason_size_max + 1, 'x'))),
            "invalid_input");
  EXPECT_EQ(code(lists->withdraw(end, base::EntryId::parse("entry-77").value(), "x")), "not_found");
  EXPECT_EQ(lists.hits("AB12CDE").size(), 1U);
}

TEST(Lists, ShowEntriesInPages) {
  TestLists lists;
  lists.create(a_list("stolen"));
  std::string csv;
  for (std::size_t at = 0; at < entries_page_max + 7; ++at) csv += "A" + std::to_string(at) + "\n";
  ASSERT_TRUE(lists.import("stolen", csv));
  const auto page = [&](std::size_t first, std::size_t count, std::size_t rows_max = 0) {
    return lists
        ->entries(lists.receipt(Act::read_lists, {.rows_max = rows_max}), list_id("stolen"), first,
                  count)
        .value();
  };
  EXPECT_EQ(page(0, 5'000).size(), entries_page_max);
  EXPECT_EQ(page(entries_page_max, 5'000).size(), 7U);
  EXPECT_EQ(page(0, 5'000, 3).size(), 3U);
  EXPECT_EQ(page(~std::size_t{0}, ~std::size_t{0}).size(), 0U);
  std::set<std::string> ids;
  for (std::size_t first = 0; first < 12; first += 4) {
    for (const auto& entry : page(first, 4)) ids.insert(entry.id.text());
  }
  EXPECT_EQ(ids.size(), 12U);
}

TEST(Lists, TellAKeeperOfEveryEntryOfTheirPlate) {
  TestLists lists;
  lists.create(a_list("stolen"));
  lists.create(a_list("wanted"));
  ASSERT_TRUE(lists.import("stolen", "AB12CDE\nKN05PQR\n"));
  ASSERT_TRUE(lists.import("wanted", "AB12CDE\nAB12CDF\n"));
  ASSERT_TRUE(lists.withdraw(lists.entries("stolen").at(0).id));
  const auto about = [&](const std::string& plate) {
    return lists->about(lists.receipt(Act::answer_subject, {.plate = plate, .rows_max = 10}));
  };
  const auto found = about("AB12CDE").value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].list.about.id.text(), "stolen");
  EXPECT_EQ(found[0].entry.state, EntryState::withdrawn);
  EXPECT_FALSE(found[0].may_fire);
  EXPECT_EQ(found[1].list.about.id.text(), "wanted");
  EXPECT_TRUE(found[1].may_fire);
  EXPECT_EQ(about("ZZ99ZZZ")->size(), 0U);
  EXPECT_EQ(code(about("AB12*")), "invalid_input");
  EXPECT_EQ(code(lists->about(lists.receipt(Act::read_lists))), "invalid_input");
}

}  // namespace
}  // namespace regmark::watchlist
