// What the answer about the ledger itself is made of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"
#include "replay/answers.hpp"

namespace replay {

// The whole ledger. At every position issued = held + used + cancelled.
struct LedgerAnswer {
  AsOf as_of;
  std::string origin;  // empty before the opening, and then nothing below is anything
  ledger::LedgerOpened::Mode mode = ledger::LedgerOpened::Mode::ordinary;
  std::int64_t quorum = 0;
  // A key that signs checkpoints, and the entry that said so.
  struct LogKey {
    std::string vkey;
    Seq entry = 0;
    bool operator==(const LogKey&) const = default;
  };
  std::vector<LogKey> log_keys;  // the opening's first
  crypto::PublicKey service_key;
  std::optional<std::pair<ledger::Date, ledger::Date>> migration;
  // A spec number and the entry behind which entries are judged by it.
  struct Spec {
    std::int64_t number = 0;
    Seq entry = 0;
    bool operator==(const Spec&) const = default;
  };
  std::vector<Spec> specs;  // the opening's first; the last one is in force
  // An audit of this log that somebody stands for.
  struct Attestation {
    Seq entry = 0;
    std::vector<Id> by;
    Seq size = 0;
    crypto::Hash root;
    ledger::AuditAttested::Result result = ledger::AuditAttested::Result::consistent;
    std::optional<Id> account, party;  // what was looked at; neither: all of it
    crypto::Hash sha256;               // of the report
    ledger::Date date;
    bool operator==(const Attestation&) const = default;
  };
  std::vector<Attestation> attestations;  // oldest first
  // What the operator committed to last: the state behind the entries before that one.
  struct Commitment {
    Seq entry = 0;
    std::int64_t leaves = 0;
    crypto::Hash root;
    bool operator==(const Commitment&) const = default;
  };
  std::optional<Commitment> commitment;
  TallyAnswer total;
  std::map<Year, TallyAnswer> by_vintage;
  bool operator==(const LedgerAnswer&) const = default;
};

}  // namespace replay
