// Asking a server, and not believing it: receipts are proven with the log's key before they are
// shown.
#pragma once

#include <string>
#include <string_view>

#include "api/http_client.hpp"
#include "api/itmo_draft.hpp"
#include "api/itmo_receipt.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"

namespace api::itmo {

// A name as a segment of a path.
[[nodiscard]] std::string path_segment(std::string_view name);

// Entry `seq` with its receipt proven.
[[nodiscard]] Told<Proven> fetch_entry(HttpClient& client, ledger::Seq seq,
                                       const crypto::LogKeys& log_keys);

// The service key, as the opening of the log says under a proof.
[[nodiscard]] Told<crypto::PublicKey> fetch_service_key(HttpClient& client,
                                                        const crypto::LogKeys& log_keys);

// What became of a submission.
struct Submitted {
  bool recorded = false;  // now, or by an earlier submission of the same event
  bool earlier = false;
  ledger::Seq seq = 0;  // of the entry
  std::string clause;   // id; of a refusal that the ledger's rules made
  std::string detail;   // of a refusal, for people
  std::string doubt;    // why a refusal that is signed could not be proven
  bool proven = false;  // the receipt by the log key, or the refusal by the service key
  bool demonstration = false;
  std::string answer;  // the server's body, to keep
};
// Sends the submission and proves the answer. Fails where the server cannot be asked, or answers
// something that does not hold.
[[nodiscard]] Told<Submitted> submit(HttpClient& client, const std::string& submission,
                                     const crypto::LogKeys& log_keys);

}  // namespace api::itmo
