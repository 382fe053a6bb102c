// An audit report as one JSON object; the shape is in spec/audit.md.
#include "crypto/text.hpp"
#include "ledger/json.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using ledger::json::Writer;

std::string hex(std::string_view bytes) {
  return crypto::to_hex(bytes);
}

// Sums and sizes may be beyond what a log's own integers can be.
Writer& number(Writer& writer, std::int64_t value) {
  return writer.raw(std::to_string(value));
}
Writer& number(Writer& writer, std::uint64_t value) {
  return writer.raw(std::to_string(value));
}

Writer& text(Writer& writer, std::string_view value) {
  return writer.string(printable(value));
}

void write_tally(Writer& writer, const Tally& tally) {
  writer.begin_object();
  number(writer.name("cancelled"), tally.cancelled);
  number(writer.name("held"), tally.held);
  number(writer.name("issued"), tally.issued);
  number(writer.name("used"), tally.used);
  writer.end_object();
}

void write_years(Writer& writer, const std::map<ledger::Year, std::int64_t>& years) {
  writer.begin_array();
  for (const auto& [year, quantity] : years) {
    writer.begin_object();
    number(writer.name("quantity"), quantity);
    number(writer.name("year"), std::int64_t{year});
    writer.end_object();
  }
  writer.end_array();
}

void write_party(Writer& writer, const PartyTotal& party) {
  writer.begin_object().name("adjustments").begin_array();
  for (const auto& [year, recorded] : party.adjustments) {
    writer.begin_object();
    number(writer.name("first_transferred"), recorded.first_transferred);
    number(writer.name("used"), recorded.used);
    number(writer.name("version"), recorded.version);
    number(writer.name("year"), std::int64_t{year});
    writer.end_object();
  }
  writer.end_array();
  number(writer.name("cancelled"), party.cancelled);
  write_years(writer.name("first_transferred"), party.first_transferred);
  number(writer.name("held"), party.held);
  text(writer.name("id"), party.id);
  number(writer.name("issued"), party.issued);
  text(writer.name("name"), party.name);
  number(writer.name("used"), party.used);
  write_years(writer.name("used_for"), party.used_for);
  writer.end_object();
}

void write_totals(Writer& writer, const Totals& totals) {
  writer.begin_object().name("accounts").begin_array();
  for (const AccountTotal& account : totals.accounts) {
    writer.begin_object();
    text(writer.name("id"), account.id);
    text(writer.name("participant"), account.participant);
    text(writer.name("party"), account.party);
    number(writer.name("quantity"), account.quantity);
    writer.end_object();
  }
  writer.end_array().name("activities").begin_array();
  for (const ActivityTotal& activity : totals.activities) {
    writer.begin_object();
    text(writer.name("approach"), activity.approach);
    text(writer.name("id"), activity.id);
    write_tally(writer.name("units"), activity.tally);
    writer.end_object();
  }
  writer.end_array().name("parties").begin_array();
  for (const PartyTotal& party : totals.parties) write_party(writer, party);
  writer.end_array();
  write_tally(writer.name("units"), totals.all);
  writer.name("vintages").begin_array();
  for (const auto& [vintage, tally] : totals.vintages) {
    writer.begin_object();
    write_tally(writer.name("units"), tally);
    number(writer.name("vintage"), std::int64_t{vintage});
    writer.end_object();
  }
  writer.end_array().end_object();
}

void write_finding(Writer& writer, const Finding& finding) {
  writer.begin_object();
  text(writer.name("clause"), finding.clause->id);
  if (finding.entry) number(writer.name("entry"), *finding.entry);
  if (finding.level) text(writer.name("level"), name_of(*finding.level));
  text(writer.name("part"), finding.part);
  text(writer.name("sentence"), finding.sentence);
  text(writer.name("statement"), finding.clause->statement);
  writer.end_object();
}

