// What is kept of the witnesses' cosignatures, and when: a real file, no server.
#include "api/cosignatures.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "crypto/cosignature.hpp"
#include "crypto/hash.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

struct Kept : testing::Test {
  test_support::ScratchFolder folder;
  std::string warning;

  static crypto::SecretKey secret(std::size_t witness) {
    return crypto::SecretKey::from_seed(std::string(32, static_cast<char>('a' + witness)));
  }
  static replay::Policy two_of_three() {
    replay::Policy policy;
    for (const char* name : {"w0", "w1", "w2"}) {
      policy.witnesses.push_back({name, {name, secret(policy.witnesses.size()).public_key()}, ""});
    }
    policy.groups.push_back(
        {"g", 2, {replay::WitnessIndex{0}, replay::WitnessIndex{1}, replay::WitnessIndex{2}}});
    policy.quorum = replay::GroupIndex{0};
    return policy;
  }
  static std::string text_of(ledger::Seq size) {
    return crypto::checkpoint_text({scene::origin, size, crypto::leaf_hash(std::to_string(size))});
  }
  static std::string note_of(ledger::Seq size) {
    return crypto::sign_note(text_of(size), scene::origin, scene_keys().log);
  }
  static std::string line_of(ledger::Seq size, std::size_t witness, std::uint64_t time = 1) {
    return crypto::cosign(text_of(size), time, "w" + std::to_string(witness), secret(witness));
  }
  std::unique_ptr<api::Cosignatures> open() {
    warning.clear();
    return std::make_unique<api::Cosignatures>(two_of_three(), scene_log_key(),
                                               folder.file("kept/cosignatures"), warning);
  }
  std::unique_ptr<api::Cosignatures> kept = (make_folder(), open());

  void make_folder() const { std::filesystem::create_directory(folder.file("kept")); }
  void lose_folder() const { std::filesystem::remove_all(folder.file("kept")); }
  bool take(ledger::Seq size, std::size_t witness, std::uint64_t time = 1) {
    return kept->record(size, witness, line_of(size, witness, time)).has_value();
  }
};

TEST_F(Kept, LinesStandInTheOrderOfThePolicy) {
  kept->begin(5, note_of(5));
  ASSERT_TRUE(take(5, 2));
  EXPECT_EQ(kept->witnessed(), 0u);
  EXPECT_EQ(kept->witnessed_note(), "");
  ASSERT_TRUE(take(5, 0));
  EXPECT_EQ(kept->lines_of(5), line_of(5, 0) + line_of(5, 2));
  EXPECT_EQ(kept->witnessed(), 5u);
  EXPECT_EQ(kept->witnessed_note(), note_of(5) + line_of(5, 0) + line_of(5, 2));
  EXPECT_EQ(kept->lines_of(4), "");
  EXPECT_EQ(kept->lines_of(6), "");
}

TEST_F(Kept, BothLinesOfTheLogStandAboveThemAfterARestartToo) {
  const crypto::SecretKey next = crypto::SecretKey::from_seed(std::string(32, 'n'));
  const std::string note =
      note_of(5) + crypto::sign_note(text_of(5), scene::origin, next).substr(text_of(5).size() + 1);
  kept->begin(5, note);
  ASSERT_TRUE(take(5, 1));
  ASSERT_TRUE(take(5, 2));
  EXPECT_EQ(kept->witnessed_note(), note + line_of(5, 1) + line_of(5, 2));
  kept = open();
  EXPECT_EQ(warning, "");
  kept->begin(5, note);
  EXPECT_EQ(kept->witnessed_note(), note + line_of(5, 1) + line_of(5, 2));
}

