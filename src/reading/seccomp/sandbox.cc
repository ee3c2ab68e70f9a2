#include "reading/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "base/sanitizer.h"
#include "reading/seccomp/landlock.h"

namespace regmark::reading {
namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

// What libraries for pictures, video, networks and HTTP use; found by following them, and looking
// at what other C libraries do instead. Anything else fails with EPERM.
constexpr int allowed[] = {
    // memory
    SCMP_SYS(brk),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(mincore),
    SCMP_SYS(membarrier),
    // files that are named to it
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(close),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(stat),
    SCMP_SYS(fstat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fadvise64),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(rmdir),
    SCMP_SYS(flock),
    SCMP_SYS(fchmod),
    SCMP_SYS(umask),
    SCMP_SYS(utimensat),
    SCMP_SYS(copy_file_range),
    SCMP_SYS(sendfile),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(fcntl),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    // waiting
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(eventfd2),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(restart_syscall),
    // threads
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_setaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_get_priority_max),
    SCMP_SYS(sched_get_priority_min),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(gettid),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(get_mempolicy),
    // signals to itself
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(sigaltstack),
    // who and when
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrandom),
    SCMP_SYS(time),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(getrusage),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getcpu),
};

// Of the network, when there is any; which addresses it is opened for is below.
constexpr int of_network[] = {
    SCMP_SYS(connect),    SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt), SCMP_SYS(sendto),      SCMP_SYS(sendmsg),     SCMP_SYS(sendmmsg),
    SCMP_SYS(recvfrom),   SCMP_SYS(recvmsg),     SCMP_SYS(recvmmsg),    SCMP_SYS(shutdown),
    SCMP_SYS(socketpair),
};

// What no reader does: whoever tries is not the program that was started.
constexpr int deadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(bpf),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(mount),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(keyctl),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(memfd_create),
};

// Adds rules, and remembers the first that could not be.
class Rules {
 public:
  explicit Rules(scmp_filter_ctx filter) : filter_(filter) {}
  template <typename... Conditions>
  void add(std::uint32_t action, int call, Conditions... conditions) {
    const int done = seccomp_rule_add(filter_, action, call, sizeof...(conditions), conditions...);
    if (done != 0 && done != -EEXIST && failed_ == 0) failed_ = done;
  }
  int failed() const { return failed_; }

 private:
  scmp_filter_ctx filter_;
  int failed_ = 0;
};

// What an argument of a call must be, whole or under a mask.
scmp_arg_cmp is(unsigned argument, scmp_datum_t value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}
scmp_arg_cmp is_in(unsigned argument, scmp_datum_t mask, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

void add_narrow_calls(Rules& rules) {
  // Threads, and no processes. clone3 hides its flags from a filter: "not there" makes the C
  // library use clone.
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(clone), is_in(0, CLONE_THREAD, CLONE_THREAD));
  rules.add(SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));
  const auto self = static_cast<scmp_datum_t>(::getpid());
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill), is(0, self));
  // Limits may be read, its own or the present ones, and not set.
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), is(2, 0));
  // What a terminal or a socket is asked; not the one that types on a terminal.
  for (const int request : {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX}) {
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(ioctl), is(1, static_cast<scmp_datum_t>(request)));
  }
  // Names of threads.
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), is(0, PR_SET_NAME));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), is(0, PR_GET_NAME));
}

void add_network(Rules& rules, const SandboxRules& wanted) {
  if (wanted.ports.empty() && !wanted.datagrams) return;
  for (const int call : of_network) rules.add(SCMP_ACT_ALLOW, call);
  constexpr scmp_datum_t kind = 0xf;  // what remains are flags
  for (const int family : {AF_INET, AF_INET6}) {
    const auto of = static_cast<scmp_datum_t>(family);
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(socket), is(0, of), is_in(1, kind, SOCK_STREAM));
    if (!wanted.datagrams) continue;
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(socket), is(0, of), is_in(1, kind, SOCK_DGRAM));
  }
  if (wanted.datagrams) rules.add(SCMP_ACT_ALLOW, SCMP_SYS(bind));
}

tl::unexpected<Error> refused(std::string_view what, int error) {
  return fail(ErrorCode::unavailable,
              std::string(what) + ": " + std::generic_category().message(error));
}

Result<void> hold_calls(const SandboxRules& wanted) {
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
  if (!filter) return fail(ErrorCode::unavailable, "no filter of system calls can be made");
  Rules rules(filter.get());
  for (const int call : allowed) rules.add(SCMP_ACT_ALLOW, call);
  for (const int call : deadly) rules.add(SCMP_ACT_KILL_PROCESS, call);
  add_narrow_calls(rules);
  add_network(rules, wanted);
  if (rules.failed() != 0) return refused("a filter of system calls", -rules.failed());
  // Calls of another processor's kind, such as 32 bits, would go by other numbers.
  seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);
  if (const int done = seccomp_load(filter.get()); done != 0) {
    return refused("the kernel refuses a filter of system calls", -done);
  }
  return {};
}

Result<void> limit_use() {
  constexpr rlim_t files_max = 1'024;
  constexpr rlim_t file_size_max = rlim_t{1} << 30U;  // spool files have 16 MiB
  // 4K video on many threads takes two; a sanitizer has a shadow of all there is.
  constexpr rlim_t data_max = base::has_sanitizer ? RLIM_INFINITY : rlim_t{8} << 30U;
  const std::pair<__rlimit_resource_t, rlim_t> limits[] = {
      {RLIMIT_CORE, 0},  // a core would hold plates
      {RLIMIT_NOFILE, files_max},
      {RLIMIT_FSIZE, file_size_max},
      {RLIMIT_DATA, data_max},
  };
  for (const auto& [what, most] : limits) {
    rlimit limit{};
    if (::getrlimit(what, &limit) != 0) return refused("a limit cannot be read", errno);
    limit.rlim_cur = std::min(limit.rlim_cur, most);
    limit.rlim_max = std::min(limit.rlim_max, most);
    if (::setrlimit(what, &limit) != 0) return refused("a limit cannot be set", errno);
  }
  return {};
}

}  // namespace

Result<SandboxHold> enter_sandbox(const SandboxRules& rules) {
  REGMARK_TRY(limit_use());
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("no_new_privs", errno);
  SandboxHold hold;
  const int version = landlock_version();
  REGMARK_ASSIGN(const bool held, hold_files(rules, version));
  if (held) hold.landlock = version;
  REGMARK_TRY(hold_calls(rules));
  return hold;
}

}  // namespace regmark::reading
