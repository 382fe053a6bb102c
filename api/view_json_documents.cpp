// Documents as JSON (spec/api.md).
#include <nlohmann/json.hpp>

#include "api/view_json.hpp"
#include "api/view_json_parts.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using namespace replay;  // NOLINT: this file speaks of its answers alone

std::string hex(const crypto::Hash& hash) {
  return crypto::to_hex(hash.view());
}

Json of(const DocumentAnswer::Disclosure& told) {
  return {{"how", word_of(told.how)},
          {"basis", told.basis},
          {"date", ledger::format_date(told.date)},
          {"disclosed_by", told.entry}};
}

Json of(const DocumentAnswer& document, bool here) {
  Json out;
  out["number"] = document.number;
  out["entry"] = document.entry;
  out["type"] = document.type;
  out["date"] = ledger::format_date(document.date);
  out["by"] = document.by;
  out["kind"] = document.kind;
  out["media"] = document.media;
  out["language"] = document.language;
  out["sha256"] = hex(document.sha256);
  out["size"] = document.size;
  out["access"] = word_of(document.access);
  put(out, "basis", document.basis);
  put(out, "decided_by", document.decided_by);
  if (document.since) out["since"] = ledger::format_date(*document.since);
  out["title"]["commitment"] = hex(document.title);
  if (document.opening) {
    out["title"]["salt"] = hex(document.opening->salt);
    out["title"]["value"] = document.opening->value;
  }
  if (document.destroyed) out["title"]["destroyed"] = true;
  if (const auto file = document.public_file()) {
    out["public"] = {{"sha256", hex(file->sha256)},
                     {"size", file->size},
                     {"path", "/v1/documents/" + hex(file->sha256)},
                     {"here", here}};
  }
  out["disclosures"] = Json::array();
  for (const auto& told : document.disclosures) out["disclosures"].push_back(of(told));
  return out;
}

}  // namespace

std::string describe(const DocumentsAt& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.list.as_of, checkpoint);
  out["documents"] = Json::array();
  for (std::size_t i = 0; i < answer.list.documents.size(); ++i) {
    out["documents"].push_back(of(answer.list.documents[i], answer.here[i]));
  }
  if (answer.list.next) out["next"] = *answer.list.next;
  return text_of(out);
}

}  // namespace api
