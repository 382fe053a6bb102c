// The files of public documents: one directory, each file under the lower-case hex of its SHA-256.
// What lies there was compared with its hash when it was put; nothing in it is ever run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "api/told.hpp"
#include "crypto/bytes.hpp"
#include "replay/answers_documents.hpp"

namespace api {

// What a file is, read from its first byte to its last in constant memory.
[[nodiscard]] Told<replay::PublicFile> hash_file(const std::filesystem::path& file);

// Stateless: any thread, and any number of processes at the same time.
class DocumentStore {
 public:
  // An empty path: nothing is kept, and nothing is found.
  explicit DocumentStore(std::filesystem::path directory) : directory_(std::move(directory)) {}

  [[nodiscard]] bool is_kept() const { return !directory_.empty(); }
  // Whether the file is there, with that size.
  [[nodiscard]] bool has(const replay::PublicFile& file) const;
  [[nodiscard]] std::filesystem::path path_of(const crypto::Hash& sha256) const;

  // Copies a file that has that hash and size, whole or not at all. Fails where it has others.
  [[nodiscard]] Told<> put(const std::filesystem::path& from, const replay::PublicFile& file) const;
  // The same for bytes that are in memory.
  [[nodiscard]] Told<> put_bytes(std::string_view bytes, const replay::PublicFile& file) const;

  // Up to 64 KiB of the file from that byte on; nothing where it cannot be read.
  [[nodiscard]] std::string piece(const crypto::Hash& sha256, std::uint64_t offset) const;

 private:
  std::filesystem::path directory_;
};

}  // namespace api
