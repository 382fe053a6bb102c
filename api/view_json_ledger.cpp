// The ledger itself as JSON (spec/api.md).
#include <nlohmann/json.hpp>

#include "api/view_json.hpp"
#include "api/view_json_parts.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using namespace replay;  // NOLINT: this file speaks of its answers alone

Json of(const TallyAnswer& tally) {
  return {{"issued", tally.issued},
          {"held", tally.held},
          {"used", tally.used},
          {"cancelled", tally.cancelled}};
}

Json of(const LedgerAnswer::Attestation& attestation) {
  Json out;
  out["entry"] = attestation.entry;
  out["date"] = ledger::format_date(attestation.date);
  out["by"] = attestation.by;
  out["size"] = attestation.size;
  out["root"] = crypto::to_hex(attestation.root.view());
  out["result"] = word_of(attestation.result);
  put(out, "account", attestation.account);
  put(out, "party", attestation.party);
  out["sha256"] = crypto::to_hex(attestation.sha256.view());
  return out;
}

}  // namespace

std::string describe(const LedgerAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  Json& head = out["ledger"];
  head["origin"] = answer.origin;
  head["mode"] =
      answer.mode == ledger::LedgerOpened::Mode::demonstration ? "demonstration" : "ordinary";
  head["spec"] = answer.specs.back().number;
  head["quorum"] = answer.quorum;
  head["log_keys"] = Json::array();
  for (const LedgerAnswer::LogKey& key : answer.log_keys) {
    head["log_keys"].push_back({{"since", key.entry}, {"vkey", key.vkey}});
  }
  head["service_key"] = crypto::to_hex(answer.service_key.view());
  if (answer.migration) {
    head["migration"] = {{"from", ledger::format_date(answer.migration->first)},
                         {"to", ledger::format_date(answer.migration->second)}};
  }
  out["specs"] = Json::array();
  for (const LedgerAnswer::Spec& spec : answer.specs) {
    out["specs"].push_back({{"number", spec.number}, {"since", spec.entry}});
  }
  out["attestations"] = Json::array();
  for (const auto& attestation : answer.attestations) {
    out["attestations"].push_back(of(attestation));
  }
  if (const auto& commitment = answer.commitment) {
    out["commitment"] = {{"entry", commitment->entry},
                         {"leaves", commitment->leaves},
                         {"root", crypto::to_hex(commitment->root.view())}};
  }
  out["units"] = of(answer.total);
  out["units_by_vintage"] = Json::object();
  for (const auto& [vintage, tally] : answer.by_vintage) {
    out["units_by_vintage"][std::to_string(vintage)] = of(tally);
  }
  return text_of(out);
}

std::string describe(const replay::EntriesAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["count"] = answer.count;
  out["entries"] = answer.entries;
  if (answer.next) out["next"] = *answer.next;
  return text_of(out);
}

}  // namespace api
