// The deployment assessment matrix (Appendix A): how likely a deployment is to be justified, by the
// kind of place and by purpose. Its cells are the controller's to set.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assessment/guidance.h"
#include "base/result.h"

namespace regmark::assessment {

// Immutable once parsed; every cell has a code.
class Matrix {
 public:
  // Fails with
  //   invalid_input   not TOML, an unknown key, place or code; a hole (which is named)
  static Result<Matrix> parse(std::string_view toml, const Guidance& guidance);
  // For a controller to start from; nobody has decided it.
  static const Matrix& example();
  static std::string_view example_text();
  // The same as if somebody had: for a made-up force, and for tests.
  static std::string example_as_if_decided();

  // It says of itself that it is an example.
  bool is_example() const { return is_example_; }

  // A code of the guidance's, by its place among them: 0 is the easiest to justify.
  std::size_t code(std::string_view location_type, std::string_view column) const;

  // What holds for a place with several purposes: "the highest levels of justification should be
  // the basis of decisions". Nothing claimed: the hardest code.
  std::size_t strongest(std::string_view location_type,
                        const std::vector<std::string>& columns) const;

  // Where it departs from what the guidance says of every matrix, in words; empty: nowhere.
  // National security is justified most easily and community confidence least; strategic and major
  // roads more easily than minor roads, and private places least.
  std::vector<std::string> departures() const;

 private:
  Matrix() = default;
  std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> cells_;
  std::size_t hardest_ = 0;
  bool is_example_ = false;
};

}  // namespace regmark::assessment
