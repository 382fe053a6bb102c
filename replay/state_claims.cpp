#include "replay/state_claims.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <variant>

#include "crypto/merkle.hpp"
#include "crypto/state_proof.hpp"
#include "crypto/text.hpp"
#include "ledger/committed_values.hpp"
#include "ledger/json.hpp"
#include "ledger/movement.hpp"
#include "replay/receipt.hpp"

namespace replay {
namespace {

using ledger::grouped;
using ledger::in_units;
using ledger::Serial;

// ---- what a text says ----

// The members of a text that was proven. What one of them should be and is not reads as nothing:
// the operator committed to another text than this program's, which STA-3 tells from the log.
class Text {
 public:
  explicit Text(ledger::json::Value object) : object_(object) {}

  [[nodiscard]] std::int64_t number(std::string_view name) const {
    const auto value = object_.find(name);
    return value && value->is_integer() ? value->integer() : 0;
  }
  [[nodiscard]] std::string word(std::string_view name) const {
    const auto value = object_.find(name);
    return value && value->is_string() ? std::string(value->string()) : "?";
  }
  [[nodiscard]] bool has(std::string_view name) const { return object_.find(name).has_value(); }
  [[nodiscard]] std::optional<Text> object(std::string_view name) const {
    const auto value = object_.find(name);
    if (!value || !value->is_object()) return std::nullopt;
    return Text(*value);
  }
  template <class Visit>
  void each(std::string_view name, Visit visit) const {
    const auto value = object_.find(name);
    if (!value || !value->is_array()) return;
    for (const ledger::json::Value element : value->elements()) {
      if (element.is_object()) visit(Text(element));
    }
  }

 private:
  ledger::json::Value object_;
};

std::string parts_of(const Text& totals) {
  return grouped(totals.number("held")) + " held, " + grouped(totals.number("used")) +
         " used and " + grouped(totals.number("cancelled")) + " cancelled";
}

std::string say_account(const std::string& id, const Text& text) {
  std::int64_t held = 0, itmos = 0, used = 0, cancelled = 0;
  std::string vintages;
  text.each("vintages", [&](const Text& row) {
    held += row.number("held");
    itmos += row.number("held_first_transferred");
    used += row.number("used");
    cancelled += row.number("cancelled");
    vintages += (vintages.empty() ? "" : "; ") + std::string("vintage ") +
                std::to_string(row.number("vintage")) + ": " + parts_of(row);
  });
  const std::string metric = text.word("metric");
  std::string out = "Account " + id + " of " + text.word("holder") + ", in the section of " +
                    text.word("party") + " and registry " + text.word("registry") + ", holds " +
                    in_units(held) + (metric == "GHG" ? "" : " of " + metric) + ", " +
                    grouped(itmos) + " of them ITMOs";
  if (used > 0) out += "; " + grouped(used) + " more were used in it";
  if (cancelled > 0) out += "; " + grouped(cancelled) + " were cancelled in it";
  out += ".";
  if (!vintages.empty()) out += " By vintage: " + vintages + ".";
  if (text.has("frozen")) out += " It is frozen.";
  if (const auto runs = text.object("runs")) {
    out += " That is all it has, in " + grouped(runs->number("count")) + " runs.";
  }
  if (const auto entries = text.object("entries")) {
    out += " Exactly " + grouped(entries->number("count")) + " entries concern it; the root over " +
           "their lines is " + entries->word("root") + ".";
  }
  return out;
}

std::string say_run(const std::string& account, const Text& text) {
  const std::string status = text.word("status");
  std::string out = "Units " + grouped(text.number("first")) + " to " +
                    grouped(text.number("last")) + " of registry " + text.word("registry") +
                    ", vintage " + std::to_string(text.number("vintage")) + " of activity " +
                    text.word("activity") + ", are ";
  if (status == "held") {
    out += "held in account " + account;
  } else {
    out +=
        status + " for " + text.word("purpose") + "; the last to hold them was account " + account;
  }
  out += text.has("first_transferred") ? ". They were first transferred: they are ITMOs."
                                       : ". They were not first transferred.";
  if (text.has("authorization")) {
    out += " They stand under authorization " + text.word("authorization") + ", version " +
           std::to_string(text.number("version")) + ".";
  } else {
    out += " They stand under no authorization.";
  }
  if (text.has("frozen")) out += " They are frozen.";
  if (text.has("reserved")) out += " They are reserved.";
  return out;
}

std::string say_totals(const std::string& what, const Text& text) {
  const std::int64_t issued = text.number("issued");
  const std::int64_t sum = text.number("held") + text.number("used") + text.number("cancelled");
  return what + ": " + grouped(issued) + " issued = " + parts_of(text) +
         (issued == sum ? "" : ", which is NOT the same: " + grouped(sum)) + "; " +
         grouped(text.number("first_transferred")) + " were first transferred.";
}

std::string say_issuance(const std::string& registry, const Text& text) {
  const auto entries = text.object("entries");
  return "Units " + grouped(text.number("first")) + " to " + grouped(text.number("last")) +
         " of registry " + registry + " were issued as one lot; exactly " +
         grouped(entries ? entries->number("count") : 0) +
         " entries changed one of them; the root over their lines is " +
         (entries ? entries->word("root") : "?") + ".";
}

std::string say_authorization(const std::string& id, const Text& text) {
  return "Authorization " + id + " of " + text.word("party") + " is at version " +
         std::to_string(text.number("version")) +
         (text.has("cap") ? ", allows " + in_units(text.number("cap")) : ", has no cap") + "; " +
         grouped(text.number("first_transferred")) + " are counted as first transferred and " +
         grouped(text.number("acquired")) + " as acquired; " + grouped(text.number("issued")) +
         " rest on it." + (text.has("revoked") ? " It is revoked." : "");
}

std::string say_key(const std::string& key, const Text& text) {
  return "Key " + key + (text.has("recovery") ? ", a recovery key," : "") + " is " +
         text.word("participant") + "'s, active from " + text.word("active_from") +
         (text.has("retired_at") ? ", retired by entry " + grouped(text.number("retired_at"))
                                 : "") +
         ".";
}

std::string say_party(const std::string& party, const std::string& year, const Text& text) {
  std::string out = "Party " + party + ", " + year + ": " +
                    grouped(text.number("first_transferred")) + " first transferred and " +
                    grouped(text.number("used")) + " used";
  if (const auto recorded = text.object("recorded")) {
    out += "; recorded in version " + std::to_string(recorded->number("version")) +
           " of the adjustment: " + grouped(recorded->number("first_transferred")) + " and " +
           grouped(recorded->number("used"));
  } else {
    out += "; no adjustment is recorded";
  }
  return out + ".";
}

std::string say(const StateClaim& claim, const Text& text) {
  const std::vector<std::string>& key = claim.key;
  const std::string& kind = key[0];
  if (kind == "account") return say_account(key[1], text);
  if (kind == "run") return say_run(*claim.account, text);
  if (kind == "authorization") return say_authorization(key[1], text);
  if (kind == "issuance") return say_issuance(key[1], text);
  if (kind == "key") return say_key(key[1], text);
  if (kind == "party") return say_party(key[1], key[2], text);
  if (kind == "metric") return say_totals("All units of metric " + key[1], text);
  if (kind == "vintage") {
    return say_totals("Activity " + key[1] + ", vintage " + key[2], text);
  }
  return say_totals(
      "Registry " + key[1] + ", serials 1 to " + grouped(text.number("issued")) + " and none above",
      text);
}

std::string say_absent(const StateClaim& claim) {
  std::string name;
  for (std::size_t i = 1; i < claim.key.size(); ++i) name += (i > 1 ? ", " : "") + claim.key[i];
  if (claim.key[0] == "registry") return "No unit of registry " + name + " was ever issued.";
  return "There is no " + claim.key[0] + " " + name +
         (claim.account ? " in account " + *claim.account : "") + ".";
}

// ---- judging ----

// How many names a key of that kind has behind it; nothing for no kind.
std::optional<std::size_t> names_of(std::string_view kind) {
  static const std::map<std::string_view, std::size_t> kinds{
      {"account", 1}, {"authorization", 1}, {"issuance", 2}, {"key", 1},    {"metric", 1},
      {"party", 2},   {"registry", 1},      {"run", 2},      {"vintage", 2}};
  const auto it = kinds.find(kind);
  return it == kinds.end() ? std::nullopt : std::optional(it->second);
}

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
    if (claim.key.empty() || names_of(claim.key[0]) != claim.key.size() - 1) return false;
    if ((claim.key[0] == "run") != claim.account.has_value()) return false;
    return std::all_of(claim.key.begin(), claim.key.end(), [](const std::string& part) {
      return !part.empty() && ledger::json::is_plain_string(part);
    });
  }

