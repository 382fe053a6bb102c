#include "api/itmo_remote.hpp"

#include <nlohmann/json.hpp>
#include <variant>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"

namespace api::itmo {
namespace {

// What is wrong with an answer whose status is not the one that was hoped for.
std::string problem_of(const Response& response) {
  const auto object = nlohmann::json::parse(response.body, nullptr, false);
  const bool has_detail =
      object.is_object() && object.contains("detail") && object["detail"].is_string();
  return has_detail ? object["detail"].get<std::string>()
                    : "the server answers " + std::to_string(response.status);
}

std::string clause_of(std::string_view problem) {
  const auto object = nlohmann::json::parse(problem, nullptr, false);
  const bool has_code = object.is_object() && object.contains("code") && object["code"].is_string();
  return has_code ? object["code"].get<std::string>() : std::string();
}

Told<Submitted> prove_receipt(const Response& response, const Draft& sent,
                              const crypto::LogKeys& log_keys) {
  const Told<ReceiptText> receipt = parse_receipt(response.body);
  if (!receipt) return tell(receipt.error());
  const Told<Proven> proven = prove(*receipt, log_keys);
  if (!proven) {
    return tell("the server answered with a receipt that does not hold: " + proven.error() +
                ". The event may be recorded all the same: sent again, with the log's key at hand, "
                "it has the same receipt");
  }
  if (proven->draft.bytes != sent.bytes) {
    return tell("the server's receipt is of another event than was sent");
  }
  Submitted out;
  out.recorded = out.proven = true;
  out.earlier = response.status == 200;
  out.seq = *proven->draft.seq;
  out.demonstration = receipt->demonstration;
  out.answer = response.body;
  return out;
}

// Before the opening there is no service key to prove a refusal with, and the receipt of the
// opening may be signed by a log key that is not known here; the refusal is then only told.
Told<Submitted> prove_refusal(HttpClient& client, const Response& response, const Draft& sent,
                              const crypto::LogKeys& log_keys) {
  Submitted out;
  out.answer = response.body;
  out.detail = problem_of(response);
  out.clause = clause_of(response.body);
  const Told<RefusalText> text = parse_refusal(response.body);
  if (!text) return out;
  out.demonstration = text->demonstration;
  const Told<crypto::PublicKey> key = fetch_service_key(client, log_keys);
  if (!key) {
    out.doubt = key.error();
    return out;
  }
  const Told<Refusal> refusal = prove(*text, *key);
  if (!refusal) return tell("the server's refusal does not hold: " + refusal.error());
  if (refusal->event != crypto::sha256(sent.bytes) || refusal->ledger != log_keys.name()) {
    return tell("the server's refusal is of another event than was sent");
  }
  out.clause = refusal->clause;
  out.proven = true;
  return out;
}

}  // namespace

std::string path_segment(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' || c == ':';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += "0123456789ABCDEF"[byte >> 4];
      out += "0123456789ABCDEF"[byte & 15];
    }
  }
  return out;
}

Told<Proven> fetch_entry(HttpClient& client, ledger::Seq seq, const crypto::LogKeys& log_keys) {
  const Told<Response> response = client.get("/v1/entries/" + std::to_string(seq));
  if (!response) return tell(response.error());
  if (response->status != 200) return tell(problem_of(*response));
  const Told<ReceiptText> receipt = parse_receipt(response->body);
  if (!receipt) return tell(receipt.error());
  Told<Proven> proven = prove(*receipt, log_keys);
  if (!proven) {
    return tell("entry " + std::to_string(seq) + " of the server does not hold: " + proven.error());
  }
  if (*proven->draft.seq != seq) return tell("the server sent another entry than was asked for");
  return proven;
}

Told<crypto::PublicKey> fetch_service_key(HttpClient& client, const crypto::LogKeys& log_keys) {
  const Told<Proven> opening = fetch_entry(client, 0, log_keys);
  if (!opening) return tell(opening.error());
  const auto* body = std::get_if<ledger::LedgerOpened>(&opening->draft.event.body);
  if (body == nullptr) return tell("the log does not begin with its opening");
  return body->service_key;
}

Told<Submitted> submit(HttpClient& client, const std::string& submission,
                       const crypto::LogKeys& log_keys) {
  const Told<Draft> sent = parse_draft(submission);
  if (!sent) return tell(sent.error());
  const Told<Response> response = client.post("/v1/events", "application/json", submission);
  if (!response) return tell(response.error());
  if (response->status == 200 || response->status == 201) {
    return prove_receipt(*response, *sent, log_keys);
  }
  if (response->status >= 500) return tell(problem_of(*response));
  return prove_refusal(client, *response, *sent, log_keys);
}

}  // namespace api::itmo
