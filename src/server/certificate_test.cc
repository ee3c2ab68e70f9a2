#include "server/certificate.h"

#include <gtest/gtest.h>

#include <fstream>

#include "api/http/tls_testing.h"
#include "base/files.h"
#include "base/files_testing.h"

namespace regmark::server {
namespace {

using api::http::make_certificate;
using api::http::TestCertificate;
using api::http::TlsClient;
namespace fs = std::filesystem;

class Certificate : public ::testing::Test {
 protected:
  void put(const TestCertificate& certificate) {
    ASSERT_TRUE(base::write_file(settings_.certificate, base::as_bytes(certificate.certificate)));
    ASSERT_TRUE(base::write_file(settings_.key, base::as_bytes(certificate.key)));
  }

  const base::TestFolder folder_;
  const TlsSettings settings_{.certificate = folder_.path() / "office.pem",
                              .key = folder_.path() / "office.key"};
};

TEST_F(Certificate, IsReadFromFilesThatOthersCannotChange) {
  const auto made = make_certificate();
  put(made);
  const auto read = read_certificate(settings_);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->certificate, made.certificate);
  EXPECT_EQ(read->key, made.key);

  struct Case {
    fs::path file;
    unsigned mode;
    bool taken;
  };
  const Case cases[] = {
      {settings_.key, 0600, true},          {settings_.key, 0400, true},
      {settings_.key, 0640, true},          {settings_.key, 0644, false},
      {settings_.key, 0660, false},         {settings_.key, 0601, false},
      {settings_.certificate, 0644, true},  {settings_.certificate, 0664, false},
      {settings_.certificate, 0646, false},
  };
  for (const auto& [file, mode, taken] : cases) {
    SCOPED_TRACE(file.filename().string() + " " + std::to_string(mode));
    put(made);
    fs::permissions(file, static_cast<fs::perms>(mode));
    const auto again = read_certificate(settings_);
    EXPECT_EQ(again.has_value(), taken);
    if (!again) {
      EXPECT_EQ(again.error().code, ErrorCode::invalid_input);
    }
  }
}

TEST_F(Certificate, SaysWhichFileIsMissing) {
  EXPECT_NE(read_certificate(settings_).error().message.find("office.pem"), std::string::npos);
  put(make_certificate());
  fs::remove(settings_.key);
  EXPECT_NE(read_certificate(settings_).error().message.find("office.key"), std::string::npos);
}

TEST_F(Certificate, IsShownAnewWhenItsFilesChange) {
  const auto first = make_certificate();
  put(first);
  api::http::Settings http;
  http.port = 0;
  http.tls = read_certificate(settings_).value();
  const auto server = api::http::Server::start(http, {}).value();
  const CertificateWatch watch(settings_, *server, std::chrono::milliseconds(5));
  EXPECT_EQ(TlsClient(server->port()).shown(), first.certificate);

  const auto second = make_certificate();
  // One file of the two: nothing that belongs together yet.
  ASSERT_TRUE(base::write_file(settings_.certificate, base::as_bytes(second.certificate)));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(TlsClient(server->port()).shown(), first.certificate);
  ASSERT_TRUE(base::write_file(settings_.key, base::as_bytes(second.key)));
  std::string shown;
  for (int i = 0; i < 1'000 && shown != second.certificate; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    shown = TlsClient(server->port()).shown();
  }
  EXPECT_EQ(shown, second.certificate);
}

}  // namespace
}  // namespace regmark::server
