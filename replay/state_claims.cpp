#include "replay/state_claims.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <variant>

#include "crypto/merkle.hpp"
#include "crypto/state_proof.hpp"
#include "crypto/text.hpp"
#include "ledger/codec_forms.hpp"
#include "ledger/committed_values.hpp"
#include "ledger/movement.hpp"
#include "replay/receipt.hpp"
#include "replay/state_forms.hpp"
#include "replay/state_texts.hpp"

namespace replay {
namespace {

using ledger::grouped;
using ledger::Serial;

// ---- judging ----

std::string joined(const std::vector<std::string>& parts) {
  std::string key;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) key += '\0';
    key += parts[i];
  }
  return key;
}

// Judges claims one after the other under a root, and remembers the roots of accounts.
class Claims {
 public:
  explicit Claims(const crypto::Hash& root) : root_(root) {}

  // The sentence of what is proven, or nothing and why.
  std::optional<std::string> judge(const StateClaim& claim, std::string& problem) {
    if (!is_well_formed(claim)) {
      problem = "it names no key of a committed state";
      return std::nullopt;
    }
    const crypto::Hash* root = root_of(claim);
    if (root == nullptr) {
      problem = "account " + *claim.account + ", whose tree it is in, is not proven before it";
      return std::nullopt;
    }
    const auto proof = crypto::decode_state_proof(claim.proof);
    if (!proof) {
      problem = "its proof is not in the form of spec/state.md";
      return std::nullopt;
    }
    const std::string key = joined(claim.key);
    const bool holds = claim.text ? crypto::verify_present(*root, key, *claim.text, *proof)
                                  : crypto::verify_absent(*root, key, *proof);
    if (!holds) {
      problem = "its proof does not lead to the root of the state";
      return std::nullopt;
    }
    return claim.text ? said(claim, problem) : say_absent(claim);
  }

 private:
  static bool is_well_formed(const StateClaim& claim) {
    return is_state_key(claim.key) && (claim.key[0] == "run") == claim.account.has_value() &&
           (!claim.account || ledger::codec::is_id(*claim.account));
  }

  const crypto::Hash* root_of(const StateClaim& claim) const {
    if (!claim.account) return &root_;
    const auto it = accounts_.find(*claim.account);
    return it == accounts_.end() ? nullptr : &it->second;
  }

  std::optional<std::string> said(const StateClaim& claim, std::string& problem) {
    if (const std::string fault = fault_of_text(claim.key, *claim.text); !fault.empty()) {
      problem = "its text is proven, but is none of this " + claim.key[0] + ": " + fault;
      return std::nullopt;
    }
    if (claim.key[0] == "account") accounts_[claim.key[1]] = runs_root_in(*claim.text);
    return say(claim);
  }

  const crypto::Hash root_;
  std::map<std::string, crypto::Hash> accounts_;  // that are proven: root of their runs
};

// That these are all the entries of which the proven text of an account or a lot has the root.
std::optional<std::string> prove_list(const StateClaim& claim,
                                      const std::vector<ListedEntry>& entries,
                                      std::string& problem) {
  const auto stated = claim.text ? entries_in(*claim.text) : std::nullopt;
  if (!stated) {
    problem = "entries are listed of what has no list";
    return std::nullopt;
  }
  crypto::Frontier list;
  for (const ListedEntry& entry : entries) list.append(entry.leaf);
  const bool same = stated->count == static_cast<std::int64_t>(list.size()) &&
                    stated->root == crypto::to_hex(list.root().view());
  if (!same) {
    problem = "the " + std::to_string(entries.size()) +
              " entries that are listed are not those that the state has of it";
    return std::nullopt;
  }
  const std::string number = grouped(static_cast<std::int64_t>(entries.size())) +
                             (entries.size() == 1 ? " entry" : " entries");
  return "These hashes are of the lines of all " + number +
         " that concern it. The numbers beside them are the server's word: they stand in "
         "the lines.";
}

