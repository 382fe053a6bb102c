#include "api/itmo_receipt.hpp"

#include <nlohmann/json.hpp>

#include "crypto/text.hpp"
#include "replay/receipt.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;

std::string text_at(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace

Told<Proven> prove(const ReceiptText& receipt, const crypto::LogKeys& log_keys) {
  std::string problem;
  auto proven = replay::prove_receipt(receipt.entry, receipt.proof, log_keys, problem);
  if (!proven) return tell(problem);
  const ledger::Entry& entry = proven->entry;
  return Proven{Draft{entry.event.bytes(), entry.event.event(), entry.event.signatures(),
                      entry.time, entry.seq, receipt.demonstration},
                std::move(proven->checkpoint)};
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
