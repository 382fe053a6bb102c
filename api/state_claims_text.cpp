#include "api/state_claims_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "crypto/text.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;

// A member that is a text, or nothing.
std::optional<std::string> text_at(const Json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_string()) return std::nullopt;
  return it->get<std::string>();
}

std::optional<replay::StateClaim> claim_of(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  replay::StateClaim claim;
  const auto key = json.find("key");
  if (key == json.end() || !key->is_array() || key->size() > 3) return std::nullopt;
  for (const Json& part : *key) {
    if (!part.is_string()) return std::nullopt;
    claim.key.push_back(part.get<std::string>());
  }
  claim.account = text_at(json, "account");
  claim.text = text_at(json, "text");
  const auto proof = text_at(json, "proof");
  auto bytes = proof ? crypto::from_base64(*proof) : std::nullopt;
  if (!bytes) return std::nullopt;
  claim.proof = std::move(*bytes);
  return claim;
}

std::optional<replay::ListedEntry> listed_of(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const auto seq = json.find("seq");
  const auto leaf = text_at(json, "leaf");
  const auto bytes = leaf ? crypto::from_hex(*leaf) : std::nullopt;
  replay::ListedEntry entry;
  if (seq == json.end() || !seq->is_number_unsigned() || !bytes ||
      bytes->size() != entry.leaf.bytes.size()) {
    return std::nullopt;
  }
  entry.seq = seq->get<ledger::Seq>();
  std::copy(bytes->begin(), bytes->end(), entry.leaf.bytes.begin());
  return entry;
}

// The entries that are listed, where there is a list of them.
Told<> read_entries(const Json& object, replay::StateClaims& claims) {
  const auto list = object.find("entries");
  if (list == object.end()) return {};
  if (!list->is_array() || list->size() > replay::most_listed_entries) {
    return tell("the list of entries is none, or is too long");
  }
  claims.entries.emplace();
  for (const Json& each : *list) {
    const auto entry = listed_of(each);
    if (!entry) return tell("an entry of the list is not in its form");
    claims.entries->push_back(*entry);
  }
  return {};
}

}  // namespace

std::string describe(const replay::StateClaims& claims) {
  Json out;
  out["commitment"] = {{"entry", claims.entry}, {"proof", claims.proof}};
  out["claims"] = Json::array();
  for (const replay::StateClaim& claim : claims.claims) {
    Json each;
    each["key"] = claim.key;
    if (claim.account) each["account"] = *claim.account;
    if (claim.text) each["text"] = *claim.text;
    each["proof"] = crypto::to_base64(claim.proof);
    out["claims"].push_back(std::move(each));
  }
  if (claims.entries) {
    out["entries"] = Json::array();
    for (const replay::ListedEntry& entry : *claims.entries) {
      out["entries"].push_back({{"seq", entry.seq}, {"leaf", crypto::to_hex(entry.leaf.view())}});
    }
  }
  return out.dump();
}

Told<replay::StateClaims> parse_state_claims(std::string_view json) {
  if (json.size() > replay::most_claim_bytes) return tell("the file is too long for proofs");
  const Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return tell("this is no JSON object");
  const auto commitment = object.find("commitment");
  const auto list = object.find("claims");
  if (commitment == object.end() || !commitment->is_object() || list == object.end() ||
      !list->is_array()) {
    return tell("these are no proofs of a state: ask the server with ?proof=1");
  }
  replay::StateClaims claims;
  const auto entry = text_at(*commitment, "entry"), proof = text_at(*commitment, "proof");
  if (!entry || !proof) return tell("the commitment has no entry or no proof");
  claims.entry = *entry;
  claims.proof = *proof;
  claims.demonstration = object.contains("demonstration");
  for (const Json& each : *list) {
    auto claim = claim_of(each);
    if (!claim) {
      return tell("claim " + std::to_string(claims.claims.size() + 1) +
                  " is not in the form of a claim");
    }
    claims.claims.push_back(std::move(*claim));
  }
  if (Told<> read = read_entries(object, claims); !read) return tell(read.error());
  return claims;
}

}  // namespace api
