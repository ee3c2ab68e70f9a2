// What a decoder that was taken over would try, tried from inside.
#include "reading/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "base/check.h"
#include "base/files_testing.h"

namespace regmark::reading {
namespace {

namespace fs = std::filesystem;

// A socket of this process that listens on loopback.
class Listener {
 public:
  Listener() : file_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    REGMARK_CHECK(::bind(file_, any, size) == 0 && ::listen(file_, 8) == 0 &&
                  ::getsockname(file_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { ::close(file_); }
  std::uint16_t port() const { return port_; }

 private:
  int file_;
  std::uint16_t port_ = 0;
};

int errno_of(long result) {
  return result < 0 ? errno : 0;
}
int open_to_read(const fs::path& path) {
  return errno_of(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}
int open_to_write(const fs::path& path) {
  return errno_of(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}
int connect_to(std::uint16_t port) {
  const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0) return errno;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return errno_of(::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address));
}

class Sandbox : public ::testing::Test {
 protected:
  Sandbox() {
    for (const auto* name : {"inputs", "spool", "store"}) {
      fs::create_directories(folder_.path() / name);
      std::ofstream(folder_.path() / name / "there") << "bytes";
    }
    rules_ = {.reads = {inputs_}, .writes = {spool_}, .ports = {office_.port()}};
  }

  // What became of an attempt inside: 0 it worked, an errno, or the signal that ended it, negative.
  int attempt(const std::function<int()>& what) const {
    const pid_t child = ::fork();
    REGMARK_CHECK(child >= 0);
    if (child == 0) {
      const auto hold = enter_sandbox(rules_);
      if (!hold) ::_exit(254);
      ::_exit(what());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  const base::TestFolder folder_;
  const fs::path inputs_ = folder_.path() / "inputs";
  const fs::path spool_ = folder_.path() / "spool";
  const fs::path store_ = folder_.path() / "store";
  const Listener office_;
  const Listener other_;
  SandboxRules rules_;
};

TEST_F(Sandbox, LeavesWhatReadingNeeds) {
  EXPECT_EQ(attempt([&] { return open_to_read(inputs_ / "there"); }), 0);
  EXPECT_EQ(attempt([&] { return open_to_read("/etc/ssl/certs"); }), 0);
  EXPECT_EQ(attempt([&] { return open_to_write(spool_ / "new"); }), 0);
  EXPECT_EQ(attempt([&] { return errno_of(::unlink((spool_ / "new").c_str())); }), 0);
  EXPECT_EQ(attempt([&] { return errno_of(::mkdir((spool_ / "deeper").c_str(), 0700)); }), 0);
  EXPECT_EQ(attempt([&] { return connect_to(office_.port()); }), 0);
  EXPECT_EQ(attempt([] {
              int seen = 0;
              std::thread([&] { seen = 1; }).join();
              return seen == 1 ? 0 : 1;
            }),
            0);
}

TEST_F(Sandbox, KeepsFilesOfOthersClosed) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(attempt([&] { return open_to_read(store_ / "there"); }), EACCES);
  EXPECT_EQ(attempt([&] { return open_to_write(store_ / "new"); }), EACCES);
  EXPECT_EQ(attempt([&] { return open_to_read(store_); }), EACCES);
  EXPECT_EQ(attempt([&] { return open_to_read("/etc/passwd"); }), EACCES);
  EXPECT_EQ(attempt([&] { return open_to_read("/proc/1/environ"); }), EACCES);
  EXPECT_EQ(attempt([&] { return errno_of(::unlink((store_ / "there").c_str())); }), EACCES);
  EXPECT_EQ(attempt([&] { return errno_of(::truncate((store_ / "there").c_str(), 0)); }), EPERM);
  EXPECT_EQ(attempt([&] {
              return errno_of(::rename((store_ / "there").c_str(), (spool_ / "mine").c_str()));
            }),
            landlock_version() >= 2 ? EACCES : EXDEV);
  // Not by another way round either.
  EXPECT_EQ(attempt([&] { return open_to_read(inputs_ / ".." / "store" / "there"); }), EACCES);
  EXPECT_EQ(attempt([&] {
              return errno_of(::symlink((store_ / "there").c_str(), (spool_ / "way").c_str()));
            }),
            EPERM);
  EXPECT_EQ(attempt([&] { return open_to_write(inputs_ / "new"); }), EACCES);
  EXPECT_TRUE(fs::exists(store_ / "there"));
  EXPECT_EQ(fs::file_size(store_ / "there"), 5U);
}

TEST_F(Sandbox, ReachesNoPortButItsOffices) {
  const int kept_from = landlock_version() >= 4 ? EACCES : 0;  // an older one knows no ports
  EXPECT_EQ(attempt([&] { return connect_to(other_.port()); }), kept_from);
  EXPECT_EQ(attempt([&] {
              const int file = ::socket(AF_INET, SOCK_STREAM, 0);
              return errno_of(::listen(file, 1));
            }),
            EPERM);
}

TEST_F(Sandbox, HasNoNetworkWhereItNeedsNone) {
  rules_.ports.clear();
  EXPECT_EQ(attempt([&] { return connect_to(office_.port()); }), EPERM);
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET}) {
    EXPECT_EQ(attempt([&] { return errno_of(::socket(family, SOCK_STREAM, 0)); }), EPERM) << family;
    EXPECT_EQ(attempt([&] { return errno_of(::socket(family, SOCK_DGRAM, 0)); }), EPERM) << family;
  }
}

TEST_F(Sandbox, StartsNoProgramAndNoProcess) {
  EXPECT_EQ(attempt([] {
              char name[] = "/bin/true";
              char* arguments[] = {name, nullptr};
              return errno_of(::execv(name, arguments));
            }),
            -SIGSYS);
  EXPECT_EQ(attempt([] { return errno_of(::fork()); }), EPERM);
  EXPECT_NE(attempt([] { return std::system("true") == 0 ? 0 : 1; }), 0);  // NOLINT
}

TEST_F(Sandbox, LooksIntoNoOtherProcess) {
  const auto parent = ::getpid();
  EXPECT_EQ(attempt([&] { return errno_of(::ptrace(PTRACE_ATTACH, parent, nullptr, nullptr)); }),
            -SIGSYS);
  EXPECT_EQ(attempt([&] {
              char byte = 0;
              iovec own{.iov_base = &byte, .iov_len = 1};
              return errno_of(::process_vm_readv(parent, &own, 1, &own, 1, 0));
            }),
            -SIGSYS);
  EXPECT_EQ(attempt([&] { return errno_of(::kill(parent, SIGTERM)); }), EPERM);
  EXPECT_EQ(attempt([&] {
              return open_to_read("/proc/" + std::to_string(parent) + "/mem") == 0 ? 0 : EACCES;
            }),
            landlock_version() > 0 ? EACCES : 0);
}

TEST_F(Sandbox, GetsNoRightsBack) {
  EXPECT_EQ(attempt([] { return errno_of(::setuid(0)); }), EPERM);
  EXPECT_EQ(attempt([] { return errno_of(::syscall(SYS_unshare, 0)); }), -SIGSYS);
  EXPECT_EQ(attempt([] { return errno_of(::syscall(SYS_memfd_create, "x", 0)); }), -SIGSYS);
  EXPECT_EQ(attempt([] { return errno_of(::syscall(SYS_io_uring_setup, 1, nullptr)); }), -SIGSYS);
  EXPECT_EQ(attempt([] { return errno_of(::chmod("/tmp", 0777)); }), EPERM);
  EXPECT_EQ(attempt([] { return errno_of(::syscall(SYS_mount, "", "", "", 0, nullptr)); }),
            -SIGSYS);
}

TEST_F(Sandbox, SaysWhatIsNotThere) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  rules_.reads = {folder_.path() / "none"};
  EXPECT_EQ(attempt([] { return 0; }), 254);
}

}  // namespace
}  // namespace regmark::reading
