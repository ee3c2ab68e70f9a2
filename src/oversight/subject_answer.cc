// What a keeper is given and told, from what was decided; and the words of it.
#include <algorithm>
#include <iterator>

#include "oversight/subjects.h"

namespace regmark::oversight {

std::string_view name(Wish wish) {
  return wish == Wish::access ? "access" : "erasure";
}

std::string_view name(SubjectState state) {
  switch (state) {
    case SubjectState::open:
      return "open";
    case SubjectState::answered:
      return "answered";
    case SubjectState::refused:
      return "refused";
    case SubjectState::neither:
      return "neither";
  }
  return "unknown";
}

std::string_view name(Exemption exemption) {
  switch (exemption) {
    case Exemption::inquiry:
      return "inquiry";
    case Exemption::crime:
      return "crime";
    case Exemption::public_security:
      return "public_security";
    case Exemption::national_security:
      return "national_security";
    case Exemption::others:
      return "others";
  }
  return "unknown";
}

std::string_view in_words(Exemption exemption) {
  switch (exemption) {
    case Exemption::inquiry:
      return "so as not to obstruct an inquiry, investigation or procedure (s.45(4)(a))";
    case Exemption::crime:
      return "so as not to prejudice the prevention, detection, investigation or prosecution of "
             "crime (s.45(4)(b))";
    case Exemption::public_security:
      return "to protect public security (s.45(4)(c))";
    case Exemption::national_security:
      return "to protect national security (s.45(4)(d))";
    case Exemption::others:
      return "to protect the rights and freedoms of others (s.45(4)(e))";
  }
  return "unknown";
}

std::string_view name(Part part) {
  switch (part) {
    case Part::reads:
      return "reads";
    case Part::alerts:
      return "alerts";
    case Part::entries:
      return "entries";
    case Part::held:
      return "held";
  }
  return "unknown";
}

namespace {

bool has(const std::vector<Part>& parts, Part part) {
  return std::ranges::find(parts, part) != parts.end();
}

// From then, up to and without the end; whatever stands open reaches to the last moment.
bool is_held_back(const SubjectDecision& decision, Part part, base::UtcTime from,
                  base::UtcTime until) {
  return std::ranges::any_of(decision.held_back, [&](const HeldBack& back) {
    return has(back.parts, part) && back.from < until && from < back.until;
  });
}

bool is_held_back(const SubjectDecision& decision, Part part, base::UtcTime at) {
  return is_held_back(decision, part, at, at + std::chrono::microseconds{1});
}

HeldAboutSubject given_of(const SubjectDecision& decision, const HeldAboutSubject& held) {
  HeldAboutSubject given;
  const auto copy_reads = [&](Part part, const auto& from, auto& to) {
    if (!has(decision.gives, part)) return;
    std::ranges::copy_if(from, std::back_inserter(to), [&](const auto& read) {
      return !is_held_back(decision, part, read.observed);
    });
  };
  copy_reads(Part::reads, held.reads, given.reads);
  copy_reads(Part::held, held.held, given.held);
  if (has(decision.gives, Part::alerts)) {
    std::ranges::copy_if(held.alerts, std::back_inserter(given.alerts), [&](const auto& alert) {
      return !is_held_back(decision, Part::alerts, alert.observed);
    });
  }
  if (has(decision.gives, Part::entries)) {
    std::ranges::copy_if(held.entries, std::back_inserter(given.entries), [&](const auto& entry) {
      return !is_held_back(decision, Part::entries, entry.from,
                           entry.until.value_or(base::UtcTime::max()));
    });
  }
  return given;
}

std::string in_numbers(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// The same whether anything of then is kept for a case or not.
std::string gone_in_words(const HeldAboutSubject& held) {
  if (!held.kept_from) return {};
  return "\nRecords from before " + base::format_utc(*held.kept_from) +
         " are past the time for which we keep them. They are erased, unless they are kept for a "
         "case.\n";
}

std::string lines_of(const std::vector<plate::Read>& reads) {
  std::string text;
  for (const auto& read : reads) {
    text += "  " + base::format_utc(read.observed) + "  read as " + std::string(read.plate.text()) +
            "\n";
  }
  return text;
}

std::string held_in_words(const HeldAboutSubject& given) {
  return "\nRecords of this vehicle that are kept past their time, for a case, and that we give "
         "you: " +
         std::to_string(given.held.size()) + ".\n" + lines_of(given.held);
}

std::string reads_in_words(const SubjectRequest& request, const HeldAboutSubject& given) {
  return "\nFrom " + base::format_utc(request.about.window.from) + " until " +
         base::format_utc(request.about.window.until) + ", we give you " +
         in_numbers(given.reads.size(), "record", "records") +
         " of this vehicle. The places of cameras are not given.\n" + lines_of(given.reads);
}

std::string alerts_in_words(const HeldAboutSubject& given) {
  auto text =
      "\nAlerts about this vehicle that we give you: " + std::to_string(given.alerts.size()) +
      ".\n";
  for (const auto& alert : given.alerts) {
    text += "  " + base::format_utc(alert.observed) + "  read as " + alert.plate;
    if (!alert.outcome.empty()) text += "; what came of it: " + alert.outcome;
    text += "\n";
  }
  return text;
}

std::string entries_in_words(const HeldAboutSubject& given) {
  auto text = "\nEntries of this vehicle on lists that we give you: " +
              std::to_string(given.entries.size()) + ".\n";
  for (const auto& entry : given.entries) {
    text += "  from " + base::format_utc(entry.from) +
            (entry.until ? " until " + base::format_utc(*entry.until) : std::string(" on")) + ": " +
            entry.purpose + "\n";
  }
  return text;
}

// The same whether there is any of it or not.
std::string unsaid_in_words(const SubjectDecision& decision) {
  std::string what;
  const auto add = [&](Part part, std::string_view words) {
    if (has(decision.gives, part)) return;
    what += (what.empty() ? "" : ", or ") + std::string(words);
  };
  add(Part::reads, "that we hold records of this vehicle passing cameras");
  add(Part::alerts, "that an alert was raised about it");
  add(Part::entries, "that it stands or stood on a list");
  add(Part::held, "that we keep records of it for a case past their time");
  if (what.empty()) return {};
  return "\nWe neither confirm nor deny " + what + ", " + std::string(in_words(decision.unsaid)) +
         ".\n";
}

std::string kept_back_in_words(const SubjectDecision& decision) {
  std::string text;
  for (const auto exemption : all_exemptions) {
    const bool is_told = std::ranges::any_of(decision.held_back, [&](const HeldBack& back) {
      return back.told == Told::yes && back.exemption == exemption;
    });
    if (!is_told) continue;
    text += "\nSome of what we hold is kept back, " + std::string(in_words(exemption)) + ".\n";
  }
  return text;
}

// Whether there was nothing, or what there was must stand, is for the officer's words.
std::string erased_in_words(const ErasedCounts& erased) {
  if (erased.reads == 0) return "\nWe have erased no record of this vehicle.\n";
  return "\nWe have erased " + in_numbers(erased.reads, "record", "records") +
         " of this vehicle, with " + in_numbers(erased.pictures, "picture", "pictures") + ".\n";
}

}  // namespace

SubjectAnswer answer_of(const SubjectRequest& request, const SubjectDecision& decision,
                        const HeldAboutSubject& held) {
  SubjectAnswer answer;
  answer.text = "Your request of " + base::format_day(request.about.received) + " (" +
                request.id.text() + "), under the Data Protection Act 2018, s." +
                (request.about.wish == Wish::access ? "45" : "47") + ".\n\n" + decision.words +
                "\n";
  // Nothing may differ by whether anything is held.
  if (decision.state == SubjectState::neither) {
    answer.text += "\nWe neither confirm nor deny that we hold anything about this vehicle.\n";
  } else if (decision.state == SubjectState::answered && request.about.wish == Wish::erasure) {
    answer.text += erased_in_words(request.erased) + gone_in_words(held);
  } else if (decision.state == SubjectState::answered) {
    answer.given = given_of(decision, held);
    if (has(decision.gives, Part::reads)) {
      answer.text += reads_in_words(request, answer.given) + gone_in_words(held);
    }
    if (has(decision.gives, Part::held)) answer.text += held_in_words(answer.given);
    if (has(decision.gives, Part::alerts)) answer.text += alerts_in_words(answer.given);
    if (has(decision.gives, Part::entries)) answer.text += entries_in_words(answer.given);
    answer.text += unsaid_in_words(decision) + kept_back_in_words(decision);
  }
  answer.text +=
      "\nYou may ask the Information Commissioner to check what we did (s.51), or complain to them "
      "(s.165).\n";
  return answer;
}

}  // namespace regmark::oversight
