// Which answers of an assessment the public may see, as data: redaction.toml.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "assessment/guidance.h"
#include "base/result.h"

namespace regmark::accountability {

enum class Show : std::uint8_t { words, about, withheld };

struct Rule {
  Show show = Show::withheld;
  std::string reason{};  // why it is not shown as it is; empty: it is
};

// Immutable; safe to share among threads.
class Redaction {
 public:
  // Fails with
  //   invalid_input    not TOML, an unknown key or word; a form, part or field that the guidance
  //                    does not have; two rules for one field; a number's rule for words; no reason
  //                    where something is not shown
  //   limit_exceeded   more than redaction_size_max bytes
  static Result<Redaction> parse(std::string_view toml, const assessment::Guidance& guidance);
  // What the program carries, for its own guidance.
  static const Redaction& built_in();

  const std::string& version() const { return version_; }  // SHA-256 of the text, in hexadecimal
  const std::string& title() const { return title_; }
  const std::string& evidence_reason() const { return evidence_reason_; }
  // What no rule names is withheld.
  const Rule& rule(std::string_view form, std::string_view part, std::string_view field) const;
  // The forms that it has rules for, in the order of the guidance.
  const std::vector<std::string>& forms() const { return forms_; }

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  Redaction() = default;
  std::string version_, title_, evidence_reason_;
  Rule unnamed_;
  std::map<Key, Rule> rules_;
  std::vector<std::string> forms_;
};

inline constexpr std::size_t redaction_size_max = std::size_t{64} << 10U;

}  // namespace regmark::accountability
