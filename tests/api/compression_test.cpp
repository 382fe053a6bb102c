// Entry bundles in gzip: for those who ask, with the same bytes inside.
#include <gtest/gtest.h>

#include "api/compression.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

api::Request asking(std::string value) {
  api::Request request;
  request.fields.push_back({"accept-encoding", std::move(value)});
  return request;
}

TEST(Compression, IsForThoseWhoAccept) {
  for (const char* yes :
       {"gzip", "GZIP", "x-gzip", "br, gzip", "gzip;q=0.5", "gzip ; Q=1.000", "*", "*;q=0.1",
        "identity;q=0.5, gzip;q=0.5", "br;q=1.0, gzip;q=0.8, *;q=0.1"}) {
    EXPECT_TRUE(api::accepts_gzip(asking(yes))) << yes;
  }
  for (const char* no :
       {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=2", "gzip;q=1.001",
        "gzip;q=", "gzip;level=9", "gzip;q=0, *", "identity, gzip;q=0.9", "gzipped", ";;,,"}) {
    EXPECT_FALSE(api::accepts_gzip(asking(no))) << no;
  }
  EXPECT_FALSE(api::accepts_gzip({})) << "who says nothing may not know it";
}

TEST(Compression, GivesTheSameBytesEveryTime) {
  const std::string text(100'000, 'x');
  const std::string packed = api::gzip(text);
  EXPECT_EQ(packed, api::gzip(text));
  EXPECT_LT(packed.size(), 1'000u);
  EXPECT_EQ(packed.substr(0, 4), std::string("\x1f\x8b\x08\x00", 4)) << "no name, no comment";
  EXPECT_EQ(packed.substr(4, 4), std::string(4, '\0')) << "no time";
  EXPECT_EQ(static_cast<unsigned char>(packed[9]), 0xFF) << "no system";
  EXPECT_FALSE(api::gzip("").empty());
}

TEST(Compression, OfABundleUnpacksToTheBundle) {
  Served served;
  served.tell("enrolled");
  served.open_accounts(300);
  const test_support::ScratchFolder& folder = served.folder();
  const auto curl = [&](const std::string& arguments) {
    const auto done = folder.run("curl -fsS " + arguments);
    EXPECT_EQ(done.status, 0) << done.output;
    return done.output;
  };
  const std::string bundle = served.url() + "/tile/entries/000";
  curl("-o plain " + bundle);
  const std::string head = curl("-D - -H 'Accept-Encoding: gzip' -o packed " + bundle);
  EXPECT_NE(head.find("Content-Encoding: gzip"), std::string::npos) << head;
  EXPECT_NE(head.find("Vary: Accept-Encoding"), std::string::npos) << head;
  EXPECT_NE(head.find("Cache-Control: public, max-age=31536000, immutable"), std::string::npos);
  EXPECT_LT(folder.read("packed").size() * 2, folder.read("plain").size());
  ASSERT_EQ(folder.run("gzip -dc packed | cmp - plain").status, 0);
  curl("--compressed -o again " + bundle);
  EXPECT_EQ(folder.read("again"), folder.read("plain"));
  EXPECT_EQ(served.get("/tile/entries/000").field("Vary"), "Accept-Encoding")
      << "caches keep the two apart";
  EXPECT_EQ(served.get("/tile/0/000").field("Vary"), std::nullopt) << "hashes do not shrink";
}

}  // namespace
