#include "people/internal/new_password.h"

#include "people/people.h"

namespace regmark::people {

Result<void> check_password_length(std::string_view chosen) {
  if (chosen.size() < password_length_min || chosen.size() > password_size_max) {
    return fail(ErrorCode::invalid_input, "a password has 12 to 1,024 bytes");
  }
  return {};
}

}  // namespace regmark::people
