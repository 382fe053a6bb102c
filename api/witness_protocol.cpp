#include "api/witness_protocol.hpp"

#include <algorithm>
#include <optional>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "replay/audit_words.hpp"

namespace api {
namespace {

using Kind = WitnessAnswer::Kind;

constexpr std::uint64_t seconds_ahead = 300;
constexpr std::uint64_t longest_pause = 86'400;
constexpr std::size_t longest_quote = 200;

// The beginning of what it said, for whoever has to find out why.
std::string quote(const Response& response) {
  std::string_view said = response.body;
  said = said.substr(0, std::min(said.find('\n'), longest_quote));
  return std::to_string(response.status) + (said.empty() ? "" : ": " + replay::printable(said));
}

WitnessAnswer read_lines(const Response& response, std::string_view text,
                         const crypto::WitnessKey& key, ledger::Timestamp now) {
  const auto lines = crypto::parse_signature_lines(response.body);
  if (!lines) return complaint(Kind::garbage, "It answers 200 without signature lines.");
  auto found = crypto::read_cosignature(text, *lines, key);
  if (found.verdict == crypto::Cosignature::Verdict::absent) {
    return complaint(Kind::garbage, "It answers 200 without a line of its key " +
                                        replay::printable(crypto::format_witness_vkey(key)) + ".");
  }
  if (found.verdict == crypto::Cosignature::Verdict::wrong) {
    return complaint(Kind::garbage, "Its cosignature does not verify.");
  }
  if (found.time >
      static_cast<std::uint64_t>(std::max<std::int64_t>(now.ms, 0)) / 1'000 + seconds_ahead) {
    return complaint(Kind::garbage, "Its cosignature is of a time that is still to come.");
  }
  WitnessAnswer answer;
  answer.kind = Kind::cosigned;
  answer.line = std::move(found.line);
  return answer;
}

// The size that a witness states with 409: a decimal and a newline.
WitnessAnswer read_conflict(const Response& response) {
  std::string_view digits = response.body;
  const bool ended = digits.ends_with('\n');
  if (ended) digits.remove_suffix(1);
  const auto size = ended ? crypto::from_decimal(digits) : std::nullopt;
  if (!size || *size > static_cast<std::uint64_t>(INT64_MAX)) {
    return complaint(Kind::refused,
                     "It says that this checkpoint contradicts one that it saw, and not which (" +
                         quote(response) + ").");
  }
  WitnessAnswer answer;
  answer.kind = Kind::other_old;
  answer.size = *size;
  return answer;
}

WitnessAnswer pushed_back(const Response& response) {
  WitnessAnswer answer = complaint(Kind::later, "It asks to come later (" + quote(response) + ").");
  const auto field = response.field("Retry-After");
  const auto seconds = field ? crypto::from_decimal(*field) : std::nullopt;
  if (seconds) answer.pause = std::chrono::seconds(std::min(*seconds, longest_pause));
  return answer;
}

}  // namespace

WitnessAnswer complaint(Kind kind, std::string sentence) {
  WitnessAnswer answer;
  answer.kind = kind;
  answer.sentence = std::move(sentence);
  return answer;
}

std::string add_checkpoint_body(ledger::Seq old, std::span<const crypto::Hash> proof,
                                std::string_view note) {
  std::string body = "old " + std::to_string(old) + "\n";
  for (const crypto::Hash& hash : proof) body += crypto::to_base64(hash.view()) + "\n";
  return body.append("\n").append(note);
}

WitnessAnswer read_witness_answer(const Response& response, std::string_view text,
                                  const crypto::WitnessKey& key, ledger::Timestamp now) {
  const int status = response.status;
  if (status == 200) return read_lines(response, text, key, now);
  if (status == 409) return read_conflict(response);
  if (status == 429 || (status >= 500 && status <= 599)) return pushed_back(response);
  const std::string said = " (" + quote(response) + ").";
  switch (status) {
    case 400: return complaint(Kind::refused, "It calls the request malformed" + said);
    case 403: return complaint(Kind::refused, "It trusts no key that signed the checkpoint" + said);
    case 404: return complaint(Kind::refused, "It does not know this log" + said);
    case 422:
      return complaint(
          Kind::refused,
          "It says that this checkpoint does not go on from the one that it saw" + said);
    default: break;
  }
  return complaint(Kind::garbage, "It answers as no witness does" + said);
}

std::string witness_checkpoint_path(std::string_view origin) {
  return "/" + crypto::to_hex(crypto::sha256(origin).view()) + "/checkpoint";
}

}  // namespace api
