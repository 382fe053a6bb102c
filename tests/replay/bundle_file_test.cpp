// A log as one file: written in one way, read strictly, and a tar for everybody else.
#include "replay/bundle_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/text.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/vectors.hpp"

namespace replay_test {
namespace {

std::string file_of(const replay::BundleReader& bundle) {
  std::ostringstream out;
  const auto problem = replay::write_bundle_file(bundle, out);
  EXPECT_FALSE(problem) << *problem;
  return out.str();
}

std::string file_of(const ToldLog& log) {
  MemoryBundle bundle;
  lay_out(log, bundle);
  return file_of(bundle);
}

// What is wrong with a file; empty where nothing is.
std::string fault_of(const std::string& bytes) {
  std::istringstream in(bytes);
  std::string fault;
  const auto index = replay::read_bundle_file_index(in, fault);
  EXPECT_EQ(index.has_value(), fault.empty());
  return fault;
}

TEST(BundleFile, HoldsEveryPartAndNoOther) {
  const test_support::ScratchFolder scratch;
  MemoryBundle memory;
  lay_out(long_log(300), memory);
  scratch.write("log.tar", file_of(memory));
  std::ifstream in(scratch.file("log.tar"), std::ios::binary);
  std::string fault;
  auto index = replay::read_bundle_file_index(in, fault);
  ASSERT_TRUE(index) << fault;
  EXPECT_EQ(index->tiles.size(), memory.parts.size() - 1);
  const replay::FileBundle bundle(scratch.file("log.tar"), std::move(*index));
  EXPECT_EQ(bundle.checkpoint().bytes, memory.parts["checkpoint"]);
  for (const bool entries : {true, false}) {
    for (unsigned level = 0; level < (entries ? 1u : 64u); ++level) {
      for (const std::uint64_t number : {0, 1, 2}) {
        for (const std::size_t width : {1, 2, 43, 44, 45, 255, 256}) {
          const crypto::TilePath path{entries, level, number, width};
          const auto expected = memory.tile(path);
          const auto found = bundle.tile(path);
          EXPECT_EQ(found.outcome, expected.outcome) << crypto::format_tile_path(path);
          EXPECT_EQ(found.bytes, expected.bytes) << crypto::format_tile_path(path);
        }
      }
    }
  }
}

TEST(BundleFile, IsTheSameBytesForTheSameLog) {
  MemoryBundle bundle;
  lay_out(long_log(300), bundle);
  const std::string once = file_of(bundle);
  EXPECT_EQ(file_of(bundle), once);
  // Of a log that grew and dropped its partial tiles, under the older checkpoint: the same too.
  MemoryBundle young;
  std::vector<std::string> lines = long_log(300).lines();
  lines.resize(200);
  lay_out(lines, long_log(300).origin(), young);
  bundle.parts["checkpoint"] = young.parts["checkpoint"];
  EXPECT_EQ(file_of(bundle), file_of(young));
}

TEST(BundleFile, IsATarThatTarUnpacksToABundle) {
  const test_support::ScratchFolder scratch;
  MemoryBundle memory;
  lay_out(long_log(300), memory);
  scratch.write("log.tar", file_of(memory));
  const auto listed = scratch.run("tar --list --verbose --numeric-owner --utc -f log.tar");
  EXPECT_EQ(listed.status, 0) << listed.output;
  EXPECT_NE(listed.output.find("-rw-r--r-- 0/0            8192 1970-01-01 00:00 tile/0/000\n"),
            std::string::npos)
      << listed.output;
  EXPECT_EQ(scratch.run("mkdir out && tar -C out -xf log.tar").output, "");
  for (const auto& [path, bytes] : memory.parts) {
    EXPECT_EQ(scratch.read("out/" + path), bytes) << path;
  }
  const auto again = scratch.run(
      "cd out && tar --format=ustar --blocking-factor=1 --owner=0 --group=0 --numeric-owner "
      "--mtime=@0 --mode=644 -cf ../again.tar $(tar -tf ../log.tar) && cmp ../log.tar "
      "../again.tar");
  EXPECT_EQ(again.status, 0) << again.output;
}

TEST(BundleFile, ThatIsBrokenOffOrGoesOnIsNone) {
  const std::string good = file_of(ordinary_year());
  ASSERT_EQ(fault_of(good), "");
  for (std::size_t length = 0; length < good.size(); length += 97) {
    EXPECT_NE(fault_of(good.substr(0, length)), "") << length;
  }
  EXPECT_NE(fault_of(good.substr(0, good.size() - 1)), "");
  EXPECT_NE(fault_of(good + '\0'), "");
  EXPECT_NE(fault_of(good + good), "");
}

// All bytes but those of the parts have one value each.
TEST(BundleFile, WithAnAlteredByteOutsideOfItsPartsIsNone) {
  std::string bytes = file_of(ordinary_year());
  std::istringstream in(bytes);
  std::string fault;
  const auto index = replay::read_bundle_file_index(in, fault);
  ASSERT_TRUE(index);
  std::vector<replay::BundleFileIndex::Place> parts = index->tiles;
  parts.push_back({512, index->note.size()});
  const auto is_in_a_part = [&](std::size_t at) {
    return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
      return part.offset <= at && at < part.offset + part.size;
    });
  };
  std::size_t altered = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (is_in_a_part(at)) continue;
    ++altered;
    for (const unsigned bit : {0u, 5u, 7u}) {
      flip_bit(bytes, at, bit);
      EXPECT_NE(fault_of(bytes), "") << at << " " << bit;
      flip_bit(bytes, at, bit);
    }
  }
  EXPECT_GT(altered, 3 * 512u);
}

