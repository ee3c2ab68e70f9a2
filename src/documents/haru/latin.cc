#include "documents/haru/latin.h"

#include <iconv.h>

#include <array>

#include "base/check.h"

namespace regmark::documents {

std::string latin(std::string_view utf8) {
  const iconv_t converter = ::iconv_open("CP1252//TRANSLIT", "UTF-8");
  REGMARK_CHECK(converter != reinterpret_cast<iconv_t>(-1));
  std::string out;
  std::string rest(utf8);
  char* from = rest.data();
  std::size_t left = rest.size();
  while (left > 0) {
    std::array<char, 256> some{};
    char* to = some.data();
    std::size_t room = some.size();
    const auto before = left;
    const auto done = ::iconv(converter, &from, &left, &to, &room);
    out.append(some.data(), some.size() - room);
    if (done != static_cast<std::size_t>(-1) || before != left) continue;
    // Not a step further: this byte is no letter, or one without any likeness.
    out += '?';
    ++from;
    --left;
  }
  ::iconv_close(converter);
  return out;
}

}  // namespace regmark::documents
