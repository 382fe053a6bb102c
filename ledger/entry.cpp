#include "ledger/entry.hpp"

#include <utility>

#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_signature.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"

namespace ledger {
namespace {

std::string words(const crypto::PublicKey& key) {
  return "key " + crypto::to_hex(key.view());
}

// Says which of two neighbours breaks the order, and how to mend it.
tl::unexpected<Violation> refuse_order(const crypto::PublicKey& before,
                                       const crypto::PublicKey& here, std::size_t place) {
  const std::string at = "signatures[" + std::to_string(place) + "] is of " + words(here);
  if (here == before) {
    return violates(SIG_2, at + ", which signed before it already. A key signs once; keep one of "
                                "the two.");
  }
  return violates(SIG_2, at + ", and the signature before it of the higher " + words(before) +
                             ". Sort the signatures by their keys.");
}

}  // namespace

Result<> check_signature_list(const std::vector<crypto::KeySignature>& signatures) {
  if (signatures.empty()) {
    return violates(SIG_1, "The event carries no signature. Have everybody sign it who must.");
  }
  if (signatures.size() > max_signatures) {
    return violates(SIG_1, "The event carries " + std::to_string(signatures.size()) +
                               " signatures, and may have " + std::to_string(max_signatures) +
                               ". Leave out those that no role needs.");
  }
  for (std::size_t i = 1; i < signatures.size(); ++i) {
    const crypto::PublicKey &before = signatures[i - 1].key, &here = signatures[i].key;
    if (here <= before) return refuse_order(before, here, i);
  }
  return {};
}

std::optional<OwnCheckpoint> OwnCheckpoint::open(std::string_view note,
                                                 const crypto::VerifierKey& log_key) {
  auto checkpoint = crypto::open_checkpoint(note, log_key);
  if (!checkpoint) return std::nullopt;
  return OwnCheckpoint(std::move(*checkpoint));
}

AuthenticEvent::AuthenticEvent(SignedEvent event)
    : signed_(std::make_shared<const SignedEvent>(std::move(event))),
      hash_(crypto::sha256(signed_->bytes)) {}

Result<AuthenticEvent> authenticate(SignedEvent event) {
  if (auto listed = check_signature_list(event.signatures); !listed) {
    return tl::unexpected<Violation>(std::move(listed.error()));
  }
  const std::string message = crypto::pae(crypto::event_type, event.bytes);
  for (std::size_t i = 0; i < event.signatures.size(); ++i) {
    const auto& [key, signature] = event.signatures[i];
    if (crypto::verify(key, message, signature)) continue;
    return violates(SIG_3, "signatures[" + std::to_string(i) + "], of " + words(key) +
                               ", does not verify over the event whose SHA-256 is " +
                               crypto::to_hex(crypto::sha256(event.bytes).view()) +
                               ". Sign exactly these bytes with that key again, or correct the "
                               "key.");
  }
  return AuthenticEvent(std::move(event));
}

AuthenticEvent vouch(SignedEvent event, Seq seq, const OwnCheckpoint& checkpoint) {
  ENSURE(seq < checkpoint.checkpoint().size, "only an entry under the checkpoint is vouched for");
  return AuthenticEvent(std::move(event));
}

}  // namespace ledger
