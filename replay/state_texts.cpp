#include "replay/state_texts.hpp"

#include <vector>

#include "crypto/text.hpp"
#include "ledger/codec_forms.hpp"
#include "ledger/ensure.hpp"
#include "ledger/json.hpp"
#include "ledger/movement.hpp"

namespace replay {
namespace {

using ledger::grouped;
using ledger::in_units;

// The members of a text that is of its form.
class Text {
 public:
  explicit Text(ledger::json::Value object) : object_(object) {}

  [[nodiscard]] std::int64_t number(std::string_view name) const {
    return object_.find(name)->integer();
  }
  [[nodiscard]] std::string word(std::string_view name) const {
    return std::string(object_.find(name)->string());
  }
  [[nodiscard]] bool has(std::string_view name) const { return object_.find(name).has_value(); }
  [[nodiscard]] Text part(std::string_view name) const { return Text(*object_.find(name)); }
  template <class Visit>
  void each(std::string_view name, Visit visit) const {
    for (const ledger::json::Value element : object_.find(name)->elements()) visit(Text(element));
  }

 private:
  ledger::json::Value object_;
};

// A metric in a sentence: anything but an id stands in quotes, for it may read like a sentence.
std::string metric_in_words(const std::string& metric) {
  if (ledger::codec::is_id(metric)) return metric;
  std::string out;
  ledger::json::Writer(out).string(metric);
  return out;
}

std::string counted(std::int64_t number, const char* one, const char* many) {
  return grouped(number) + (number == 1 ? one : many);
}

std::string parts_of(const Text& totals) {
  return grouped(totals.number("held")) + " held, " + grouped(totals.number("used")) +
         " used and " + grouped(totals.number("cancelled")) + " cancelled";
}

std::string say_account(const std::string& id, const Text& text) {
  std::int64_t held = 0, itmos = 0, used = 0, cancelled = 0;
  std::string vintages;
  text.each("vintages", [&](const Text& row) {
    held += row.number("held");
    itmos += row.number("held_first_transferred");
    used += row.number("used");
    cancelled += row.number("cancelled");
    vintages += (vintages.empty() ? "" : "; ") + std::string("vintage ") +
                std::to_string(row.number("vintage")) + ": " + parts_of(row);
  });
  const std::string metric = text.word("metric");
  std::string out = "Account " + id + " of " + text.word("holder") + ", in the section of " +
                    text.word("party") + " and registry " + text.word("registry") + ", holds " +
                    in_units(held) + (metric == "GHG" ? "" : " of " + metric_in_words(metric)) +
                    ", " + grouped(itmos) + " of them ITMOs";
  if (used > 0) out += "; " + grouped(used) + " more were used in it";
  if (cancelled > 0) out += "; " + grouped(cancelled) + " were cancelled in it";
  out += ".";
  if (!vintages.empty()) out += " By vintage: " + vintages + ".";
  if (text.has("frozen")) out += " It is frozen.";
  const Text entries = text.part("entries");
  return out + " That is all it has, in " +
         counted(text.part("runs").number("count"), " range", " ranges") +
         " of units that stand alike. " +
         counted(entries.number("count"), " entry concerns it", " entries concern it") +
         ", no more; the root over their lines is " + entries.word("root") + ".";
}

std::string say_run(const std::string& account, const Text& text) {
  const std::string status = text.word("status");
  std::string out = "Units " + grouped(text.number("first")) + " to " +
                    grouped(text.number("last")) + " of registry " + text.word("registry") +
                    ", vintage " + std::to_string(text.number("vintage")) + " of activity " +
                    text.word("activity") + ", are ";
  if (status == "held") {
    out += "held in account " + account;
  } else {
    out +=
        status + " for " + text.word("purpose") + "; the last to hold them was account " + account;
  }
  out += text.has("first_transferred") ? ". They were first transferred: they are ITMOs."
                                       : ". They were not first transferred.";
  if (text.has("authorization")) {
    out += " They stand under authorization " + text.word("authorization") + ", version " +
           std::to_string(text.number("version")) + ".";
  } else {
    out += " They stand under no authorization.";
  }
  if (text.has("frozen")) out += " They are frozen.";
  if (text.has("reserved")) out += " They are reserved.";
  return out;
}

std::string say_totals(const std::string& what, const Text& text) {
  const std::int64_t issued = text.number("issued");
  const std::int64_t sum = text.number("held") + text.number("used") + text.number("cancelled");
  return what + ": " + grouped(issued) + " issued = " + parts_of(text) +
         (issued == sum ? "" : ", which is NOT the same: " + grouped(sum)) + "; " +
         grouped(text.number("first_transferred")) + " were first transferred.";
}

std::string say_issuance(const std::string& registry, const Text& text) {
  const Text entries = text.part("entries");
  return "Units " + grouped(text.number("first")) + " to " + grouped(text.number("last")) +
         " of registry " + registry + " were issued as one lot. " +
         counted(entries.number("count"), " entry changed a unit of it",
                 " entries changed units of it") +
         ", no more; the root over their lines is " + entries.word("root") + ".";
}

std::string say_authorization(const std::string& id, const Text& text) {
  return "Authorization " + id + " of " + text.word("party") + " is at version " +
         std::to_string(text.number("version")) +
         (text.has("cap") ? ", allows " + in_units(text.number("cap")) : ", has no cap") + "; " +
         grouped(text.number("first_transferred")) + " are counted as first transferred and " +
         grouped(text.number("acquired")) + " as acquired; " + grouped(text.number("issued")) +
         " rest on it." + (text.has("revoked") ? " It is revoked." : "");
}

std::string say_key(const std::string& key, const Text& text) {
  return "Key " + key + (text.has("recovery") ? ", a recovery key," : "") + " is " +
         text.word("participant") + "'s, active from " + text.word("active_from") +
         (text.has("retired_at") ? ", retired by entry " + grouped(text.number("retired_at"))
                                 : "") +
         ".";
}

std::string say_party(const std::string& party, const std::string& year, const Text& text) {
  std::string out = "Party " + party + ", " + year + ": " +
                    grouped(text.number("first_transferred")) + " first transferred and " +
                    grouped(text.number("used")) + " used";
  if (text.has("recorded")) {
    const Text recorded = text.part("recorded");
    out += "; recorded in version " + std::to_string(recorded.number("version")) +
           " of the adjustment: " + grouped(recorded.number("first_transferred")) + " and " +
           grouped(recorded.number("used"));
  } else {
    out += "; no adjustment is recorded";
  }
  return out + ". Of other years this says nothing.";
}

std::string sentence_of(const StateClaim& claim, const Text& text) {
  const std::vector<std::string>& key = claim.key;
  const std::string& kind = key[0];
  if (kind == "account") return say_account(key[1], text);
  if (kind == "run") return say_run(*claim.account, text);
  if (kind == "authorization") return say_authorization(key[1], text);
  if (kind == "issuance") return say_issuance(key[1], text);
  if (kind == "key") return say_key(key[1], text);
  if (kind == "party") return say_party(key[1], key[2], text);
  if (kind == "metric") return say_totals("All units of metric " + metric_in_words(key[1]), text);
  if (kind == "vintage") {
    return say_totals("Activity " + key[1] + ", vintage " + key[2], text);
  }
  return say_totals(
      "Registry " + key[1] + ", serials 1 to " + grouped(text.number("issued")) + " and none above",
      text);
}

// Reads a text, which is of its form, and asks it.
template <class Ask>
auto read(std::string_view text, Ask ask) {
  ledger::json::Document document;
  ENSURE(document.parse(text), "a text that is read is of its form");
  return ask(Text(document.root()));
}

}  // namespace

std::string say(const StateClaim& claim) {
  return read(*claim.text, [&](const Text& text) { return sentence_of(claim, text); });
}

std::string say_absent(const StateClaim& claim) {
  const std::vector<std::string>& key = claim.key;
  if (key[0] == "registry") return "In this state no unit of registry " + key[1] + " was issued.";
  std::string name = key[0] == "metric" ? metric_in_words(key[1]) : key[1];
  if (key.size() == 3) name += ", " + key[2];
  return "In this state there is no " + key[0] + " " + name +
         (claim.account ? " in account " + *claim.account : "") + ".";
}

crypto::Hash runs_root_in(std::string_view account_text) {
  return read(account_text, [](const Text& text) {
    return *crypto::Hash::from(*crypto::from_hex(text.part("runs").word("root")));
  });
}

ledger::Range units_in(std::string_view run_text) {
  return read(run_text, [](const Text& text) {
    return ledger::make_range(text.number("first"), text.number("last"));
  });
}

std::int64_t issued_in(std::string_view registry_text) {
  return read(registry_text, [](const Text& text) { return text.number("issued"); });
}

std::optional<EntryList> entries_in(std::string_view text_of_list) {
  return read(text_of_list, [](const Text& text) -> std::optional<EntryList> {
    if (!text.has("entries")) return std::nullopt;
    const Text entries = text.part("entries");
    return EntryList{entries.number("count"), entries.word("root")};
  });
}

}  // namespace replay
