// What people are called.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "people/people.h"

namespace regmark::api {

// Whoever weighs what somebody did knows people by name. One look for each of them, however many
// records.
class Names {
 public:
  explicit Names(const people::People& people) : people_(people) {}

  Result<std::string> of(const base::PersonId& person) {
    if (const auto known = known_.find(person.text()); known != known_.end()) return known->second;
    REGMARK_ASSIGN(auto name, people_.display_name(person));
    known_.emplace(person.text(), name);
    return name;
  }

 private:
  const people::People& people_;
  std::map<std::string, std::string, std::less<>> known_;
};

}  // namespace regmark::api
