#include "desk/follow_up.h"

#include "desk/ask.h"
#include "desk/note_search.h"

namespace regmark::desk {
namespace {

using access::Act;
using audit::Receipt;
using oversight::FollowUp;
using oversight::Missed;

oversight::LineOf lines_of(const Desk& desk) {
  return [&desk](const base::PersonId& person) { return line_of(desk, person); };
}

}  // namespace

Result<Answer<std::vector<FollowUp>>> read_follow_ups(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, Act::read_reviews, about("follow_ups"), [&](const Receipt& receipt) {
    return desk.oversight.follow_ups.list(receipt, lines_of(desk));
  });
}

Result<Answer<FollowUp>> take_follow_up(const Desk& desk, const Asker& asker, Missed missed,
                                        std::string_view about_which) {
  return ask(desk, asker, Act::review_searches, about(subject_of(missed, about_which)),
             [&](const Receipt& receipt) {
               return desk.oversight.follow_ups.take(receipt, missed, about_which, lines_of(desk));
             });
}

Result<Answer<FollowUp>> note_follow_up(const Desk& desk, const Asker& asker, Missed missed,
                                        std::string_view about_which, std::string_view words) {
  return ask(desk, asker, Act::review_searches, about(subject_of(missed, about_which)),
             [&](const Receipt& receipt) {
               return desk.oversight.follow_ups.note(receipt, missed, about_which, lines_of(desk),
                                                     words);
             });
}

}  // namespace regmark::desk
