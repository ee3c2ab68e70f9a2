#include "reading/seccomp/landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace regmark::reading {
namespace {

// linux/landlock.h of Linux 6.12, in the parts we use.
constexpr long create_ruleset_call = 444;
constexpr long add_rule_call = 445;
constexpr long restrict_self_call = 446;
constexpr unsigned ask_version = 1;
constexpr int rule_path_beneath = 1;
constexpr int rule_net_port = 2;

constexpr std::uint64_t bit(unsigned at) {
  return std::uint64_t{1} << at;
}
constexpr std::uint64_t execute = bit(0), write_file = bit(1), read_file = bit(2),
                        read_folder = bit(3), remove_folder = bit(4), remove_file = bit(5),
                        make_folder = bit(7), make_regular = bit(8), refer = bit(13),
                        truncate_file = bit(14), device_control = bit(15);
constexpr std::uint64_t first_version = bit(13) - 1;
constexpr std::uint64_t bind_tcp = bit(0), connect_tcp = bit(1);
constexpr std::uint64_t scope_abstract_sockets = bit(0), scope_signals = bit(1);

struct RulesetAttributes {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scoped = 0;
};
struct [[gnu::packed]] PathAttributes {
  std::uint64_t allowed = 0;
  std::int32_t parent = -1;
};
struct PortAttributes {
  std::uint64_t allowed = 0;
  std::uint64_t port = 0;
};

class File {
 public:
  explicit File(int file) : file_(file) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (file_ >= 0) ::close(file_);
  }
  int get() const { return file_; }

 private:
  int file_;
};

tl::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::unavailable, std::string("the kernel refuses Landlock's ") +
                                          std::string(what) + ": " +
                                          std::generic_category().message(errno));
}

std::uint64_t all_files(int version) {
  std::uint64_t all = first_version;
  if (version >= 2) all |= refer;
  if (version >= 3) all |= truncate_file;
  if (version >= 5) all |= device_control;
  return all;
}

// What may be asked of a file that is no folder.
constexpr std::uint64_t of_a_file =
    execute | write_file | read_file | truncate_file | device_control;

Result<void> allow_path(int ruleset, const std::filesystem::path& path, std::uint64_t allowed) {
  const File file(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (file.get() < 0) {
    return fail(ErrorCode::not_found,
                path.string() + ": " + std::generic_category().message(errno));
  }
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return refused("look at a path");
  if (!S_ISDIR(about.st_mode)) allowed &= of_a_file;
  const PathAttributes attributes{.allowed = allowed, .parent = file.get()};
  if (::syscall(add_rule_call, ruleset, rule_path_beneath, &attributes, 0U) != 0) {
    return refused("rule for a path");
  }
  return {};
}

// What libraries read by themselves: themselves, names of hosts, certificates, time zones, what
// the processor can do.
constexpr const char* system_paths[] = {
    "/usr/lib",
    "/lib",
    "/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/etc/ssl",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/nsswitch.conf",
    "/etc/host.conf",
    "/etc/gai.conf",
    "/etc/services",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
    "/dev/urandom",
    "/dev/zero",
};

}  // namespace

int landlock_version() {
  const auto version = ::syscall(create_ruleset_call, nullptr, std::size_t{0}, ask_version);
  return version < 0 ? 0 : static_cast<int>(version);
}

Result<bool> hold_files(const SandboxRules& rules, int version) {
  if (version < 1) return false;
  RulesetAttributes attributes{.files = all_files(version)};
  if (version >= 4) attributes.network = bind_tcp | connect_tcp;
  if (version >= 6) attributes.scoped = scope_abstract_sockets | scope_signals;
  // An older kernel takes a longer description only if what it does not know is nought.
  const File ruleset(
      static_cast<int>(::syscall(create_ruleset_call, &attributes, sizeof attributes, 0U)));
  if (ruleset.get() < 0) return refused("rules");
  constexpr std::uint64_t reading = read_file | read_folder;
  const std::uint64_t writing = (reading | write_file | remove_folder | remove_file | make_folder |
                                 make_regular | truncate_file) &
                                attributes.files;
  for (const auto* path : system_paths) {
    if (::access(path, F_OK) == 0) REGMARK_TRY(allow_path(ruleset.get(), path, reading));
  }
  REGMARK_TRY(allow_path(ruleset.get(), "/dev/null", read_file | write_file));
  for (const auto& path : rules.reads) REGMARK_TRY(allow_path(ruleset.get(), path, reading));
  for (const auto& path : rules.writes) REGMARK_TRY(allow_path(ruleset.get(), path, writing));
  if (version >= 4) {
    for (const auto port : rules.ports) {
      const PortAttributes allowed{.allowed = connect_tcp, .port = port};
      if (::syscall(add_rule_call, ruleset.get(), rule_net_port, &allowed, 0U) != 0) {
        return refused("rule for a port");
      }
    }
  }
  if (::syscall(restrict_self_call, ruleset.get(), 0U) != 0) return refused("hold");
  return true;
}

}  // namespace regmark::reading
