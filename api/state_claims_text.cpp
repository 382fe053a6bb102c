#include "api/state_claims_text.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crypto/text.hpp"
#include "ledger/json.hpp"

namespace api {
namespace {

using Json = nlohmann::json;
using Ordered = nlohmann::ordered_json;  // to write: looking up its members is linear

constexpr int deepest = 4;  // of the objects and lists that there are to be

// Why the members of a text could be read in two ways, or make a reader work; empty where they do
// not.
class Shape {
 public:
  // To be asked at each step of parsing; false leaves out what is wrong.
  bool look(int depth, Json::parse_event_t what, const Json& value) {
    using Event = Json::parse_event_t;
    if (!problem.empty()) return false;
    const bool opens = what == Event::object_start || what == Event::array_start;
    if (opens && depth >= deepest)
      problem = "it nests deeper than proofs do: ask the server with ?proof=1";
    if (what == Event::object_start) open_.emplace_back();
    if (what == Event::object_end) open_.pop_back();
    if (value.is_number_float()) problem = "a number in it is no integer, or too long";
    if (what == Event::key && !open_.back().insert(value.get<std::string>()).second) {
      problem = "a member stands in it twice";
    }
    return problem.empty();
  }
  std::string problem;

 private:
  std::vector<std::set<std::string>> open_;
};

// A member that is a text, or nothing.
std::optional<std::string> text_at(const Json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_string()) return std::nullopt;
  return it->get<std::string>();
}

bool is_count(const Json& json) {
  return json.is_number_unsigned() &&
         json.get<std::uint64_t>() <= std::uint64_t{ledger::json::max_integer};
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
  for (const auto& [name, place] : {std::pair("account", &claim.account), {"text", &claim.text}}) {
    *place = text_at(json, name);
    if (json.contains(name) && !*place) return std::nullopt;
  }
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
  if (seq == json.end() || !is_count(*seq) || !bytes || bytes->size() != entry.leaf.bytes.size()) {
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
  if (!list->is_array() || list->empty() || list->size() > replay::most_listed_entries) {
    return tell("the list of entries is none, is empty, or is too long");
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
  Ordered out;
  out["commitment"] = {{"entry", claims.entry}, {"proof", claims.proof}};
  out["claims"] = Ordered::array();
  for (const replay::StateClaim& claim : claims.claims) {
    Ordered each;
    each["key"] = claim.key;
    if (claim.account) each["account"] = *claim.account;
    if (claim.text) each["text"] = *claim.text;
    each["proof"] = crypto::to_base64(claim.proof);
    out["claims"].push_back(std::move(each));
  }
  if (claims.entries) {
    out["entries"] = Ordered::array();
    for (const replay::ListedEntry& entry : *claims.entries) {
      out["entries"].push_back({{"seq", entry.seq}, {"leaf", crypto::to_hex(entry.leaf.view())}});
    }
  }
  if (claims.size) out["size"] = *claims.size;
  return out.dump();
}

Told<replay::StateClaims> parse_state_claims(std::string_view json) {
  if (json.size() > replay::most_claim_bytes) return tell("the file is too long for proofs");
  if (json.starts_with("\xef\xbb\xbf")) return tell("it begins with a byte order mark");
  Shape shape;
  const Json object = Json::parse(
      json,
      [&](int depth, Json::parse_event_t what, Json& value) {
        return shape.look(depth, what, value);
      },
      false);
  if (!shape.problem.empty()) return tell(shape.problem);
  if (!object.is_object()) return tell("this is no JSON object: it was cut, or is another file");
  if (object.contains("status") && object.contains("detail")) {
    return tell("this is the server's answer that there is no proof: " +
                text_at(object, "detail").value_or(""));
  }
  const auto commitment = object.find("commitment");
  const auto list = object.find("claims");
  if (commitment == object.end() || !commitment->is_object() || list == object.end() ||
      !list->is_array()) {
    return tell(object.contains("entry") && object.contains("proof")
                    ? "this is a receipt: check it with itmo-audit receipt"
                    : "these are no proofs of a state: ask the server with ?proof=1");
  }
  replay::StateClaims claims;
  const auto entry = text_at(*commitment, "entry"), proof = text_at(*commitment, "proof");
  if (!entry || !proof) return tell("the commitment has no entry or no proof");
  claims.entry = *entry;
  claims.proof = *proof;
  claims.demonstration = object.contains("demonstration");
  if (const auto size = object.find("size"); size != object.end() && is_count(*size)) {
    claims.size = size->get<ledger::Seq>();
  }
  if (list->size() > replay::most_claims) return tell("it has more claims than proofs have");
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
