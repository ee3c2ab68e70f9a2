#include "watchlist/reason.h"

#include <algorithm>
#include <string>
#include <utility>

namespace regmark::watchlist {
namespace {

// The first that stands in a reason decides. Small letters, one space between words.
constexpr std::pair<std::string_view, ReasonCode> known_words[] = {
    // A person who is to be treated as a witness must not be met as a suspect.
    {"witness", ReasonCode::witness},
    {"witnesses", ReasonCode::witness},
    {"wanted", ReasonCode::wanted},
    {"warrant", ReasonCode::wanted},
    {"warrants", ReasonCode::wanted},
    {"missing", ReasonCode::missing},
    {"misper", ReasonCode::missing},  // as the police of Great Britain shorten "missing person"
    {"stolen", ReasonCode::stolen},
    {"uninsured", ReasonCode::uninsured},
    {"no insurance", ReasonCode::uninsured},
    {"not insured", ReasonCode::uninsured},
    {"without insurance", ReasonCode::uninsured},
    {"crime", ReasonCode::crime},
    {"arson", ReasonCode::crime},
    {"assault", ReasonCode::crime},
    {"burglary", ReasonCode::crime},
    {"burglaries", ReasonCode::crime},
    {"drug", ReasonCode::crime},
    {"drugs", ReasonCode::crime},
    {"firearm", ReasonCode::crime},
    {"firearms", ReasonCode::crime},
    {"fraud", ReasonCode::crime},
    {"homicide", ReasonCode::crime},
    {"kidnap", ReasonCode::crime},
    {"kidnapping", ReasonCode::crime},
    {"murder", ReasonCode::crime},
    {"rape", ReasonCode::crime},
    {"robbery", ReasonCode::crime},
    {"robberies", ReasonCode::crime},
    {"terrorism", ReasonCode::crime},
    {"theft", ReasonCode::crime},
    {"thefts", ReasonCode::crime},
    {"trafficking", ReasonCode::crime},
};

// " lost stolen ": small letters, and one space before, between and after words. Bytes of other
// alphabets belong to words.
std::string words_of(std::string_view text) {
  std::string words = " ";
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      words += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80) {
      words += c;
    } else if (words.back() != ' ') {
      words += ' ';
    }
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

}  // namespace

ReasonCode reason_code(std::string_view reason) {
  const auto words = words_of(reason);
  const auto* const found = std::ranges::find_if(known_words, [&](const auto& known) {
    return words.find(' ' + std::string(known.first) + ' ') != std::string::npos;
  });
  return found == std::end(known_words) ? ReasonCode::other : found->second;
}

}  // namespace regmark::watchlist
