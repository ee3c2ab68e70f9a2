#include "estate/camera_keys.h"

#include <gtest/gtest.h>

#include "estate/estate_testing.h"

namespace regmark::estate {
namespace {

template <typename T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : name(result.error().code);
}

class Keys : public ::testing::Test {
 protected:
  Keys() {
    estate_.live_camera("north");
    estate_.live_camera("south");
    keys_ = CameraKeys::open(*estate_.database, estate_.clock).value();
  }
  audit::Receipt receipt(std::string_view camera) { return estate_.to_change(camera); }
  static base::CameraId id(std::string_view text) { return base::CameraId::parse(text).value(); }

  TestEstate estate_;
  std::unique_ptr<CameraKeys> keys_;
  const std::string print_ = std::string(63, '0') + "a";
};

TEST_F(Keys, AreRegisteredByWhoMayChangeTheEstate) {
  EXPECT_FALSE(keys_->key_of(id("north")));
  ASSERT_TRUE(keys_->set(receipt("north"), id("north"), {.key = PublicKey{1}}));
  ASSERT_TRUE(keys_->set(receipt("north"), id("north"), {.key = {}, .certificate = print_}));
  EXPECT_EQ(keys_->key_of(id("north")), PublicKey{1});
  EXPECT_EQ(keys_->holder_of(print_), id("north"));
  EXPECT_FALSE(keys_->key_of(id("south")));
  EXPECT_FALSE(keys_->holder_of(std::string(64, '0')));
  EXPECT_FALSE(keys_->holder_of(""));

  // A new one takes the place of the old.
  ASSERT_TRUE(keys_->set(receipt("north"), id("north"), {.key = PublicKey{2}}));
  EXPECT_EQ(keys_->key_of(id("north")), PublicKey{2});
  keys_ = CameraKeys::open(*estate_.database, estate_.clock).value();  // as a restart would
  EXPECT_EQ(keys_->key_of(id("north")), PublicKey{2});
  EXPECT_EQ(keys_->holder_of(print_), id("north"));

  ASSERT_TRUE(keys_->remove(receipt("north"), id("north")));
  EXPECT_FALSE(keys_->key_of(id("north")));
  EXPECT_FALSE(keys_->holder_of(print_));
}

TEST_F(Keys, AreTakenForOneCameraWithItsReceipt) {
  const CameraCredential key{.key = PublicKey{1}};
  EXPECT_EQ(outcome(keys_->set(receipt("south"), id("north"), key)), "invalid_input");
  EXPECT_EQ(
      outcome(keys_->set(estate_.log.receipt_for(access::Act::read_estate), id("north"), key)),
      "invalid_input");
  EXPECT_EQ(outcome(keys_->remove(receipt("south"), id("north"))), "invalid_input");
  for (const auto& none :
       {CameraCredential{.key = {}}, CameraCredential{.key = {}, .certificate = "x"},
        CameraCredential{.key = {}, .certificate = std::string(64, 'A')},
        CameraCredential{.key = PublicKey{1}, .certificate = print_}}) {
    EXPECT_EQ(outcome(keys_->set(receipt("north"), id("north"), none)), "invalid_input");
  }
  EXPECT_EQ(outcome(keys_->set(receipt("west"), id("west"), key)), "not_found");
  EXPECT_EQ(outcome(keys_->set(receipt("north"), id("north"), key)), "done");
  EXPECT_EQ(outcome(keys_->set(receipt("north"), id("north"), key)), "done");
  EXPECT_EQ(outcome(keys_->set(receipt("south"), id("south"), key)), "conflict");
  EXPECT_FALSE(keys_->key_of(id("south")));
  EXPECT_EQ(outcome(keys_->remove(receipt("west"), id("west"))), "done");
}

}  // namespace
}  // namespace regmark::estate
