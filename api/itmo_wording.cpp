#include "api/itmo_wording.hpp"

#include "crypto/text.hpp"
#include "ledger/ranges.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

std::string number(std::int64_t value) {
  std::string digits = std::to_string(value);
  const std::size_t sign = value < 0 ? 1 : 0;
  std::string out = digits.substr(0, sign);
  for (std::size_t i = sign; i < digits.size(); ++i) {
    if (i > sign && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string amount(std::int64_t quantity) {
  return number(quantity) + (quantity == 1 || quantity == -1 ? " unit" : " units");
}

std::string counted(std::size_t n, std::string_view noun) {
  std::string out = number(static_cast<std::int64_t>(n)) + ' ' + std::string(noun);
  if (n == 1) return out;
  if (!noun.ends_with('y') || noun.ends_with("ey") || noun.ends_with("ay")) return out + 's';
  out.pop_back();
  return out + "ies";
}

std::string moment(ledger::Timestamp time) {
  const std::string text = ledger::format_timestamp(time);
  return text.substr(0, 10) + ' ' + text.substr(11, 12) + " UTC";
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string hex_of(const crypto::Hash& hash) {
  return crypto::to_hex(hash.view());
}
std::string hex_of(const crypto::PublicKey& key) {
  return crypto::to_hex(key.view());
}

std::string percent(std::int64_t basis_points) {
  const std::string cents = std::to_string(100 + basis_points % 100).substr(1);
  return number(basis_points / 100) + '.' + cents + " %";
}

std::string listed(const std::vector<std::string>& items, std::string_view none) {
  if (items.empty()) return std::string(none);
  std::string out = items.front();
  for (std::size_t i = 1; i < items.size(); ++i) {
    out += i + 1 == items.size() ? " and " : ", ";
    out += items[i];
  }
  return out;
}

std::string serials(ledger::Serial first, ledger::Serial last) {
  return first == last ? number(first) : number(first) + " to " + number(last);
}

std::string serials(const ledger::RangeSet& ranges) {
  std::string out;
  for (const ledger::Range& range : ranges.ranges()) {
    if (!out.empty()) out += "; ";
    out += serials(range.first, range.last());
  }
  return out;
}

std::string person(const ledger::Identity& identity) {
  return quoted(identity.name) + ", registered in " + identity.country + " under number " +
         identity.number;
}

std::string_view word_of(ledger::Organ organ) {
  constexpr std::string_view words[] = {"authority", "secretariat", "inventory team", "verifier",
                                        "developer"};
  return words[static_cast<std::size_t>(organ)];
}

std::string_view word_of(ledger::Purpose purpose) {
  constexpr std::string_view words[] = {
      "use towards an NDC (NDC)", "international mitigation purposes (IMP)", "other purposes (OP)"};
  return words[static_cast<std::size_t>(purpose)];
}

std::string_view word_of(ledger::Method method) {
  return method == ledger::Method::trajectory ? "trajectory" : "averaging";
}

std::string_view word_of(ledger::Mitigation mitigation) {
  return mitigation == ledger::Mitigation::reductions ? "emission reductions" : "removals";
}

std::string_view word_of(ledger::Moment moment) {
  constexpr std::string_view words[] = {"issuance", "transfer", "acquisition"};
  return words[static_cast<std::size_t>(moment)];
}

namespace {

std::string access_of(const ledger::Document& document) {
  switch (document.access) {
    case ledger::Access::open: return "public";
    case ledger::Access::redacted: return "public in a redacted copy";
    case ledger::Access::confidential: break;
  }
  return "confidential";
}

}  // namespace

void say_document(Lines& lines, const ledger::Document& document) {
  lines.say("Document: " + document.kind + ", " + document.media + ", language " +
            document.language + ", " + number(document.size) + " bytes, " + access_of(document) +
            '.');
  lines.detail("SHA-256 " + hex_of(document.sha256));
  lines.detail("its title is committed to by " + hex_of(document.title));
  if (document.redacted_copy) {
    lines.detail("redacted copy: " + number(document.redacted_copy->size) + " bytes, SHA-256 " +
                 hex_of(document.redacted_copy->sha256));
  }
  if (document.basis) lines.detail("withheld because: " + *document.basis);
  if (document.by) lines.detail("decided by: " + *document.by);
  if (document.since) lines.detail("since " + ledger::format_date(*document.since));
}

void say_units(Lines& lines, const ledger::Units& units, std::int64_t stated) {
  lines.say("The units: registry " + units.scope + ", serials " + serials(units.ranges) + '.');
  if (units.ranges.quantity() == stated) return;
  lines.say("ATTENTION: these are " + amount(units.ranges.quantity()) + ", but the text states " +
            amount(stated) + '.');
}

void say_keys(Lines& lines, std::string_view what, const std::vector<crypto::PublicKey>& keys) {
  for (const crypto::PublicKey& key : keys) lines.detail(std::string(what) + ' ' + hex_of(key));
}

void say_recovery(Lines& lines, const ledger::Recovery& recovery) {
  lines.detail("if its signing keys are lost, " + std::to_string(recovery.threshold) + " of " +
               counted(recovery.keys.size(), "recovery key") + " replace them, after " +
               counted(recovery.wait_days, "day"));
  say_keys(lines, "recovery key", recovery.keys);
}

std::string thresholds(const ledger::Thresholds& thresholds) {
  return "keys that must sign: " + std::to_string(thresholds.ordinary) + " for ordinary events, " +
         std::to_string(thresholds.units) + " for units and authorizations, " +
         std::to_string(thresholds.keys) + " for keys and roles";
}

}  // namespace api::itmo
