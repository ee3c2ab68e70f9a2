// A site on the full path, with real records. Never included by a program.
#pragma once

#include <gtest/gtest.h>

#include "assessment/assessment_testing.h"
#include "estate/estate_testing.h"

namespace regmark::estate {

// "done", or the name of what went wrong.
template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}

class FullPath : public ::testing::Test {
 protected:
  FullPath() {
    auto site = estate_.site("gate");
    site.path = Path::full;
    EXPECT_TRUE(estate_->propose(estate_.to_change("gate"), site));
    EXPECT_TRUE(estate_.hand_in("a file"));
  }

  Result<void> set_matrix() {
    return to_void(
        estate_->set_matrix(estate_.receipt(access::Act::change_matrix, "matrix", "controller"),
                            assessment::Matrix::example_as_if_decided(), "by the guidance"));
  }
  template <typename T>
  static Result<void> to_void(const Result<T>& result) {
    if (!result) return tl::unexpected<Error>(result.error());
    return {};
  }
  Result<void> file(const assessment::Paper& paper, std::string_view person = {}) {
    return estate_.file("gate", paper, person);
  }
  void file_all() { estate_.file_all("gate"); }
  Result<void> assess(std::string_view person = test_approver) {
    return estate_->assess(estate_.to_approve("gate", person), gate_);
  }
  Result<std::string> decide(std::string_view person = "controller",
                             const assessment::Paper& paper = assessment::whole_paper("decision")) {
    return estate_->decide(estate_.receipt(access::Act::decide_estate, "gate", person), gate_,
                           paper);
  }
  Result<void> commission(
      const assessment::Paper& paper = assessment::commissioning_of({"cam-1"})) {
    return estate_->commission(estate_.to_change("gate"), gate_, paper);
  }
  Result<void> begin(std::chrono::days until_review = std::chrono::days{365}) {
    return estate_->begin(estate_.to_change("gate"), gate_,
                          base::day_of(estate_.clock.now()) + until_review);
  }
  SiteFile read(std::optional<base::UtcTime> as_of = std::nullopt) {
    return estate_
        ->site_file(estate_.receipt(access::Act::read_estate, "gate", test_author), gate_, as_of)
        .value();
  }

  TestEstate estate_;
  const base::SiteId gate_ = base::SiteId::parse("gate").value();
};

}  // namespace regmark::estate
