#include "api/problem.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/answer.hpp"
#include "api/told.hpp"
#include "crypto/text.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using ledger::Kind;

const char* title_of(Kind kind) {
  switch (kind) {
    case Kind::malformed: return "The submission cannot be read";
    case Kind::unauthenticated: return "The signatures do not carry the event";
    case Kind::refused: return "The event is refused by a rule of the ledger";
    case Kind::duplicate: return "The event's id is taken";
    case Kind::overloaded: return "The server has no room for now";
    case Kind::corrupt: return "What is stored is altered or cannot be read";
  }
  return "";
}

Json base(const ledger::Violation& violation, std::string_view consequence) {
  const ledger::Clause& clause = *violation.clause;
  const std::string id(clause.id);
  Json out;
  out["type"] = "/v1/clauses#" + id;
  out["title"] = title_of(clause.kind);
  out["status"] = status_of(clause.kind);
  out["detail"] =
      sentence_of(violation) + (consequence.empty() ? "" : " ") + std::string(consequence);
  out["code"] = id;
  out["statement"] = std::string(clause.statement);
  return out;
}

// Details quote what was sent: whatever is no UTF-8 in them becomes U+FFFD.
std::string text_of(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

int status_of(Kind kind) {
  switch (kind) {
    case Kind::malformed: return 400;
    case Kind::unauthenticated: return 422;
    case Kind::refused: return 422;
    case Kind::duplicate: return 409;
    case Kind::overloaded: return 503;
    case Kind::corrupt: return 500;
  }
  return 500;
}

std::string describe(const Fault& fault) {
  Json out;
  out["type"] = "about:blank";
  out["title"] = std::string(reason_of(fault.status));
  out["status"] = fault.status;
  out["detail"] = fault.detail;
  return text_of(out);
}

std::string describe(const ledger::Violation& violation, std::string_view consequence) {
  return text_of(base(violation, consequence));
}

std::string describe(const ledger::Violation& violation, const Refusal& refusal,
                     const crypto::SecretKey& service_key) {
  const std::string text = encode_refusal(refusal);
  Json out = base(violation, nothing_was_recorded);
  out["event"] = crypto::to_hex(refusal.event.view());
  out["time"] = ledger::format_timestamp(refusal.time);
  out["signed"] = text;
  out["signature"] = crypto::to_base64(sign_refusal(text, service_key).view());
  out["key"] = crypto::to_hex(service_key.public_key().view());
  return text_of(out);
}

Response problem_answer(int status, std::string object, bool demonstration) {
  Response response =
      make_answer(status, "application/problem+json",
                  mark_demonstration(std::move(object), demonstration) + "\n", Keep::never);
  if (status == 503) response.set("Retry-After", "1");
  return response;
}

}  // namespace api
