#include "replay/evidence.hpp"

#include <utility>

#include "crypto/text.hpp"
#include "replay/clauses_audit.hpp"

namespace replay {
namespace {

constexpr std::string_view first_line = "itmo-ledger/evidence@v1";
constexpr std::size_t longest_clause = 16;  // bytes of an id
constexpr std::size_t most_hashes = 64;     // of a consistency proof: one more than of any other

// ---- writing ----

void put(std::string& out, std::string_view word, std::string_view value) {
  out.append(word).append(" ").append(value).append("\n");
}

void put_bytes(std::string& out, std::string_view word, std::string_view bytes) {
  put(out, word, crypto::to_base64(bytes));
}

void put_entry(std::string& out, const ProvenEntry& entry) {
  put_bytes(out, "entry", entry.line);
  put_bytes(out, "proof", crypto::format_tlog_proof(entry.proof));
}

void put_body(std::string& out, const ForkEvidence& fork) {
  put(out, "kind", "fork");
  put_bytes(out, "checkpoint", fork.older);
  put_bytes(out, "checkpoint", fork.newer);
  if (!fork.begins) return;
  put_bytes(out, "begins", fork.begins->view());
  for (const crypto::Hash& hash : fork.proof) put_bytes(out, "hash", hash.view());
}

void put_body(std::string& out, const EntryEvidence& evidence) {
  put(out, "kind", "entry");
  put(out, "clause", evidence.clause);
  put_entry(out, evidence.entry);
}

void put_body(std::string& out, const ReceiptEvidence& evidence) {
  put(out, "kind", "receipt");
  put_entry(out, evidence.receipt);
  put_entry(out, evidence.other);
}

// ---- reading ----

// Takes lines off the front of a text; the first that does not fit is told, and ends the reading.
class Lines {
 public:
  explicit Lines(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool ended() const { return rest_.empty(); }
  [[nodiscard]] const std::string& fault() const { return fault_; }

  bool refuse(const std::string& sentence) {
    if (fault_.empty()) fault_ = "line " + std::to_string(number_) + ": " + sentence + ".";
    return false;
  }

  // The line whole, or behind the word and a space.
  bool take(std::string_view& line) {
    ++number_;
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return refuse("a line with its end is missing");
    line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool take(std::string_view word, std::string_view& value) {
    if (!take(value)) return false;
    if (!value.starts_with(word) || value.size() == word.size() || value[word.size()] != ' ') {
      return refuse("\"" + std::string(word) + "\" and a value belong here");
    }
    value.remove_prefix(word.size() + 1);
    return true;
  }

  bool take_bytes(std::string_view word, std::string& bytes) {
    std::string_view value;
    if (!take(word, value)) return false;
    auto decoded = crypto::from_base64(value);
    if (!decoded) return refuse("the value is not base64");
    bytes = std::move(*decoded);
    return true;
  }

  bool take_hash(std::string_view word, crypto::Hash& hash) {
    std::string bytes;
    if (!take_bytes(word, bytes)) return false;
    const auto found = crypto::Hash::from(bytes);
    if (!found) return refuse("the value is not a hash of 32 bytes");
    hash = *found;
    return true;
  }

  bool take_entry(ProvenEntry& entry) {
    std::string bytes;
    if (!take_bytes("entry", entry.line) || !take_bytes("proof", bytes)) return false;
    auto proof = crypto::parse_tlog_proof(bytes);
    if (!proof || proof->extra) return refuse("the value is not a tlog-proof without extra bytes");
    entry.proof = std::move(*proof);
    return true;
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;  // of the line taken last, from 1
  std::string fault_;
};

bool is_clause_id(std::string_view id) {
  return !id.empty() && id.size() <= longest_clause &&
         id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string_view::npos;
}

bool take_body(Lines& lines, ForkEvidence& fork) {
  if (!lines.take_bytes("checkpoint", fork.older) || !lines.take_bytes("checkpoint", fork.newer)) {
    return false;
  }
  if (lines.ended()) return true;
  if (!lines.take_hash("begins", fork.begins.emplace())) return false;
  while (!lines.ended()) {
    if (!lines.take_hash("hash", fork.proof.emplace_back())) return false;
    if (fork.proof.size() > most_hashes) return lines.refuse("no proof has so many hashes");
  }
  return true;
}

bool take_body(Lines& lines, EntryEvidence& evidence) {
  std::string_view clause;
  if (!lines.take("clause", clause)) return false;
  if (!is_clause_id(clause)) return lines.refuse("this is not the id of a clause");
  evidence.clause = clause;
  return lines.take_entry(evidence.entry);
}

bool take_body(Lines& lines, ReceiptEvidence& evidence) {
  return lines.take_entry(evidence.receipt) && lines.take_entry(evidence.other);
}

template <class Body>
bool take_evidence(Lines& lines, std::optional<Evidence>& evidence) {
  Body body;
  if (!take_body(lines, body)) return false;
  if (!lines.ended()) {
    std::string_view more;
    return lines.take(more) && lines.refuse("nothing belongs behind this kind of evidence");
  }
  evidence = std::move(body);
  return true;
}

bool take_evidence(Lines& lines, std::optional<Evidence>& evidence) {
  std::string_view line;
  if (!lines.take(line)) return false;
  if (line != first_line) {
    return lines.refuse("\"" + std::string(first_line) + "\" belongs here");
  }
  if (!lines.take("kind", line)) return false;
  if (line == "fork") return take_evidence<ForkEvidence>(lines, evidence);
  if (line == "entry") return take_evidence<EntryEvidence>(lines, evidence);
  if (line == "receipt") return take_evidence<ReceiptEvidence>(lines, evidence);
  return lines.refuse("the kind is fork, entry or receipt");
}

}  // namespace

std::string format_evidence(const Evidence& evidence) {
  std::string out(first_line);
  out += '\n';
  std::visit([&](const auto& body) { put_body(out, body); }, evidence);
  return out;
}

ledger::Result<Evidence> parse_evidence(std::string_view text) {
  if (text.size() > longest_evidence) {
    return ledger::violates(EVD_1, "The file has more than " + std::to_string(longest_evidence) +
                                       " bytes, which no evidence needs.");
  }
  Lines lines(text);
  std::optional<Evidence> evidence;
  if (!take_evidence(lines, evidence)) return ledger::violates(EVD_1, lines.fault());
  return std::move(*evidence);
}

}  // namespace replay