TEST(BundleFile, SaysAtWhichByteItIsNone) {
  std::string bytes = file_of(ordinary_year());
  bytes[0] = 'x';
  EXPECT_EQ(fault_of(bytes),
            "This is not a bundle file: at byte 0 there should be the header of checkpoint.");
}

TEST(BundleFile, SaysThatItWasCut) {
  const std::string bytes = file_of(ordinary_year());
  for (const std::size_t length : {bytes.size() / 2, bytes.size() - 2'000, bytes.size() - 1}) {
    EXPECT_EQ(fault_of(bytes.substr(0, length)), "The bundle file was cut: it ends after " +
                                                     std::to_string(length) +
                                                     " bytes. Fetch it again.");
  }
  EXPECT_EQ(fault_of(bytes + "x").find("This is not a bundle file"), 0u);
}

TEST(BundleFile, IsNotMadeOfALogThatLacksAPartOrHasAnotherInItsPlace) {
  for (const char* part : {"tile/entries/000", "tile/0/001.p/44", "tile/1/000.p/1"}) {
    MemoryBundle bundle;
    lay_out(long_log(300), bundle);
    bundle.parts[part] += "x";
    std::ostringstream out;
    EXPECT_TRUE(replay::write_bundle_file(bundle, out)) << part;
    bundle.parts.erase(part);
    const auto problem = replay::write_bundle_file(bundle, out);
    ASSERT_TRUE(problem) << part;
    EXPECT_NE(problem->find(part), std::string::npos) << *problem;
  }
}

TEST(BundleFile, OfAnEmptyLogHasACheckpointOnly) {
  MemoryBundle bundle;
  lay_out(std::vector<std::string>{}, story_origin, bundle);
  const std::string bytes = file_of(bundle);
  EXPECT_EQ(bytes.size(), 512u + 512u + 1'024u);
  EXPECT_EQ(fault_of(bytes), "");
}

// ---- spec/vectors/bundle_file.json, made without any code of ours ----

TEST(BundleFileVectors, AreWrittenByteForByte) {
  const auto seed =
      test_support::bytes_of(test_support::vectors("notes").at("seed").get<std::string>());
  const auto key = crypto::SecretKey::from_seed(seed);
  const auto& file = test_support::vectors("bundle_file");
  const auto vkey = crypto::parse_vkey(file.at("vkey").get<std::string>());
  ASSERT_TRUE(vkey);
  for (const auto& log : file.at("logs")) {
    SCOPED_TRACE(log.at("why").get<std::string>());
    std::vector<std::string> lines;
    crypto::Frontier frontier;
    for (std::size_t i = 0; i < log.at("size"); ++i) {
      lines.push_back("leaf-" + std::to_string(i));
      frontier.append(crypto::leaf_hash(lines.back()));
    }
    MemoryBundle bundle;
    lay_out(lines, vkey->name, bundle);
    bundle.parts["checkpoint"] = crypto::sign_note(
        crypto::checkpoint_text({vkey->name, lines.size(), frontier.root()}), vkey->name, key);
    const std::string bytes = file_of(bundle);
    EXPECT_EQ(bytes.size(), log.at("bytes"));
    EXPECT_EQ(crypto::to_hex(crypto::sha256(bytes).view()), log.at("sha256"));
    EXPECT_EQ(bundle.parts.size(), log.at("members").size());
    if (log.contains("file")) {
      EXPECT_EQ(crypto::to_base64(bytes), log.at("file"));
    }
  }
}

TEST(BundleFileVectors, OfWhatIsNoneAreRefused) {
  const auto& file = test_support::vectors("bundle_file");
  const auto good = crypto::from_base64(file.at("logs").at(1).at("file").get<std::string>());
  ASSERT_TRUE(good);
  ASSERT_EQ(fault_of(*good), "");
  for (const auto& vector : file.at("refused_of_one_entry")) {
    std::string bytes = *good;
    const std::size_t at = vector.at("at");
    const std::string by = test_support::bytes_of(vector.at("by").get<std::string>());
    bytes.replace(at, vector.at("rest") ? by.size() : std::string::npos, by);
    ASSERT_NE(bytes, *good);
    EXPECT_NE(fault_of(bytes), "") << vector.at("why");
  }
}

TEST(BundleFileVectors, AreWhatTheirProgramWrites) {
  const test_support::ScratchFolder folder;
  const auto outcome =
      folder.run("python3 '" ITMO_SOURCE_DIR "/spec/vectors/make_bundle_vectors.py' --check");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

}  // namespace
}  // namespace replay_test
