// What one demonstration runs on: a fresh directory with real key files and the server's real
// configuration.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/story.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"

namespace api::demo {

inline constexpr const char* origin = "demonstration.example/itmo-ledger";

// Makes keys as files when the story first needs them: NAME.pem and NAME.pub.pem. A Cast cannot
// fail, so the first trouble is kept until somebody asks.
class KeyFiles {
 public:
  explicit KeyFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}
  [[nodiscard]] crypto::SecretKey make(const std::string& name);
  [[nodiscard]] const std::optional<std::string>& trouble() const { return trouble_; }

 private:
  void note(const Told<>& done);
  std::filesystem::path directory_;
  std::optional<std::string> trouble_;
};

struct Stage {
  std::filesystem::path directory;  // absolute, like all others
  std::filesystem::path keys;       // one secret and one public file for each key
  std::filesystem::path config;
  std::filesystem::path vkey_file;
  crypto::VerifierKey vkey;
  std::vector<story::Act> acts;     // the story, in order
  std::unique_ptr<KeyFiles> files;  // outlives the cast
  story::Cast cast;                 // whose keys stand in the files
};

// Makes everything in `directory`, which must not exist or be empty; without one, in a new
// directory beside `programs`. Port 0 lets the server choose.
[[nodiscard]] Told<Stage> set_up(std::filesystem::path directory,
                                 const std::filesystem::path& programs, std::uint16_t port);

// What a second server of the same operator runs on: the keys of the stage and a fresh directory in
// it. Its configuration.
[[nodiscard]] Told<std::filesystem::path> set_up_other_server(const Stage& stage);

// Writes a server's configuration anew: the operator's key commits to the state from now on.
[[nodiscard]] Told<> configure_commitments(const Stage& stage, const std::filesystem::path& config,
                                           std::uint16_t port);

}  // namespace api::demo
