// What the national guidance asks to be written down, as data: forms, their parts and fields, the
// evidence that each part needs, and the times of a camera's life.
// Its language is described in docs/formats/guidance.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "base/result.h"

namespace regmark::assessment {

enum class FieldKind : std::uint8_t { words, choice, number, day };

// `field` of `part` says `value`, or (is_not) anything else. Without a part it is about the same
// row.
struct Condition {
  std::string part;
  std::string field;
  std::string value;
  bool is_not = false;
};

struct Field {
  std::string id;
  std::string title;
  FieldKind kind = FieldKind::words;
  std::vector<std::string> choices{};
  bool optional = false;
  std::optional<Condition> needed_when{};  // otherwise it may stay empty
};

// A claimed part may be left out, but one claimed part of the form must be there.
enum class Presence : std::uint8_t { needed, optional, claimed };

struct Part {
  std::string id;
  std::string title;
  std::string paragraph;  // of the guidance: "2.2.1", "5.4b"
  std::string ask;        // for the page: what to write
  Presence presence = Presence::needed;
  std::size_t rows_max = 1;
  std::vector<Field> fields;
  std::vector<std::string> evidence;  // kinds, of which one must be there; none: none is needed
  std::optional<Condition> evidence_when{};  // only where it holds in a row
  std::vector<std::string> columns;          // of the matrix, that this claim feeds
  std::vector<Condition> needed_when;        // of an optional part: any of them
};

// At which step of a site's life a paper of this form must be there and whole.
// Or `short_stay`: of what stands for under twelve months, which takes no such steps; or `camera`:
// it is about one camera, at no step of its site.
enum class NeededFor : std::uint8_t {
  nothing,
  assess,
  decide,
  commission,
  review,
  decommission,
  short_stay,
  camera
};

struct Form {
  std::string id;
  std::string title;
  std::string paragraph;
  access::Act act;                   // that writing one is
  std::optional<access::Role> role;  // whose alone it is to write, where the act has more than one
  NeededFor needed_for = NeededFor::nothing;
  std::vector<Part> parts;

  const Part* part(std::string_view part_id) const;
};

// A word of the data, as a page shows it.
struct Word {
  std::string id;
  std::string title;
};

// How long each stretch of a camera's life may last, and what counts as one place.
struct LifeRules {
  std::chrono::days review_max{};  // from one review to the next
  std::chrono::days warn{};        // before a review is due
  std::chrono::days escalate{};    // overdue, the controller is told too
  std::chrono::days grace{};       // overdue, the justification lapses
  std::chrono::days reassess{};    // what is assessed anew may collect so long
  std::chrono::days emergency_max{};
  std::chrono::days emergency_again{};  // after one ended: no other at its place within so long
  std::chrono::days statutory_max{};
  std::chrono::days short_impact{};   // of a short site: its impact assessment is due after so long
  std::chrono::days taking_down{};    // what was stopped is to be taken down within so long
  std::chrono::days clock_test{};     // from one test of a camera's clock to the next
  std::chrono::days accuracy_test{};  // and of how well it reads
  // Decided at once for one place, the regulator must have been consulted first.
  std::uint64_t many_cameras = 0;
  double same_place_m = 0;  // what stands no further apart stands at the same place
};

// Immutable; safe to share among threads.
class Guidance {
 public:
  // Fails with
  //   invalid_input    not TOML, an unknown key, word or form, a missing part (line named)
  //   limit_exceeded   more than guidance_size_max bytes
  static Result<Guidance> parse(std::string_view toml);
  // What the program carries.
  static const Guidance& built_in();

  const std::string& version() const;  // SHA-256 of the text, in hexadecimal
  const std::string& title() const;
  const LifeRules& life() const;
  const std::vector<Form>& forms() const;
  // Nothing: there is no such form.
  const Form* form(std::string_view id) const;
  const std::vector<Word>& columns() const;         // of the matrix
  const std::vector<Word>& location_types() const;  // its rows
  const std::vector<Word>& codes() const;           // easiest to justify first

  struct Content;  // internal

 private:
  explicit Guidance(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  std::shared_ptr<const Content> content_;
};

inline constexpr std::size_t guidance_size_max = 1U << 20U;

}  // namespace regmark::assessment