void write_keys(Writer& writer, const std::vector<PartyKey>& keys) {
  writer.begin_array();
  for (const PartyKey& key : keys) {
    writer.begin_object();
    number(writer.name("enrolled_by"), key.enrolled_by);
    text(writer.name("fingerprint"), hex(key.fingerprint.view()));
    text(writer.name("ground"), name_of(key.ground));
    text(writer.name("key"), hex(key.key.view()));
    text(writer.name("party"), key.party);
    writer.name("recovery").boolean(key.recovery);
    if (key.retired_by) number(writer.name("retired_by"), *key.retired_by);
    writer.end_object();
  }
  writer.end_array();
}

void write_checkpoint(Writer& writer, const crypto::Checkpoint& checkpoint) {
  writer.begin_object();
  text(writer.name("origin"), checkpoint.origin);
  text(writer.name("root"), hex(checkpoint.root.view()));
  number(writer.name("size"), checkpoint.size);
  writer.end_object();
}

void write_comparisons(Writer& writer, const std::vector<Comparison>& comparisons) {
  writer.begin_array();
  for (const Comparison& comparison : comparisons) {
    writer.begin_object();
    text(writer.name("file"), comparison.file);
    writer.name("identical").boolean(comparison.identical);
    text(writer.name("sentence"), comparison.sentence);
    writer.end_object();
  }
  writer.end_array();
}

std::string_view name_of(crypto::Cosignature::Verdict verdict) {
  switch (verdict) {
    case crypto::Cosignature::Verdict::absent: return "absent";
    case crypto::Cosignature::Verdict::wrong: return "wrong";
    case crypto::Cosignature::Verdict::valid: break;
  }
  return "valid";
}

void write_quorum(Writer& writer, const Quorum& quorum) {
  writer.begin_object();
  writer.name("met").boolean(quorum.met);
  text(writer.name("sentence"), quorum.sentence);
  writer.name("witnesses").begin_array();
  for (const WitnessWord& word : quorum.witnesses) {
    writer.begin_object();
    text(writer.name("key"), crypto::format_witness_vkey(word.key));
    text(writer.name("name"), word.witness);
    if (word.verdict == crypto::Cosignature::Verdict::valid) {
      number(writer.name("time"), word.time);
    }
    text(writer.name("verdict"), name_of(word.verdict));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

}  // namespace

std::string to_json(const AuditReport& report) {
  std::string out;
  Writer writer(out);
  writer.begin_object();
  if (report.checkpoint) write_checkpoint(writer.name("checkpoint"), *report.checkpoint);
  if (report.commitment) {
    const auto& [entry, is] = *report.commitment;
    writer.name("commitment").begin_object();
    number(writer.name("entry"), entry);
    writer.name("leaves").integer(is.leaves);
    text(writer.name("root"), hex(is.root.view()));
    writer.end_object();
  }
  if (!report.comparisons.empty()) {
    write_comparisons(writer.name("comparisons"), report.comparisons);
  }
  if (report.contains) number(writer.name("contains"), *report.contains);
  if (report.demonstration) text(writer.name("demonstration"), demonstration_mark);
  number(writer.name("entries"), report.entries);
  if (report.finding) write_finding(writer.name("finding"), *report.finding);
  if (report.last_time) text(writer.name("last_time"), ledger::format_timestamp(*report.last_time));
  text(writer.name("level"), name_of(report.reached));
  if (report.totals) {
    writer.name("log_keys").begin_array();
    for (const std::string& vkey : report.log_keys) text(writer, vkey);
    writer.end_array();
  }
  if (report.newer_rules) number(writer.name("newer_rules"), *report.newer_rules);
  if (report.opening) text(writer.name("opening"), hex(report.opening->view()));
  write_keys(writer.name("party_keys"), report.party_keys);
  writer.name("pinned").boolean(report.pinned);
  if (!report.problem.empty()) text(writer.name("problem"), report.problem);
  if (report.quorum) write_quorum(writer.name("quorum"), *report.quorum);
  number(writer.name("spec"), report.spec);
  if (report.totals) write_totals(writer.name("totals"), *report.totals);
  text(writer.name("verdict"), name_of(report.verdict));
  writer.end_object();
  out += '\n';
  return out;
}

}  // namespace replay
