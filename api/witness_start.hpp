// Before a start signs anything it asks everybody who watches the log how far they saw it: a log
// that goes on from less than was seen would be forked (spec/api.md, Witnesses).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/config.hpp"
#include "api/cosignatures.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/ledger.hpp"
#include "ledger/store.hpp"

namespace api {

// Reads the policy of the configuration. Fails with a sentence, also where it lists logs and not
// this one, where the address of a witness is none, or where those that have one cannot make its
// quorum.
[[nodiscard]] Told<replay::Policy> read_policy(const std::filesystem::path& file,
                                               const crypto::LogKeys& log_keys);

// What one of those asked has seen.
struct Seen {
  std::string who;                               // "witness w1 (http://…)"
  ledger::Seq size = 0;                          // the newest
  std::optional<crypto::Checkpoint> checkpoint;  // signed by the log key; nothing: its mere word
};

// What a start asks about.
struct Question {
  crypto::LogKeys log_keys;
  std::string note;  // the newest checkpoint of the store; empty: there is none
};

// Asks the witnesses and mirrors, all at the same time, and waits for them: at most
// settings.answer to connect to each, and as long for its answer, or for each of two where a
// witness answers the first and shows nothing by it. Who does not answer, or nothing that helps, is
// named in `silent` with the reason, and stops nothing; a mirror that only gives its word, too.
// Nothing new is signed for it.
[[nodiscard]] std::vector<Seen> ask_what_was_seen(const replay::Policy& policy,
                                                  const WitnessSettings& settings,
                                                  const Question& question,
                                                  std::vector<std::string>& silent);

// Fails where one has seen more than the store has, naming both.
[[nodiscard]] Told<> check_nobody_saw_more(const std::vector<Seen>& seen, ledger::Seq size,
                                           const std::filesystem::path& store);
// Fails where one shows a checkpoint that is not the beginning of this log.
[[nodiscard]] Told<> check_nobody_saw_another(const std::vector<Seen>& seen,
                                              const ledger::Store& store,
                                              const ledger::Published& published);

}  // namespace api
