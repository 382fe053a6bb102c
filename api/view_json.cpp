#include "api/view_json.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/view_json_parts.hpp"
#include "api/view_words.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using ledger::Year;
using namespace replay;  // NOLINT: this file speaks of its answers alone

// ---- parts --------------------------------------------------------------------------------------

std::string of(const ledger::Timestamp& value) {
  return ledger::format_timestamp(value);
}
std::string of(const ledger::Date& value) {
  return ledger::format_date(value);
}

// What lists are made of; the members of each below.
Json of(const Block& block);
Json of(const Touch& touch);
Json of(const AccountRow& account);
Json of(const LockAnswer& lock);
Json of(const KeyAnswer& key);
Json of(const GrantAnswer& grant);
Json of(const AdjustmentAnswer& year);
Json of(const AdjustmentVersion& version);
Json of(const NdcAnswer& ndc);
Json of(const InventoryAnswer& inventory);

template <class T>
Json list_of(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(of(value));
  return out;
}

Json of(const std::map<Year, std::int64_t>& years) {
  Json out = Json::object();
  for (const auto& [year, quantity] : years) out[std::to_string(year)] = quantity;
  return out;
}

Json of(const std::map<Year, std::map<Year, std::int64_t>>& years) {
  Json out = Json::object();
  for (const auto& [year, quantities] : years) out[std::to_string(year)] = of(quantities);
  return out;
}

Json of(const UnitState& state) {
  Json out;
  out["is"] = std::string(noun_of(state));
  out["status"] = word_of(state.status);
  if (state.purpose != ledger::UnitPurpose::none) out["purpose"] = word_of(state.purpose);
  out["account"] = state.account;
  out["first_transferred"] = state.first_transferred;
  if (!state.first_transferred) out["authorized"] = state.authorized;
  if (state.reserved) out["reserved"] = true;
  if (state.frozen) out["frozen"] = true;
  Json cleared = Json::array();
  if (state.cleared_issuance) cleared.push_back("issuance");
  if (state.cleared_transfer) cleared.push_back("transfer");
  if (state.cleared_acquisition) cleared.push_back("acquisition");
  out["cleared"] = std::move(cleared);
  put(out, "host_authorization", state.host_authorization);
  put(out, "acquirer_authorization", state.acquirer_authorization);
  return out;
}

Json of(const UnitOrigin& origin) {
  Json out;
  out["approach"] = origin.approach;
  out["approach_id"] = origin.approach_id;
  out["registry"] = origin.registry;
  out["party"] = origin.party;
  out["activity"] = origin.activity;
  out["vintage"] = origin.vintage;
  out["mitigation"] = word_of(origin.mitigation);
  out["host_authorization"] = origin.host_authorization;
  put(out, "buyer_authorization", origin.buyer_authorization);
  out["issued_by"] = origin.issued_by;
  return out;
}

Json of(const Block& block) {
  Json out;
  out["first"] = block.first_id;
  out["last"] = block.last_id;
  out["serials"] = {block.first, block.last};
  out["quantity"] = block.quantity;
  out["origin"] = of(block.origin);
  out["state"] = of(block.state);
  out["since"] = block.since;
  return out;
}

Json of(const Touch& touch) {
  Json out;
  out["entry"] = touch.entry;
  out["time"] = of(touch.time);
  out["type"] = touch.type;
  if (touch.before) out["before"] = of(*touch.before);
  out["after"] = of(touch.after);
  out["first_transfer"] = touch.first_transfer;
  if (touch.executed_on) out["executed_on"] = ledger::format_date(*touch.executed_on);
  return out;
}

Json of(const AccountRow& account) {
  Json out;
  out["id"] = account.id;
  out["holder"] = account.holder;
  out["holder_name"] = account.holder_name;
  out["party"] = account.party;
  out["registry"] = account.registry;
  out["kind"] = word_of(account.kind);
  out["metric"] = account.metric;
  out["opened_by"] = account.entry;
  out["held"] = account.held;
  out["held_by_vintage"] = of(account.held_by_vintage);
  return out;
}

Json of(const LockAnswer& lock) {
  Json out;
  out["id"] = lock.id;
  out["kind"] = word_of(lock.kind);
  if (lock.registry) {
    Json ranges = Json::array();
    for (const ledger::Range& range : lock.ranges.ranges()) {
      ranges.push_back({range.first, range.last()});
    }
    out["units"] = {{"ranges", std::move(ranges)}, {"scope", *lock.registry}};
    out["quantity"] = lock.ranges.quantity();
  }
  if (lock.event) out["event"] = crypto::to_hex(lock.event->view());
  out["until"] = of(lock.until);
  out["reason"] = lock.reason;
  out["locked_by"] = lock.entry;
  put(out, "ended_by", lock.ended_by);
  return out;
}

