// The bodies of the events of reversals, reports and findings. Shapes: spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

constexpr CodeForm<ReportFiled::Sort, 4> report_kind{
    {"initial", "updated_initial", "aef", "btr_annex"}};
constexpr CodeForm<FindingRecorded::Sort, 4> finding_kind{
    {"consistency", "review", "inconsistency", "grievance"}};
constexpr CodeForm<FindingRecorded::How, 2> how{{"opens", "resolves"}};
// The exact texts of 4/CMA.6, paragraphs 29 and 37; the last one's "consistencies" is theirs.
constexpr CodeForm<FindingRecorded::Mark, 3> mark{{"Checked, no inconsistencies identified",
                                                   "Checked, inconsistencies identified",
                                                   "Null, information for check not available"}};
constexpr CodeForm<FindingRecorded::Status, 7> review_status{
    {"Review pending", "Review finalized and no inconsistencies identified",
     "Review finalized and inconsistencies identified",
     "Review finalized and significant inconsistencies identified",
     "Review finalized and persistent inconsistencies identified",
     "Review finalized and significant inconsistencies and persistent inconsistencies identified",
     "Review finalized and consistencies identified that are both significant and persistent"}};
constexpr CodeForm<EntryCorrected::How, 2> correction{{"restate", "void"}};
constexpr TextForm report_version{
    is_report_version, "two numbers of at most 6 digits with a dot between, the first not 0",
    "1.0"};

}  // namespace

template <class Io>
void members(Io& io, Of<Io, FindingRecorded::Excess>& v) {
  io.required("activity", id, v.activity);
  io.required("quantity", positive, v.quantity);
  io.required("vintage", year, v.vintage);
}

template <class Io>
void members(Io& io, Of<Io, ReversalRecorded>& v) {
  io.required("activity", id, v.activity);
  io.required("document", object, v.document);
  io.required("period", pair(date, "[from,to]"), both(v.period_from, v.period_to));
  io.required("quantity", positive, v.quantity);
  io.required("verifier", id, v.verifier);
}

template <class Io>
void members(Io& io, Of<Io, ReportFiled>& v) {
  using Sort = ReportFiled::Sort;
  io.required("approaches", set(id, most_elements), v.approaches);
  io.required("as_of", count, v.as_of);
  io.required("document", object, v.document);
  io.required("id", id, v.id);
  io.required("kind", report_kind, v.kind);
  io.required("party", party_id, v.party);
  io.exactly_when(v.kind == Sort::btr_annex, "kind is not btr_annex", "period",
                  pair(year, "[from,to]"), v.period);
  io.required("version", report_version, v.version);
  io.exactly_when(v.kind == Sort::aef, "kind is not aef", "year", year, v.year);
}

template <class Io>
void members(Io& io, Of<Io, FindingRecorded>& v) {
  using Sort = FindingRecorded::Sort;
  io.optional("balance", flag, v.balance);
  io.required("document", object, v.document);
  io.optional("excess", object, v.excess);
  io.optional("finding", id, v.finding);
  io.optional("how", how, v.how);
  io.required("kind", finding_kind, v.kind);
  io.exactly_when(v.kind == Sort::consistency, "kind is not consistency", "mark", mark, v.mark);
  io.required("parties", set(party_id, most_elements), v.parties);
  io.optional("quantity", positive, v.quantity);
  io.optional("report", id, v.report);
  io.exactly_when(v.kind == Sort::review, "kind is not review", "status", review_status, v.status);
  io.optional("units", object, v.units);
}

template <class Io>
void members(Io& io, Of<Io, EntryCorrected::Restated>& v) {
  io.optional("beneficiary", text, v.beneficiary);
  io.optional("reason", reason_code, v.reason);
}

template <class Io>
void members(Io& io, Of<Io, EntryCorrected>& v) {
  io.required("entry", count, v.entry);
  io.required("how", correction, v.how);
  io.exactly_when(v.how == EntryCorrected::How::voided, "how is not void", "quantity", positive,
                  v.quantity);
  io.required("reason", reason_code, v.reason);
  io.exactly_when(v.how == EntryCorrected::How::restated, "how is not restate", "restated", object,
                  v.restated);
  io.required("type", event_type, v.type);
  io.exactly_when(v.how == EntryCorrected::How::voided, "how is not void", "units", object,
                  v.units);
}

template void members(Decoder&, ReversalRecorded&);
template void members(Decoder&, ReportFiled&);
template void members(Decoder&, FindingRecorded&);
template void members(Decoder&, EntryCorrected&);
template void members(Encoder&, const ReversalRecorded&);
template void members(Encoder&, const ReportFiled&);
template void members(Encoder&, const FindingRecorded&);
template void members(Encoder&, const EntryCorrected&);

}  // namespace ledger::codec
