#include "api/itmo_secret.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"
#include "api/key_file.hpp"
#include "crypto/random.hpp"
#include "crypto/text.hpp"
#include "ledger/documents.hpp"

namespace api::itmo {
namespace {

std::optional<crypto::Hash> hash_in(const nlohmann::json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return std::nullopt;
  const auto raw = crypto::from_hex(member->get<std::string>());
  return raw ? crypto::Hash::from(*raw) : std::nullopt;
}

}  // namespace

crypto::Hash new_salt() {
  return {crypto::random_bytes()};
}

Told<> write_secret(const std::filesystem::path& file, const TitleSecret& secret) {
  const nlohmann::ordered_json json{{"commitment", hex_of(ledger::commitment_of(secret.title))},
                                    {"salt", hex_of(secret.title.salt)},
                                    {"sha256", hex_of(secret.sha256)},
                                    {"title", secret.title.value}};
  return write_private_file(file, json.dump(2) + "\n");
}

Told<TitleSecret> read_secret(const std::filesystem::path& file) {
  const Told<std::string> text = read_file(file);
  if (!text) return tell(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_object()) {
    const auto sha256 = hash_in(json, "sha256");
    const auto salt = hash_in(json, "salt");
    const auto title = json.find("title");
    if (sha256 && salt && title != json.end() && title->is_string()) {
      return TitleSecret{*sha256, {*salt, title->get<std::string>()}};
    }
  }
  return tell(file.string() + " is not the secret file of a document: salt, sha256 and title");
}

}  // namespace api::itmo
