// Has the log's checkpoints signed by witnesses, now and then, and keeps what they sign in its
// folder.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "audit/cosigned.h"
#include "audit/log.h"
#include "base/result.h"
#include "server/settings.h"
#include "server/turn.h"

namespace regmark::server {

class AskWitnesses final : public audit::Witnesses {
 public:
  struct Parts {  // the log and the times outlive this
    const audit::Log& log;
    std::filesystem::path folder;  // of the log
    audit::PublicKey log_key;
    audit::WitnessTimes& times;
  };
  // What was signed before is in the folder, and counts.
  AskWitnesses(Parts parts, const WitnessSettings& settings);
  AskWitnesses(const AskWitnesses&) = delete;
  AskWitnesses& operator=(const AskWitnesses&) = delete;
  // Asks once more, when it was started: the last records should not go unseen.
  ~AskWitnesses() override;

  // Asks each of them once. One that fails does not keep the others waiting; the first failure is
  // given. Fails with
  //   corrupt       a witness signed another history, or a longer one: this log was forked or
  //                 rolled back; or its answer is none
  //   unavailable   it does not answer, or the disk is full or away
  Result<void> ask_all();
  std::vector<Answer> have_signed(std::uint64_t record, std::chrono::milliseconds time_max,
                                  const std::vector<std::string>& only) override;
  // Asks on a thread of its own until it is destroyed. A failure goes to the program's log.
  void start();

 private:
  struct Asked {
    WitnessSettings::Witness witness;
    std::uint64_t signed_size = 0;  // that it signed last, as far as we know
  };
  Result<void> ask_each();  // under round_
  // On starting, unless somebody has had them asked already.
  void ask_first();
  // The note is a checkpoint of this log.
  Result<void> ask(Asked& asked, const std::string& note, std::chrono::milliseconds time_max) const;
  // None: it did not sign so far.
  std::optional<base::UtcTime> signed_over(std::uint64_t record, const std::string& name) const;
  Result<void> keep(Asked& asked, const std::string& note, const std::string& answer) const;
  void ask_and_say();

  const Parts parts_;
  const std::chrono::seconds every_;
  Turn round_;                // one at a time
  std::vector<Asked> asked_;  // under round_
  bool was_asked_ = false;    // under round_
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace regmark::server