TEST_F(Kept, NewerCheckpointTakesNothingFromTheOneThatTheQuorumCosigned) {
  kept->begin(5, note_of(5));
  ASSERT_TRUE(take(5, 0) && take(5, 1));
  kept->begin(6, note_of(6));
  EXPECT_EQ(kept->witnessed(), 5u);
  EXPECT_EQ(kept->lines_of(6), "");
  ASSERT_TRUE(take(6, 0));
  ASSERT_TRUE(take(5, 2)) << "late, and for one that is kept";
  EXPECT_EQ(kept->lines_of(6), line_of(6, 0));
  EXPECT_EQ(kept->lines_of(5), line_of(5, 0) + line_of(5, 1) + line_of(5, 2));
  EXPECT_EQ(kept->size_known_of(0), 6u);
  EXPECT_EQ(kept->size_known_of(2), 5u);
  const std::string before = kept->witnessed_note();
  kept = open();
  EXPECT_EQ(warning, "");
  EXPECT_EQ(kept->witnessed_note(), before);
  EXPECT_EQ(kept->lines_of(6), line_of(6, 0));
  EXPECT_EQ(kept->kept().size(), 2u);
}

TEST_F(Kept, LineForACheckpointThatIsGoneIsLetGo) {
  kept->begin(5, note_of(5));
  kept->begin(6, note_of(6));
  lose_folder();
  EXPECT_TRUE(take(5, 0)) << "nothing is written for it";
  EXPECT_EQ(kept->lines_of(5) + kept->lines_of(6), "");
}

TEST_F(Kept, FirstLineOfAWitnessStaysAndASecondOneIsNotWritten) {
  kept->begin(5, note_of(5));
  ASSERT_TRUE(take(5, 0, 1));
  lose_folder();
  EXPECT_TRUE(take(5, 0, 2));
  EXPECT_EQ(kept->lines_of(5), line_of(5, 0, 1));
}

TEST_F(Kept, NothingChangesWhereTheFileCannotBeWritten) {
  kept->begin(5, note_of(5));
  ASSERT_TRUE(take(5, 0));
  lose_folder();
  EXPECT_FALSE(take(5, 1));
  EXPECT_EQ(kept->lines_of(5), line_of(5, 0));
  EXPECT_EQ(kept->witnessed(), 0u);
  make_folder();
  EXPECT_TRUE(take(5, 1));
  EXPECT_EQ(kept->witnessed(), 5u);
}

TEST_F(Kept, FileOfAnotherSizeOrFormIsLetGoAsAWhole) {
  kept->begin(5, note_of(5));
  ASSERT_TRUE(take(5, 0) && take(5, 1));
  const std::string good = folder.read("kept/cosignatures");
  const auto told = [&](const std::string& bytes) {
    folder.write("kept/cosignatures", bytes);
    kept = open();
    EXPECT_EQ(kept->witnessed(), warning.empty() ? 5u : 0u);
    return warning;
  };
  EXPECT_EQ(told(good), "");
  EXPECT_EQ(told(good + std::string(2'000'000 - good.size(), ' ')), "");
  EXPECT_NE(told(good + std::string(2'000'001 - good.size(), ' ')).find("cannot be read"),
            std::string::npos);
  const auto list = [&](const std::string& more) {
    Json file = Json::parse(good);
    file["checkpoints"].push_back(more);
    if (more.empty()) file["checkpoints"] = {note_of(1), note_of(2), note_of(5)};
    return file.dump();
  };
  EXPECT_EQ(told(list(note_of(6))), "");
  EXPECT_NE(told(list("")).find("is not a file of cosignatures"), std::string::npos);
  EXPECT_NE(told(list(text_of(6))).find("holds a checkpoint that the log key did not sign"),
            std::string::npos);
  EXPECT_NE(told(list(note_of(6) + line_of(5, 0))).find("a cosignature that does not verify"),
            std::string::npos);
}

TEST_F(Kept, FileThatCannotBeLookedAtIsToldOf) {
  std::filesystem::create_symlink("cosignatures", folder.file("kept/cosignatures"));
  kept = open();
  EXPECT_NE(warning.find("cannot be read. The witnesses are asked again."), std::string::npos)
      << warning;
}

}  // namespace
