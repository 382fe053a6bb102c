#include "api/audit_inputs.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "api/receipt_text.hpp"
#include "crypto/proof.hpp"
#include "replay/receipt.hpp"

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

Told<crypto::LogKeys> read_log_keys(const std::string& path) {
  std::optional<std::string> lines = read_file(path);
  if (!lines) return tell("Cannot read the file of log keys " + path + ".");
  if (lines->ends_with('\n')) lines->pop_back();
  std::optional<crypto::LogKeys> log_keys = crypto::LogKeys::parse(*lines);
  if (!log_keys) {
    return tell(
        path +
        " holds no verifier key: one line like ledger.example/a6+54b97190+AdFC…, or several "
        "of one name, each once and ended by a newline alone.");
  }
  return std::move(*log_keys);
}

Told<replay::ProvenEntry> read_receipt(const std::string& path, const crypto::LogKeys& log_keys) {
  const std::optional<std::string> text = read_file(path, longest_receipt);
  if (!text) return tell("Cannot read the receipt " + path + ".");
  Told<ReceiptText> parts = parse_receipt(*text);
  auto proof = parts ? crypto::parse_tlog_proof(parts->proof) : std::nullopt;
  if (!proof) return tell(path + " is not a receipt: a JSON object with entry and proof.");
  proof->extra.reset();
  replay::ProvenEntry receipt{std::move(parts->entry), std::move(*proof)};
  std::string problem;
  if (!replay::checkpoint_over(receipt, log_keys, problem)) {
    return tell("The receipt " + path + " proves nothing: " + problem + ".");
  }
  return receipt;
}

}  // namespace api
