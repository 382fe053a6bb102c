#include "api/receipt.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/checkpoint.hpp"
#include "crypto/proof.hpp"
#include "ledger/clauses_log.hpp"

namespace api {

using ledger::Result;

Result<std::optional<Receipt>> make_receipt(const ledger::Store& store,
                                            const ledger::Published& published, ledger::Seq seq) {
  if (seq >= published.size) return std::nullopt;
  Result<std::optional<std::string>> line = store.line(seq);
  if (!line) return tl::unexpected(std::move(line).error());
  Result<std::optional<std::string>> note = store.checkpoint_covering(seq);
  if (!note) return tl::unexpected(std::move(note).error());
  const auto checkpoint = *note ? crypto::read_unverified(**note) : std::nullopt;
  if (!*line || !checkpoint || checkpoint->size <= seq || checkpoint->size > published.size) {
    return ledger::violates(ledger::LOG_15, "Entry " + std::to_string(seq) +
                                                " or its checkpoint is missing from the store.");
  }
  Result<std::vector<crypto::Hash>> path =
      ledger::ProofReader(store, published).inclusion(seq, checkpoint->size);
  if (!path) return tl::unexpected(std::move(path).error());
  std::string proof =
      crypto::format_tlog_proof({std::nullopt, seq, std::move(*path), std::move(**note)});
  return Receipt{seq, std::move(**line), std::move(proof), {}};
}

std::string describe(const Receipt& receipt) {
  nlohmann::ordered_json out;
  out["seq"] = receipt.seq;
  out["entry"] = receipt.entry;
  out["proof"] = receipt.proof;
  if (receipt.witnessed) out["witnessed"] = *receipt.witnessed;
  return out.dump();
}

}  // namespace api
