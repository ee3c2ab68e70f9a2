#include "desk/read_register.h"

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<camera_register::Draft>> read_register(const Desk& desk, const Asker& asker,
                                                     const camera_register::Asked& asked) {
  return ask(desk, asker, access::Act::read_register, about(std::string(name(asked.question))),
             [&](const audit::Receipt& receipt) -> Result<camera_register::Draft> {
               const auto end = std::min<base::UtcTime>(asked.until + std::chrono::days{1},
                                                        asked.known.value_or(desk.clock.now()));
               REGMARK_ASSIGN(const auto reviews,
                              desk.estate.review_count(receipt, asked.from, end));
               return desk.camera_register.answer(receipt, asked, {reviews.done, reviews.overdue});
             });
}

}  // namespace regmark::desk
