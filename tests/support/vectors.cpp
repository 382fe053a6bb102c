#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

namespace test_support {
namespace {

std::optional<Json> read_json(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  Json out = Json::parse(in, nullptr, false);
  if (out.is_discarded()) return std::nullopt;
  return out;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

template <class Bytes>
Bytes fixed(std::string_view hex) {
  const auto bytes = Bytes::from(bytes_of(hex));
  EXPECT_TRUE(bytes) << hex << " has not " << Bytes::length << " bytes";
  return bytes.value_or(Bytes{});
}

}  // namespace

const Json& vectors(const std::string& name) {
  static std::map<std::string, Json> known;
  const auto found = known.find(name);
  if (found != known.end()) return found->second;
  const std::string path = std::string(ITMO_SOURCE_DIR) + "/spec/vectors/" + name + ".json";
  auto read = read_json(path);
  EXPECT_TRUE(read) << path << " cannot be read";
  return known.emplace(name, read.value_or(Json())).first->second;
}

std::vector<std::string> vector_files_in(const std::string& folder) {
  std::vector<std::string> names;
  const std::string path = std::string(ITMO_SOURCE_DIR) + "/spec/vectors/" + folder;
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(path, none)) {
    if (file.path().extension() != ".json") continue;
    names.push_back(folder + "/" + file.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<Json> outside_vectors(const std::string& file) {
  return read_json(std::string(ITMO_SOURCE_DIR) + "/../shared/vectors/" + file);
}

std::string bytes_of(std::string_view hex) {
  EXPECT_EQ(hex.size() % 2, 0u) << hex;
  std::string out;
  for (std::size_t at = 0; at + 2 <= hex.size(); at += 2) {
    const int high = digit_of(hex[at]), low = digit_of(hex[at + 1]);
    EXPECT_TRUE(high >= 0 && low >= 0) << hex;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

crypto::Hash hash_of(std::string_view hex) {
  return fixed<crypto::Hash>(hex);
}

crypto::PublicKey key_of(std::string_view hex) {
  return fixed<crypto::PublicKey>(hex);
}

std::vector<crypto::Hash> hashes_of(const Json& array) {
  std::vector<crypto::Hash> out;
  for (const Json& each : array) out.push_back(hash_of(each.get_ref<const std::string&>()));
  return out;
}

}  // namespace test_support
