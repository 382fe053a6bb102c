#include "api/story.hpp"

#include <algorithm>

#include "crypto/checkpoint.hpp"
#include "crypto/envelope.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "ledger/documents.hpp"
#include "ledger/ensure.hpp"
#include "ledger/spec_number.hpp"

namespace api::story {

using namespace ledger;  // NOLINT: this file speaks of nothing else

// ---- cast ----

Cast Cast::derived() {
  return Cast([](const std::string& name) {
    return crypto::SecretKey::from_seed(crypto::sha256("itmo-ledger test key: " + name).view());
  });
}

const crypto::SecretKey& Cast::key(const std::string& name) {
  const auto it = keys_.find(name);
  if (it != keys_.end()) return it->second;
  return keys_.emplace(name, maker_(name)).first->second;
}

crypto::PublicKey Cast::public_key(const std::string& name) {
  return key(name).public_key();
}

// ---- signing ----

SignedEvent signed_event_of(const Act& act, Cast& cast) {
  SignedEvent out{encode_event(act.event), act.event, {}};
  const std::string message = crypto::pae(crypto::event_type, out.bytes);
  for (const std::string& name : act.signers) {
    out.signatures.push_back({cast.public_key(name), cast.key(name).sign(message)});
  }
  std::sort(out.signatures.begin(), out.signatures.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return out;
}

std::string submission_of(const Act& act, Cast& cast, bool with_time) {
  const SignedEvent event = signed_event_of(act, cast);
  return encode_submission(event.bytes, event.signatures,
                           with_time ? std::optional(act.time) : std::nullopt);
}

void settle(Act& act, Seq next) {
  if (auto* body = std::get_if<AdjustmentApplied>(&act.event.body)) body->as_of = next - 1;
}

// ---- makers ----

Timestamp at(std::string_view text) {
  const auto time = parse_timestamp(text);
  ENSURE(time.has_value(), "a story's times are valid");
  return *time;
}

Date on(std::string_view text) {
  const auto date = parse_date(text);
  ENSURE(date.has_value(), "a story's dates are valid");
  return *date;
}

RangeSet ranges(const std::vector<std::pair<Serial, Serial>>& closed) {
  RangeSet set;
  for (const auto& [first, last] : closed) set.join(make_range(first, last));
  return set;
}

std::string document_text(const std::string& kind, const crypto::Hash& title) {
  return "DEMONSTRATION – not a record of any government\n\nA synthetic document: " + kind +
         "\nIts title is committed to by " + crypto::to_hex(title.view()) + "\n";
}

Document document(const std::string& name, const std::string& kind) {
  Document doc;
  doc.title = commitment_of({crypto::sha256("salt of " + name), name});
  const std::string text = document_text(kind, doc.title);
  doc.sha256 = crypto::sha256(text);
  doc.size = static_cast<std::int64_t>(text.size());
  doc.media = "text/plain";
  doc.kind = kind;
  doc.language = "en";
  doc.access = Access::open;
  return doc;
}

Identity identity(const std::string& name, const std::string& country) {
  return {name, country, country + "-" + crypto::to_hex(crypto::sha256(name).view()).substr(0, 8)};
}

LedgerOpened opening(Cast& cast, const std::string& origin, const std::vector<Id>& parties) {
  LedgerOpened body;
  body.mode = LedgerOpened::Mode::demonstration;
  body.spec = newest_spec;
  body.quorum = static_cast<std::int64_t>(parties.size() / 2 + 1);
  body.log_key = crypto::format_vkey(crypto::make_verifier_key(origin, cast.public_key("log")));
  body.service_key = cast.public_key("service");
  body.operator_.identity = {"Registry operator (synthetic)", "CHE", "OP-1"};
  body.operator_.keys = {cast.public_key("operator")};
  for (const Id& id : parties) {
    body.parties.push_back(
        {id, {"Government of " + id, id, id + "-GOV"}, {cast.public_key(id)}, {}});
  }
  std::sort(body.parties.begin(), body.parties.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return body;
}

ParticipantAdmitted entity(Cast& cast, const Id& id, const Identity& identity, const Id& sponsor) {
  ParticipantAdmitted body;
  body.id = id;
  body.kind = ParticipantAdmitted::Sort::entity;
  body.identity = identity;
  body.sponsor = sponsor;
  body.keyset.keys = {cast.public_key(id)};
  body.office = "Registry desk";
  return body;
}

AccountOpened account(const Id& id, const Id& holder, const std::string& registry,
                      AccountKind kind) {
  return {id, holder, registry.substr(0, 3), registry, kind};
}

ApproachEstablished approach(const Id& id, const Id& host, const Id& buyer) {
  return {id, host, buyer, document("agreement " + id, "bilateral agreement")};
}

NdcDeclared ndc(const Id& party, Year from, Year to) {
  NdcDeclared body;
  body.party = party;
  body.from = from;
  body.to = to;
  body.metric = "GHG";
  body.sectors = {"Energy generation", "Transportation", "Waste management"};
  body.gases = {"CH4", "CO2", "N2O"};
  return body;
}

Act& Writer::write(std::string_view time, Body body, std::vector<std::string> signers,
                   std::string caption) {
  Act act;
  act.time = at(time);
  act.event.ledger = origin_;
  act.event.id = "story-" + std::to_string(acts_.size() + 1);
  act.event.date = date_of(act.time);
  act.event.body = std::move(body);
  if (signers.size() > 1) act.event.expires = plus_days(act.time, 30);
  act.signers = std::move(signers);
  act.caption = std::move(caption);
  acts_.push_back(std::move(act));
  return acts_.back();
}

void order_by_time(std::vector<Act>& acts) {
  std::stable_sort(acts.begin(), acts.end(),
                   [](const Act& a, const Act& b) { return a.time < b.time; });
}

// ---- the whole ----

void tell_opening(Writer& writer, Cast& cast) {
  LedgerOpened body =
      opening(cast, writer.origin(), {"GHA", "THA", "VUT", "CHE", "XHA", "XBA", "XCA"});
  const std::map<Id, std::string> names{{"CHE", "Swiss Confederation"},
                                        {"GHA", "Republic of Ghana"},
                                        {"THA", "Kingdom of Thailand"},
                                        {"VUT", "Republic of Vanuatu"}};
  std::vector<std::string> signers{"operator"};
  for (auto& party : body.parties) {
    if (const auto it = names.find(party.id); it != names.end()) party.identity.name = it->second;
    signers.push_back(party.id);
  }
  writer.write(
      "2020-11-23T08:00:00.000Z", std::move(body), std::move(signers),
      "The operator and seven Parties open the ledger, three of them fictional (synthetic)");
}

std::vector<Act> tell_everything(const std::string& origin, Cast& cast) {
  Writer writer(origin);
  tell_opening(writer, cast);
  tell_real_pairs(writer, cast);
  tell_ordinary_year(writer, cast);
  tell_airline(writer, cast);
  std::vector<Act> acts = std::move(writer.acts());
  order_by_time(acts);
  return acts;
}

}  // namespace api::story
