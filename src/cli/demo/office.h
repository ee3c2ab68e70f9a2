// An office of the demo's own: a process on loopback with people, a site, a camera and a list.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/child.h"
#include "cli/client.h"
#include "cli/demo/stage.h"

namespace regmark::cli {

struct Member {
  std::string name;
  std::string role;
  std::string password;
};

// The people of the demo, each with a password made for this run.
struct Staff {
  Client administrator, author, approver, list_owner, control_operator, investigator, auditor;
  std::vector<Member> members;
};

class DemoOffice {
 public:
  // Starts `program serve` on a folder, new or an earlier demo's, and waits until it answers.
  // `ago`: its clock is set back by so long, and goes on from there. Fails with
  //   unavailable   it did not come up within a minute: its own words are in the message
  static Result<std::unique_ptr<DemoOffice>> start(const std::filesystem::path& program,
                                                   const std::filesystem::path& data,
                                                   std::chrono::days ago = std::chrono::days{0});
  // Whether what that takes is there: Debian's faketime.
  static bool can_set_clock_back();

  const std::string& address() const { return address_; }
  // The first administrator's code, from the office's own output; empty: it was used before.
  const std::string& code() const { return code_; }
  const std::string& administrator() const { return administrator_; }
  bool running() { return child_->running(); }
  int stop();

 private:
  DemoOffice() = default;
  std::string address_, code_, administrator_;
  std::unique_ptr<Child> child_;
};

// Signs the administrator, who is the first of them, in with the one-time code, and adds everybody
// else through the API: each gets a password. Gives their sessions in the same order.
Result<std::vector<Client>> hire(const DemoOffice& office, std::vector<Member>& members);
// Signs them in anew: the office was closed meanwhile.
Result<std::vector<Client>> sign_in_all(const DemoOffice& office,
                                        const std::vector<Member>& members);
// The people of the main demo.
Result<Staff> hire(const DemoOffice& office);

// Proposes and approves a site, commissions a camera, and writes its token to a file.
Result<void> commission(const Staff& staff, const std::string& camera,
                        const std::filesystem::path& token_file);

}  // namespace regmark::cli
