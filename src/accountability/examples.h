// What the cameras were good for, as a person wrote it and another approved (guidance 5.4b): a few
// sentences that name no place, no vehicle and nobody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accountability/deed.h"
#include "accountability/sieve.h"

namespace regmark::accountability {

inline constexpr std::size_t example_size_max = 2'000;  // bytes
inline constexpr std::size_t examples_max = 1'000;

struct Example {
  std::uint64_t number = 0;
  Deed written;
  std::string words{};
  std::optional<Deed> approved{};
};

// May be used from many threads at once. Keeps references to database and clock.
class Examples {
 public:
  Examples(records::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  // Keeps what somebody wrote; gives its number. Wants a receipt for change_estate whose subject is
  // "example". A text is no other thing than what the sieve let through. Fails with
  //   invalid_input   the receipt is for something else; it is too long, says nothing or moves a
  //                   cursor
  //   limit_exceeded  there are examples_max
  Result<std::uint64_t> write(const audit::Receipt& receipt, const PublicText& words);
  // By another person. Wants a receipt for approve_estate with the same subject. Fails with
  //   not_found       there is no such example
  //   conflict        whoever wrote it approves it; it is approved already
  Result<void> approve(const audit::Receipt& receipt, std::uint64_t number);
  // Those that were written up to the end of that day, approved ones and others. Wants a receipt
  // for read_register.
  Result<std::vector<Example>> all(const audit::Receipt& receipt, base::UtcDay until) const;

 private:
  records::Database& database_;
  const base::Clock& clock_;
};

}  // namespace regmark::accountability
