#include "api/refusal.hpp"

#include "crypto/envelope.hpp"
#include "crypto/text.hpp"
#include "ledger/json.hpp"

namespace api {
namespace {

namespace json = ledger::json;

std::optional<std::string_view> string_of(const json::Value& object, std::string_view name) {
  const auto member = object.find(name);
  if (!member || !member->is_string()) return std::nullopt;
  return member->string();
}

std::optional<crypto::Hash> hash_of(const json::Value& object, std::string_view name) {
  const auto text = string_of(object, name);
  const auto bytes = text ? crypto::from_hex(*text) : std::nullopt;
  return bytes ? crypto::Hash::from(*bytes) : std::nullopt;
}

std::optional<ledger::TreeHead> checkpoint_of(const json::Value& object) {
  const auto member = object.find("checkpoint");
  if (!member || !member->is_object()) return std::nullopt;
  const auto size = member->find("size");
  const auto root = hash_of(*member, "root");
  if (!root || !size || !size->is_integer() || size->integer() < 0) return std::nullopt;
  return ledger::TreeHead{static_cast<ledger::Seq>(size->integer()), *root};
}

}  // namespace

std::string encode_refusal(const Refusal& refusal) {
  std::string text;
  json::Writer out(text);
  out.begin_object();
  out.name("checkpoint").begin_object();
  out.name("root").string(crypto::to_hex(refusal.checkpoint.root.view()));
  out.name("size").integer(static_cast<std::int64_t>(refusal.checkpoint.size));
  out.end_object();
  out.name("clause").string(refusal.clause);
  out.name("event").string(crypto::to_hex(refusal.event.view()));
  out.name("ledger").string(refusal.ledger);
  out.name("time").string(ledger::format_timestamp(refusal.time));
  out.end_object();
  return text;
}

std::optional<Refusal> decode_refusal(std::string_view text) {
  json::Document document;
  if (!document.parse(text)) return std::nullopt;
  const json::Value root = document.root();
  const auto checkpoint = checkpoint_of(root);
  const auto clause = string_of(root, "clause"), ledger = string_of(root, "ledger");
  const auto event = hash_of(root, "event");
  const auto time_text = string_of(root, "time");
  const auto time = time_text ? ledger::parse_timestamp(*time_text) : std::nullopt;
  if (!checkpoint || !clause || !ledger || !event || !time) return std::nullopt;
  Refusal refusal{*checkpoint, std::string(*clause), *event, std::string(*ledger), *time};
  if (encode_refusal(refusal) != text) return std::nullopt;  // a member more
  return refusal;
}

crypto::Signature sign_refusal(std::string_view text, const crypto::SecretKey& key) {
  return key.sign(crypto::pae(crypto::refusal_type, text));
}

bool verify_refusal(std::string_view text, const crypto::PublicKey& service_key,
                    const crypto::Signature& signature) {
  return crypto::verify(service_key, crypto::pae(crypto::refusal_type, text), signature);
}

}  // namespace api
