#include "server/certificate.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/http/tls.h"
#include "base/files.h"

namespace regmark::server {
namespace {

constexpr std::size_t file_size_max = 256U << 10U;  // a chain of certificates has a few KiB
constexpr std::chrono::days warn_before{14};
constexpr ::mode_t others_may_write = S_IWGRP | S_IWOTH;

Result<std::string> read_owned(const std::filesystem::path& file, ::mode_t forbidden) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) {
    return fail(ErrorCode::invalid_input, file.string() + ": there is no such file");
  }
  if (about.st_uid != ::geteuid() && about.st_uid != 0) {
    return fail(ErrorCode::invalid_input,
                file.string() + " must belong to whoever runs the office, or to root");
  }
  if ((about.st_mode & forbidden) != 0) {
    return fail(
        ErrorCode::invalid_input,
        fmt::format("{} has mode {:o}, which lets others at it: chmod {:o} it", file.string(),
                    about.st_mode & 07777U, about.st_mode & 07777U & ~forbidden));
  }
  auto bytes = base::read_file(file, file_size_max);
  if (!bytes) return fail(ErrorCode::invalid_input, file.string() + ": " + bytes.error().message);
  std::string text(base::as_text(*bytes));
  base::wipe(*bytes);
  return text;
}

void warn_of_end(const std::string& certificate) {
  const auto facts = api::http::facts_of(certificate);
  if (!facts || facts->left > warn_before) return;
  spdlog::warn(
      "the office's certificate {}",
      facts->left.count() <= 0
          ? std::string("has run out: clients refuse it")
          : fmt::format("runs out in {} hours",
                        std::chrono::duration_cast<std::chrono::hours>(facts->left).count()));
}

}  // namespace

Result<api::http::Tls> read_certificate(const TlsSettings& settings) {
  api::http::Tls tls;
  REGMARK_ASSIGN(tls.certificate, read_owned(settings.certificate, others_may_write));
  REGMARK_ASSIGN(tls.key, read_owned(settings.key, others_may_write | S_IRWXO));
  tls.clients = settings.camera_certificates;
  warn_of_end(tls.certificate);
  return tls;
}

CertificateWatch::CertificateWatch(const TlsSettings& settings, api::http::Server& server,
                                   std::chrono::milliseconds every)
    : settings_(settings), server_(server), shown_(state_of_files()) {
  thread_ = std::thread([this, every] { run(every); });
}

CertificateWatch::~CertificateWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  thread_.join();
}

void CertificateWatch::run(std::chrono::milliseconds every) {
  std::unique_lock lock(mutex_);
  while (!stopping_changed_.wait_for(lock, every, [this] { return stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

// Which files these are, and when they were last changed.
std::string CertificateWatch::state_of_files() const {
  std::string state;
  for (const auto& file : {settings_.certificate, settings_.key}) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) continue;
    state += fmt::format("{}.{}.{}.{}.{:o} ", about.st_ino, about.st_mtim.tv_sec,
                         about.st_mtim.tv_nsec, about.st_size, about.st_mode);
  }
  return state;
}

void CertificateWatch::look() {
  const auto now = state_of_files();
  if (now == shown_ || now == refused_) return;
  auto tls = read_certificate(settings_);
  const auto renewed = tls ? server_.renew(*tls) : Result<void>(tl::unexpected<Error>(tls.error()));
  if (tls) base::wipe(std::span(reinterpret_cast<std::uint8_t*>(tls->key.data()), tls->key.size()));
  if (!renewed) {
    // Often only one of the two files is there yet.
    refused_ = now;
    spdlog::warn("the renewed certificate is not used: {}", renewed.error().message);
    return;
  }
  shown_ = now;
  spdlog::info("the office shows a renewed certificate");
}

}  // namespace regmark::server