Json of(const KeyAnswer& key) {
  Json out;
  out["key"] = crypto::to_hex(key.key.view());
  out["fingerprint"] = crypto::to_hex(key.fingerprint.view());
  out["recovery"] = key.recovery;
  out["active_from"] = of(key.active_from);
  put(out, "retired_by", key.retired_by);
  return out;
}

Json of(const GrantAnswer& grant) {
  Json out;
  out["id"] = grant.id;
  out["role"] = word_of(grant.role);
  out["parties"] = grant.parties;
  out["participant"] = grant.participant;
  out["approaches"] = grant.approaches;
  out["from"] = of(grant.from);
  if (grant.until) out["until"] = of(*grant.until);
  put(out, "ended_by", grant.ended_by);
  out["suspended"] = grant.suspended;
  return out;
}

Json of(const ParticipantAnswer& who) {
  Json out;
  out["id"] = who.id;
  out["kind"] = word_of(who.kind);
  out["founding"] = who.founding;
  out["identity"] = {{"name", who.identity.name},
                     {"country", who.identity.country},
                     {"number", who.identity.number}};
  put(out, "sponsor", who.sponsor);
  out["thresholds"] = {{"ordinary", who.thresholds.ordinary},
                       {"units", who.thresholds.units},
                       {"keys", who.thresholds.keys}};
  put(out, "recovery_threshold", who.recovery_threshold);
  put(out, "recovery_wait_days", who.recovery_wait_days);
  out["date"] = of(who.date);
  out["admitted_by"] = who.entry;
  out["keys"] = list_of(who.keys);
  out["grants"] = list_of(who.grants);
  return out;
}

Json of(const TallyAnswer& tally) {
  Json out;
  out["issued"] = tally.issued;
  out["held"] = tally.held;
  out["used"] = tally.used;
  out["cancelled"] = tally.cancelled;
  return out;
}

Json of(const AdjustmentVersion& version) {
  Json out;
  out["version"] = version.version;
  out["first_transferred"] = version.first_transferred;
  out["used"] = version.used;
  out["amount"] = {{"num", version.amount_num}, {"den", version.amount_den}};
  out["method"] = word_of(version.method);
  out["as_of"] = version.statement_as_of;
  out["applied_by"] = version.entry;
  return out;
}

Json of(const AdjustmentAnswer& year) {
  Json out;
  out["year"] = year.year;
  out["due"] = {{"first_transferred", year.due_first_transferred}, {"used", year.due_used}};
  out["recorded"] = list_of(year.recorded);
  out["difference"] = year.difference;
  return out;
}

Json of(const NdcAnswer& ndc) {
  Json out;
  out["from"] = ndc.from;
  out["to"] = ndc.to;
  out["type"] = word_of(ndc.type);
  out["method"] = word_of(ndc.method);
  out["metric"] = ndc.metric;
  out["declared_by"] = ndc.entry;
  return out;
}

Json of(const InventoryAnswer& inventory) {
  return {{"year", inventory.year},
          {"version", inventory.version},
          {"value", inventory.value},
          {"reported_by", inventory.entry}};
}

}  // namespace

// ---- answers ------------------------------------------------------------------------------------

std::string describe(const AccountAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["account"] = of(answer.account);
  out["locks"] = list_of(answer.locks);
  out["blocks"] = list_of(answer.blocks);
  if (answer.next) out["next"] = answer.next->registry + ":" + std::to_string(answer.next->serial);
  return text_of(out);
}

std::string describe(const PartyAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["participant"] = of(answer.participant);
  out["units"] = of(answer.total);
  out["units_by_vintage"] = Json::object();
  for (const auto& [vintage, tally] : answer.by_vintage) {
    out["units_by_vintage"][std::to_string(vintage)] = of(tally);
  }
  out["first_transferred"] = of(answer.first_transferred);
  out["first_transferred_in"] = of(answer.first_transferred_in);
  out["first_transferred_by_authorization"] = of(answer.first_transferred_by_authorization);
  out["used_for"] = of(answer.used_for);
  out["adjustments"] = list_of(answer.adjustments);
  out["ndcs"] = list_of(answer.ndcs);
  out["inventories"] = list_of(answer.inventories);
  out["accounts"] = list_of(answer.accounts);
  return text_of(out);
}

std::string describe(const UnitAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["unit"] = format_unit_name(answer.name);
  out["origin"] = of(answer.origin);
  out["state"] = of(answer.state);
  out["since"] = answer.since;
  out["history"] = list_of(answer.history);
  return text_of(out);
}

std::string describe(const UnitsAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["registry"] = answer.registry;
  out["first"] = answer.first;
  out["last"] = answer.last;
  out["units"] = Json::array();
  for (const replay::UnitsAlike& alike : answer.units) {
    Json part = of(alike.block);
    part["history"] = list_of(alike.history);
    out["units"].push_back(std::move(part));
  }
  if (answer.next) {
    out["next"] =
        answer.registry + ":" + std::to_string(*answer.next) + "-" + std::to_string(answer.last);
  }
  return text_of(out);
}

}  // namespace api
