// From bytes to evidence: a signed event, an authentic event, an entry of the log.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/envelope.hpp"
#include "ledger/clause.hpp"
#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"

namespace ledger {

// A decoded event with the exact bytes that were signed and the signatures that came with it.
// Nothing is verified yet.
struct SignedEvent {
  std::string bytes;                             // canonical event bytes
  Event event;                                   // decoded from `bytes`
  std::vector<crypto::KeySignature> signatures;  // 1 to 16, strictly ascending by key
};

// Whether there are 1 to 16, strictly ascending by key (SIG-1, SIG-2). What decoding gives is.
[[nodiscard]] Result<> check_signature_list(const std::vector<crypto::KeySignature>& signatures);

// Our own checkpoint, its log signature just verified: the evidence that `vouch` asks for.
class OwnCheckpoint {
 public:
  // Nothing unless `note` carries a good signature of `log_key` and is a checkpoint of its origin.
  [[nodiscard]] static std::optional<OwnCheckpoint> open(std::string_view note,
                                                         const crypto::VerifierKey& log_key);
  [[nodiscard]] const crypto::Checkpoint& checkpoint() const { return checkpoint_; }

 private:
  explicit OwnCheckpoint(crypto::Checkpoint checkpoint) : checkpoint_(std::move(checkpoint)) {}
  crypto::Checkpoint checkpoint_;
};

// An event whose every signature is good. Only `authenticate` and `vouch` make one, so committing
// an unverified event does not compile. Authority (may that key sign this) is a rule, not this.
// A value that never changes, so copies share it: from check to views an event goes through a dozen
// hands, and is a kilobyte large. One that was moved from may only be destroyed or assigned to.
class AuthenticEvent {
 public:
  [[nodiscard]] const Event& event() const { return signed_->event; }
  [[nodiscard]] const std::string& bytes() const { return signed_->bytes; }
  [[nodiscard]] const std::vector<crypto::KeySignature>& signatures() const {
    return signed_->signatures;
  }
  // SHA-256 of the event bytes: the event hash.
  [[nodiscard]] const crypto::Hash& hash() const { return hash_; }

 private:
  explicit AuthenticEvent(SignedEvent event);
  friend Result<AuthenticEvent> authenticate(SignedEvent);
  friend AuthenticEvent vouch(SignedEvent, Seq, const OwnCheckpoint&);
  std::shared_ptr<const SignedEvent> signed_;
  crypto::Hash hash_;
};

// Verifies every signature over the PAE of the event bytes (SIG clauses). Stateless; any thread.
[[nodiscard]] Result<AuthenticEvent> authenticate(SignedEvent event);

// Takes an event of our own log for authentic, because the entry `seq` lies under a checkpoint that
// our own log key signed (restart). Precondition: seq < checkpoint size; the caller compares the
// root once all lines are hashed, and serves nothing before.
[[nodiscard]] AuthenticEvent vouch(SignedEvent event, Seq seq, const OwnCheckpoint& checkpoint);

// An event with its place in the log. `line` is the leaf, byte for byte.
struct Entry {
  Seq seq = 0;
  crypto::Hash prev;  // leaf hash of the entry before; zeros for seq 0
  Timestamp time;
  AuthenticEvent event;
  std::string line;
  crypto::Hash leaf;  // leaf_hash(line)
};

}  // namespace ledger