// The parts of a key: a kind, and names.
std::vector<std::string> split(std::string_view key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '\0') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

}  // namespace

bool answers(const StateClaims& claims, const StateQuestion& question) {
  for (const StateClaim& claim : claims.claims) {
    if (claim.key.size() < 2 || claim.key[1] != question.name) continue;
    if (!question.serial) {
      if (claim.key[0] == question.kind && !claim.account) return true;
      continue;
    }
    if ((claim.key[0] == "run" || claim.key[0] == "issuance") && claim.text) {
      if (units_in(*claim.text).contains(*question.serial)) return true;
    }
  }
  return say_not_issued(claims, question);
}

bool say_not_issued(const StateClaims& claims, const StateQuestion& question) {
  return question.serial &&
         std::any_of(claims.claims.begin(), claims.claims.end(), [&](const StateClaim& claim) {
           return claim.key[0] == "registry" && claim.key[1] == question.name &&
                  (claim.text ? issued_in(*claim.text) : 0) < *question.serial;
         });
}

StateClaim claim_of(const ledger::ProvenValue& value) {
  return {split(value.key), std::nullopt, value.value, crypto::encode_state_proof(value.proof)};
}

std::vector<StateClaim> claims_of_unit(const ledger::Machine& machine, const std::string& registry,
                                       Serial serial) {
  const ledger::CommittedState& committed = machine.committed();
  const auto found = committed.prove_unit(machine.state(), registry, serial);
  if (!found) return {claim_of(committed.prove(ledger::registry_key(registry)))};
  StateClaim account = claim_of(found->account);
  StateClaim run = claim_of(found->run);
  run.account = account.key[1];
  return {std::move(account), std::move(run)};
}

std::vector<StateClaim> claims_of_lot(const ledger::Machine& machine, const std::string& registry,
                                      Serial serial) {
  const ledger::CommittedState& committed = machine.committed();
  const auto lot = committed.lot_of(machine.state(), registry, serial);
  return {claim_of(committed.prove(lot ? ledger::issuance_key(registry, lot->first)
                                       : ledger::registry_key(registry)))};
}

std::optional<ProvenClaims> prove_claims(const StateClaims& claims, const crypto::LogKeys& log_keys,
                                         std::string& problem) {
  if (claims.claims.empty() || claims.claims.size() > most_claims) {
    problem = "there are " + std::to_string(claims.claims.size()) + " claims, not 1 to " +
              std::to_string(most_claims);
    return std::nullopt;
  }
  auto receipt = prove_receipt(claims.entry, claims.proof, log_keys, problem);
  if (!receipt) return std::nullopt;
  const auto* commitment = std::get_if<ledger::StateCommitted>(&receipt->entry.event.event().body);
  if (commitment == nullptr) {
    problem = "entry " + std::to_string(receipt->entry.seq) + " commits to no state";
    return std::nullopt;
  }
  if (receipt->entry.seq + 1 != receipt->checkpoint.size ||
      commitment->entries != receipt->entry.seq) {
    problem =
        "the commitment is not the last entry of its checkpoint, so the state may have moved "
        "on within it";
    return std::nullopt;
  }
  ProvenClaims proven{
      commitment->entries, receipt->entry.time, receipt->checkpoint, std::move(receipt->note), {}};
  Claims state(commitment->root);
  for (std::size_t i = 0; i < claims.claims.size(); ++i) {
    auto sentence = state.judge(claims.claims[i], problem);
    if (!sentence) {
      problem.insert(0, "claim " + std::to_string(i + 1) + ": ");
      return std::nullopt;
    }
    proven.claims.push_back(std::move(*sentence));
  }
  if (claims.entries) {
    auto sentence = prove_list(claims.claims.front(), *claims.entries, problem);
    if (!sentence) return std::nullopt;
    proven.claims.push_back(std::move(*sentence));
  }
  return proven;
}

}  // namespace replay
