#include "api/audit_inputs.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/proof.hpp"

namespace api {

std::optional<std::string> read_file(const std::string& path, std::size_t limit) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || size > limit) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || !file.is_open()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

Told<crypto::VerifierKey> read_log_key(const std::string& path) {
  std::optional<std::string> vkey = read_file(path);
  if (!vkey) return tell("Cannot read the log key file " + path + ".");
  while (!vkey->empty() && (vkey->back() == '\n' || vkey->back() == '\r')) vkey->pop_back();
  const std::optional<crypto::VerifierKey> log_key = crypto::parse_vkey(*vkey);
  if (!log_key) return tell(path + " is not a verifier key: one line, name+key id+base64.");
  return *log_key;
}

Told<replay::ProvenEntry> read_receipt(const std::string& path,
                                       const crypto::VerifierKey& log_key) {
  constexpr std::size_t longest_receipt = 4 * crypto::longest_note;
  const std::optional<std::string> text = read_file(path, longest_receipt);
  if (!text) return tell("Cannot read the receipt " + path + ".");
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  const auto text_at = [&](const char* name) {
    const auto member = json.is_object() ? json.find(name) : json.end();
    return member != json.end() && member->is_string() ? member->get<std::string>() : std::string();
  };
  auto proof = crypto::parse_tlog_proof(text_at("proof"));
  if (!proof) return tell(path + " is not a receipt: a JSON object with entry and proof.");
  proof->extra.reset();
  replay::ProvenEntry receipt{text_at("entry"), std::move(*proof)};
  const auto checkpoint = crypto::open_checkpoint(receipt.proof.checkpoint, log_key);
  if (!checkpoint ||
      !crypto::verify_inclusion(crypto::leaf_hash(receipt.line), receipt.proof.index,
                                checkpoint->size, receipt.proof.hashes, checkpoint->root)) {
    return tell("The receipt " + path + " does not prove its entry by log key " +
                crypto::format_vkey(log_key) + ".");
  }
  return receipt;
}

}  // namespace api
