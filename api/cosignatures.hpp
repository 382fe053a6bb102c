// What the witnesses of a policy gave for this log's checkpoints, kept in a small file beside the
// log; and up to where the log is covered by their quorum.
#pragma once

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/seq.hpp"
#include "replay/policy.hpp"

namespace api {

// Keeps two checkpoints: the newest that was put before the witnesses, and the newest that the
// quorum cosigned. Any thread; readers never wait for the disk.
class Cosignatures {
 public:
  // Takes what the file holds and still verifies; `warning` says of everything else why not. A
  // file that does not exist holds nothing.
  Cosignatures(replay::Policy policy, crypto::LogKeys log_keys, std::filesystem::path file,
               std::string& warning);
  Cosignatures(const Cosignatures&) = delete;
  Cosignatures& operator=(const Cosignatures&) = delete;

  [[nodiscard]] const replay::Policy& policy() const { return policy_; }

  // A newer checkpoint is put before the witnesses: the log's own note, of more entries than any
  // before. Does not wait.
  void begin(ledger::Seq size, const std::string& note);
  // A witness, by its place in the policy, gave this line for the checkpoint of that size, and it
  // verifies. Durable before anybody sees it. A line for a checkpoint that is not kept any more, or
  // has one of that witness, is let go. Fails where the file cannot be written: then nothing has
  // changed.
  [[nodiscard]] Told<> record(ledger::Seq size, std::size_t witness, std::string line);

  // The lines that are known for the checkpoint of exactly that size, in the order of the policy.
  [[nodiscard]] std::string lines_of(ledger::Seq size) const;
  // Entries below it are covered by the quorum. Never decreases.
  [[nodiscard]] ledger::Seq witnessed() const;
  // The checkpoint of that size with its cosignatures; empty before the first.
  [[nodiscard]] std::string witnessed_note() const;
  // The largest size for which a line of the witness is kept; 0 for none.
  [[nodiscard]] ledger::Seq size_known_of(std::size_t witness) const;
  // The checkpoints that are kept, at most two.
  [[nodiscard]] std::vector<crypto::Checkpoint> kept() const;

 private:
  struct Cosigned {
    ledger::Seq size = 0;
    std::string note;                // the log's own; empty: there is none
    std::vector<std::string> lines;  // by witness; empty where it gave none
    [[nodiscard]] std::string whole() const;
  };
  [[nodiscard]] Cosigned no_lines(ledger::Seq size, std::string note) const;
  [[nodiscard]] bool is_met(const Cosigned& checkpoint) const;
  void load(std::string& warning);
  [[nodiscard]] std::string take(std::string_view note);
  [[nodiscard]] Told<> write(const Cosigned& newest, const Cosigned& witnessed) const;

  const replay::Policy policy_;
  const crypto::LogKeys log_keys_;
  const std::filesystem::path file_;
  std::mutex recording_;      // one at a time, from the change to the written file
  mutable std::mutex mutex_;  // guards the two below; never held while the disk is waited for
  Cosigned newest_, witnessed_;
};

}  // namespace api
