// Bodies of reversals, reports and findings, and the setup of an activity that removes.
#include "tests/support/scene.hpp"

namespace test_support::scene {

using namespace ledger;  // NOLINT: this file speaks of nothing else

AuthorizationGranted removal_grant() {
  AuthorizationGranted body = host_grant();
  body.activities = {{"XHA-FOREST", story::on("2026-01-01"), story::on("2030-12-31"),
                      "Afforestation and reforestation", "Mangroves", Mitigation::removals}};
  return body;
}

UnitsIssued removal_issuance(std::int64_t quantity) {
  UnitsIssued body = issuance();
  body.activity = "XHA-FOREST";
  body.mitigation = Mitigation::removals;
  body.quantity = quantity;
  body.lots = {{1, quantity, 2026, {}}};
  return body;
}

UnitsTransferred to_buffer(Closed closed) {
  UnitsTransferred body = transfer(std::move(closed));
  body.to = {"XHA-BUFFER", "XHA", "XHA", "Government of XHA"};
  body.authorization.buyer.reset();
  return body;
}

ReversalRecorded reversal(std::int64_t quantity) {
  ReversalRecorded body;
  body.activity = "XHA-FOREST";
  body.period_from = story::on("2028-07-01");
  body.period_to = story::on("2028-09-30");
  body.quantity = quantity;
  body.verifier = "XCA-VVB";
  body.document = story::document("reversal report", "report on a reversal");
  return body;
}

ReportFiled report(const Id& id, ReportFiled::Sort kind) {
  ReportFiled body;
  body.id = id;
  body.party = "XHA";
  body.kind = kind;
  if (kind == ReportFiled::Sort::aef) body.year = 2028;
  if (kind == ReportFiled::Sort::btr_annex) body.period = std::pair<Year, Year>{2026, 2028};
  body.version = "1.0";
  body.approaches = {"XHA-XBA"};
  body.as_of = 22;
  body.document = story::document("report " + id, "report");
  return body;
}

FindingRecorded finding(const Id& id, Closed closed) {
  FindingRecorded body;
  body.kind = FindingRecorded::Sort::inconsistency;
  body.parties = {"XBA", "XHA"};
  body.finding = id;
  body.how = FindingRecorded::How::opens;
  body.balance = true;
  body.units = units(std::move(closed));
  body.quantity = body.units->ranges.quantity();
  body.document = story::document("finding " + id, "review report");
  return body;
}

FindingRecorded resolution(const Id& id) {
  FindingRecorded body;
  body.kind = FindingRecorded::Sort::inconsistency;
  body.parties = {"XBA", "XHA"};
  body.finding = id;
  body.how = FindingRecorded::How::resolves;
  body.document = story::document("resolution " + id, "review report");
  return body;
}

FindingRecorded check_of(const Id& report) {
  FindingRecorded body;
  body.kind = FindingRecorded::Sort::consistency;
  body.parties = {"XHA"};
  body.report = report;
  body.mark = FindingRecorded::Mark::consistent;
  body.document = story::document("check of " + report, "consistency check");
  return body;
}

FindingRecorded review_of(const Id& report) {
  FindingRecorded body = check_of(report);
  body.kind = FindingRecorded::Sort::review;
  body.mark.reset();
  body.status = FindingRecorded::Status::pending;
  body.document = story::document("review of " + report, "review report");
  return body;
}

EntryCorrected voided(Seq entry, const std::string& type, Closed closed) {
  EntryCorrected body;
  body.entry = entry;
  body.how = EntryCorrected::How::voided;
  body.units = units(std::move(closed));
  body.quantity = body.units->ranges.quantity();
  body.type = type;
  body.reason = "wrong_account";
  return body;
}

EntryCorrected restated(Seq entry, const std::string& type) {
  EntryCorrected body;
  body.entry = entry;
  body.how = EntryCorrected::How::restated;
  body.restated = EntryCorrected::Restated{"Fictional Charity", "charity"};
  body.type = type;
  body.reason = "clerical_error";
  return body;
}

}  // namespace test_support::scene
