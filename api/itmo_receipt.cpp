#include "api/itmo_receipt.hpp"

#include <nlohmann/json.hpp>

#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "crypto/text.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;

std::string text_at(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace

Told<ReceiptText> parse_receipt(std::string_view json) {
  const Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return tell("a receipt is a JSON object with entry and proof");
  ReceiptText receipt{text_at(object, "entry"), text_at(object, "proof"),
                      object.contains("demonstration")};
  if (receipt.entry.empty() || receipt.proof.empty()) {
    return tell(object.contains("status")
                    ? "this is a refusal and no receipt: check it with --service-key"
                    : "this is no receipt: it has no entry or no proof");
  }
  return receipt;
}

Told<Proven> prove(const ReceiptText& receipt, const crypto::VerifierKey& log_key) {
  const auto proof = crypto::parse_tlog_proof(receipt.proof);
  if (!proof) return tell("the proof is not a .tlog-proof text");
  const auto checkpoint = crypto::open_checkpoint(proof->checkpoint, log_key);
  if (!checkpoint) {
    return tell("the checkpoint in the proof is not signed by the log key of " + log_key.name);
  }
  if (!crypto::verify_inclusion(crypto::leaf_hash(receipt.entry), proof->index, checkpoint->size,
                                proof->hashes, checkpoint->root)) {
    return tell("the proof does not lead from this entry to the signed root");
  }
  Told<Draft> draft = parse_draft(receipt.entry);
  if (!draft) return tell("the entry cannot be read: " + draft.error());
  if (!draft->seq || *draft->seq != proof->index) {
    return tell("the entry does not have the number that the proof is for");
  }
  for (const crypto::KeySignature& signature : draft->signatures) {
    if (!verifies(*draft, signature)) return tell("a signature in the entry does not verify");
  }
  draft->demonstration = receipt.demonstration;
  return Proven{std::move(*draft), *checkpoint};
}

Told<RefusalText> parse_refusal(std::string_view problem) {
  const Json object = Json::parse(problem, nullptr, false);
  if (!object.is_object()) return tell("the answer is not a problem in JSON");
  RefusalText text{text_at(object, "signed"), text_at(object, "signature"),
                   text_at(object, "detail"), object.contains("demonstration")};
  if (object.contains("proof"))
    return tell("this is a receipt and no refusal: check it with --vkey");
  if (text.signed_text.empty() || text.signature.empty()) {
    return tell(text.detail.empty() ? "the answer says nothing" : text.detail);
  }
  return text;
}

Told<Refusal> prove(const RefusalText& text, const crypto::PublicKey& service_key) {
  const auto bytes = crypto::from_base64(text.signature);
  const auto signature = bytes ? crypto::Signature::from(*bytes) : std::nullopt;
  if (!signature || !verify_refusal(text.signed_text, service_key, *signature)) {
    return tell("the refusal is not signed by the service key");
  }
  const auto refusal = decode_refusal(text.signed_text);
  if (!refusal) return tell("what the service key signed is not a refusal");
  return *refusal;
}

}  // namespace api::itmo
