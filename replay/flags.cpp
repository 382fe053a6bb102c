#include "replay/flags.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace replay {
namespace {

using ledger::Index;
using ledger::Lot;
using ledger::Seq;
using ledger::UnitEffect;
using ledger::UnitPurpose;
using ledger::Year;

// What many entries have in common, told once with all of them.
struct Mention {
  std::set<Seq> entries;
  std::int64_t quantity = 0;
};
// By the year, and by what else tells mentions apart.
using Mentions = std::map<std::pair<Year, std::string>, Mention>;

std::string registry_of(const Books& books, const Lot& lot) {
  return lot.underlying ? lot.underlying->registry : books.scopes()[lot.scope];
}

class Collector {
 public:
  Collector(const Books& books, Index party, const Calendar& calendar)
      : books_(books), calendar_(calendar), party_(party) {}

  std::vector<Flag> run() {
    for (const Happening& happening : books_.happenings()) {
      const Occasion& occasion = books_.occasions()[happening.occasion];
      const bool hosts = lot_of(happening.unit).host == party_;
      if (hosts && is_for_other_purposes(happening.unit))
        mention_other_purposes(happening, occasion);
      if (!hosts && arrives(happening.unit)) mention_acquisition(happening, occasion);
    }
    write_notifications();
    write_late_ones();
    write_acquisitions();
    write_registries();
    return std::move(flags_);
  }

 private:
  [[nodiscard]] const Lot& lot_of(const UnitEffect& unit) const {
    return books_.lots()[unit.after.lot];
  }
  [[nodiscard]] Index section_of(const ledger::Standing& standing) const {
    return books_.accounts()[standing.account].party;
  }
  [[nodiscard]] std::string name() const { return books_.participants()[party_].id; }

  // A first transfer that the definition for IMP and OP made: at issuance, or by such a use or
  // cancellation.
  [[nodiscard]] static bool is_for_other_purposes(const UnitEffect& unit) {
    const bool ended =
        unit.after.purpose == UnitPurpose::imp || unit.after.purpose == UnitPurpose::op;
    // Issued so, or attached to another authorization later.
    const bool begun = !unit.before || unit.before->lot != unit.after.lot;
    return unit.first_transfer && (begun || ended);
  }

  [[nodiscard]] bool arrives(const UnitEffect& unit) const {
    return unit.before && unit.after.status == ledger::UnitStatus::held &&
           section_of(unit.after) == party_ && section_of(*unit.before) != party_;
  }

  void mention_other_purposes(const Happening& happening, const Occasion& occasion) {
    const Lot& lot = lot_of(happening.unit);
    const auto note = [&](Mentions& mentions, const std::string& what) {
      Mention& mention = mentions[{lot.vintage, what}];
      mention.entries.insert(occasion.seq);
      mention.quantity += happening.unit.range.quantity();
    };
    if (lot.underlying && !defined_by_authorization(lot)) note(notify_, lot.underlying->registry);
    const ledger::Ndc* ndc = books_.ndc_of(party_, lot.vintage);
    if (ndc == nullptr) return;
    const Year cutoff = calendar_.oimp_cutoff_year(ndc->to);
    if (cutoff < ledger::year_of(ledger::date_of(occasion.time))) {
      note(late_, std::to_string(cutoff));
    }
  }

  [[nodiscard]] bool defined_by_authorization(const Lot& lot) const {
    const auto& rules = books_.approaches()[lot.approach].rules;
    return rules.back().host_definition == ledger::Definition::authorization;
  }

  void mention_acquisition(const Happening& happening, const Occasion& occasion) {
    Mention& mention = acquired_[{ledger::year_of(ledger::date_of(occasion.time)), ""}];
    mention.entries.insert(occasion.seq);
    mention.quantity += happening.unit.range.quantity();
  }

  void write(std::string_view rule, Year year, std::string sentence, const std::set<Seq>& entries) {
    flags_.push_back({rule, year, std::move(sentence), {entries.begin(), entries.end()}});
  }

  // R5: the log has the definition's occurrence as the host states it, and no word of the registry.
  void write_notifications() {
    for (const auto& [key, mention] : notify_) {
      write("R5", key.first,
            std::to_string(mention.quantity) + " units of vintage " + std::to_string(key.first) +
                " became ITMOs by issuance, use or cancellation, and rest on units of registry " +
                key.second + ": its own notification is not in this ledger; ask " + name() +
                " for it.",
            mention.entries);
    }
  }

  // R6
  void write_late_ones() {
    for (const auto& [key, mention] : late_) {
      write("R6", key.first,
            std::to_string(mention.quantity) + " units of vintage " + std::to_string(key.first) +
                " were first transferred for other purposes after 31 December " + key.second +
                ", by which those of the NDC period had to be recorded.",
            mention.entries);
    }
  }

  // R43
  void write_acquisitions() {
    for (const auto& [key, mention] : acquired_) {
      write("R43", key.first,
            name() + " acquired " + std::to_string(mention.quantity) + " ITMOs in " +
                std::to_string(key.first) +
                ". What paid for them is not recorded here; it is no climate finance.",
            mention.entries);
    }
  }

  // R47: one sector and vintage of a host in two registries may be one tonne twice.
  void write_registries() {
    std::map<std::pair<Year, std::string>, std::map<std::string, Seq>> found;
    for (const Lot& lot : books_.lots()) {
      if (lot.host != party_) continue;
      const std::string& sector = books_.activities()[lot.activity].terms.sector;
      found[{lot.vintage, sector}].try_emplace(registry_of(books_, lot), lot.origin.seq);
    }
    for (const auto& [key, registries] : found) {
      if (registries.size() < 2) continue;
      std::string names;
      std::set<Seq> entries;
      for (const auto& [registry, entry] : registries) {
        names += (names.empty() ? "" : ", ") + registry;
        entries.insert(entry);
      }
      write("R47", key.first,
            "Outcomes of vintage " + std::to_string(key.first) + " in sector " + key.second +
                " were issued from several registries, " + names +
                ": ask whether any tonne is in two of them.",
            entries);
    }
  }

  const Books& books_;
  const Calendar& calendar_;
  Index party_;
  Mentions notify_, late_, acquired_;
  std::vector<Flag> flags_;
};

}  // namespace

std::vector<Flag> flags_of(const Books& books, const ledger::Id& party, const Calendar& calendar) {
  const std::optional<Index> index = books.find_party(party);
  if (!index) return {};
  return Collector(books, *index, calendar).run();
}

std::string describe(const Flag& flag) {
  std::string text = std::string(flag.rule) + ", " + std::to_string(flag.year) + ": " +
                     flag.sentence + " Entries:";
  for (const Seq entry : flag.entries) text += " " + std::to_string(entry);
  return text;
}

}  // namespace replay
