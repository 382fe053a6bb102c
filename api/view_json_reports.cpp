// Reports and findings as JSON (spec/api.md).
#include <nlohmann/json.hpp>

#include "api/view_json.hpp"
#include "api/view_json_parts.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using namespace replay;  // NOLINT: this file speaks of its answers alone

Json of(const StatusAnswer& status) {
  Json out;
  if (status.mark) out["mark"] = word_of(*status.mark);
  if (status.status) out["status"] = word_of(*status.status);
  out["recorded_by"] = status.entry;
  return out;
}

Json of(const ReportAnswer& report) {
  Json out;
  out["id"] = report.id;
  out["kind"] = word_of(report.kind);
  if (report.years) out["years"] = {report.years->first, report.years->second};
  out["version"] = report.version;
  out["approaches"] = report.approaches;
  out["shows"] = report.shows;
  out["sha256"] = crypto::to_hex(report.sha256.view());
  out["date"] = ledger::format_date(report.date);
  out["filed_by"] = report.entry;
  out["statuses"] = Json::array();
  for (const StatusAnswer& status : report.statuses) out["statuses"].push_back(of(status));
  if (!report.differs_by.empty()) out["differs_by"] = report.differs_by;
  return out;
}

Json of(const ledger::RangeSet& ranges) {
  Json out = Json::array();
  for (const ledger::Range& range : ranges.ranges()) out.push_back({range.first, range.last()});
  return out;
}

Json of(const FindingAnswer& finding) {
  Json out;
  out["id"] = finding.id;
  out["kind"] = word_of(finding.kind);
  out["parties"] = finding.parties;
  out["balance"] = finding.balance;
  if (finding.registry) {
    out["units"] = {{"registry", *finding.registry}, {"ranges", of(finding.ranges)}};
  }
  if (finding.excess) {
    out["excess"] = {{"activity", finding.excess->activity},
                     {"vintage", finding.excess->vintage},
                     {"open", finding.excess->open}};
  }
  out["date"] = ledger::format_date(finding.date);
  out["opened_by"] = finding.entry;
  if (finding.resolved_by) out["resolved_by"] = *finding.resolved_by;
  return out;
}

}  // namespace

std::string describe(const PartyReports& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["party"] = answer.party;
  out["reports"] = Json::array();
  for (const ReportAnswer& report : answer.reports) out["reports"].push_back(of(report));
  out["findings"] = Json::array();
  for (const FindingAnswer& finding : answer.findings) out["findings"].push_back(of(finding));
  return text_of(out);
}

}  // namespace api
