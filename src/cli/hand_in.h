// A read on its way from the reader to the spool.
#pragma once

#include <iosfwd>
#include <string>

#include "reading/read_command.h"
#include "relay/sender.h"
#include "relay/spool.h"

namespace regmark::cli {

// The read as the office's API wants it, without "sent", which the relay adds.
std::string read_json(const reading::Delivery& delivery);

// Spools each read with its two pictures, and wakes the sender. While the spool is full it waits:
// nothing is dropped.
class HandIn final : public reading::Sink {
 public:
  HandIn(relay::Spool& spool, relay::Sender& sender, std::ostream& err);
  Result<void> take(const reading::Delivery& delivery) override;

 private:
  relay::Spool& spool_;
  relay::Sender& sender_;
  std::ostream& err_;
  bool said_full_ = false;
};

}  // namespace regmark::cli