  const crypto::Hash* root_of(const StateClaim& claim) const {
    if (!claim.account) return &root_;
    const auto it = accounts_.find(*claim.account);
    return it == accounts_.end() ? nullptr : &it->second;
  }

  std::optional<std::string> said(const StateClaim& claim, std::string& problem) {
    ledger::json::Document document;
    if (!document.parse(*claim.text)) {
      problem = "its text is not canonical";
      return std::nullopt;
    }
    const Text text(document.root());
    if (claim.key[0] == "account") {
      const auto runs = text.object("runs");
      const auto bytes = crypto::from_hex(runs ? runs->word("root") : "");
      if (bytes && bytes->size() == sizeof(crypto::Hash)) {
        std::copy(bytes->begin(), bytes->end(), accounts_[claim.key[1]].bytes.begin());
      }
    }
    return say(claim, text);
  }

  const crypto::Hash root_;
  std::map<std::string, crypto::Hash> accounts_;  // that are proven: root of their runs
};

// That these are all the entries of which the proven text of an account or a lot has the root.
std::optional<std::string> prove_list(const StateClaim& claim,
                                      const std::vector<ListedEntry>& entries,
                                      std::string& problem) {
  ledger::json::Document document;
  if (!claim.text || !document.parse(*claim.text)) {
    problem = "entries are listed of what is not there";
    return std::nullopt;
  }
  crypto::Frontier list;
  for (const ListedEntry& entry : entries) list.append(entry.leaf);
  const auto stated = Text(document.root()).object("entries");
  const bool same = stated && stated->number("count") == static_cast<std::int64_t>(list.size()) &&
                    stated->word("root") == crypto::to_hex(list.root().view());
  if (!same) {
    problem = "the " + std::to_string(entries.size()) +
              " entries that are listed are not those that the state has of it";
    return std::nullopt;
  }
  return "The " + grouped(static_cast<std::int64_t>(entries.size())) +
         " entries whose hashes are listed are all that concern it; their numbers stand in their "
         "lines.";
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

std::optional<ProvenClaims> prove_claims(const StateClaims& claims,
                                         const crypto::VerifierKey& log_key, std::string& problem) {
  if (claims.claims.empty() || claims.claims.size() > most_claims) {
    problem = "there are " + std::to_string(claims.claims.size()) + " claims, not 1 to " +
              std::to_string(most_claims);
    return std::nullopt;
  }
  auto receipt = prove_receipt(claims.entry, claims.proof, log_key, problem);
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
