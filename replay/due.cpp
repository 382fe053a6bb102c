#include "replay/due.hpp"

#include <algorithm>
#include <map>

#include "ledger/movement.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using ledger::Date;
using ledger::Index;
using ledger::Year;

// The year at whose end first transfers for other purposes of an NDC period must be recorded: the
// one before the first biennial report that has the period's last year (4/CMA.6, 14). These are due
// at the end of even years and have data up to two years before.
Year oimp_cutoff_year(Year last_of_period) {
  const Year report = last_of_period + 2 + (last_of_period % 2 != 0 ? 1 : 0);
  return report - 1;
}

class Collector {
 public:
  Collector(const Books& books, Index party, Date from, Date until)
      : books_(books), party_(party), from_(from), until_(until) {}

  std::vector<DueItem> run() {
    add_adjustments();
    add_annual_reports();
    add_authorizations();
    add_grants();
    add_oimp_cutoffs();
    std::stable_sort(items_.begin(), items_.end(), [](const DueItem& a, const DueItem& b) {
      return a.date.value_or(Date{}) < b.date.value_or(Date{});
    });
    return std::move(items_);
  }

 private:
  void add(Date date, std::string id, std::string what, std::vector<ledger::Seq> entries) {
    if (date < from_ || until_ < date) return;
    items_.push_back({date, std::move(id), std::move(what), std::move(entries)});
  }

  [[nodiscard]] std::string name() const { return books_.participants()[party_].id; }

  // The newest recorded version of each year, against what the log gives.
  void add_adjustments() {
    std::map<Year, const ledger::AdjustmentEffect*> recorded;
    for (const ledger::AdjustmentEffect& adjustment : books_.adjustments()) {
      if (adjustment.party == party_) recorded[adjustment.year] = &adjustment;
    }
    for (const auto& [key, due] : books_.due_years()) {
      if (key.first != party_) continue;
      const auto known = recorded.find(key.second);
      const bool same = known == recorded.end()
                            ? due.first_transferred == 0 && due.used == 0
                            : known->second->first_transferred == due.first_transferred &&
                                  known->second->used == due.used;
      if (same) continue;
      std::string what = "Record the adjustment of " + std::to_string(key.second) +
                         ": first transferred " + ledger::tonnes(due.first_transferred) +
                         ", used " + ledger::tonnes(due.used) + "; ";
      what += known == recorded.end()
                  ? "nothing is recorded."
                  : "version " + std::to_string(known->second->version) + " says " +
                        ledger::tonnes(known->second->first_transferred) + " and " +
                        ledger::tonnes(known->second->used) + ".";
      items_.push_back({std::nullopt,
                        "adjustment-" + std::to_string(key.second),
                        std::move(what),
                        {due.changed_by}});
    }
  }

  // By 15 April for the year before (2/CMA.3, annex, 20), from the first authorization on.
  void add_annual_reports() {
    std::optional<AuthorizationVersion> first;
    for (const auto& versions : books_.authorizations()) {
      if (versions.front().row.party != party_) continue;
      if (!first || versions.front().date < first->date) first = versions.front();
    }
    if (!first) return;
    for (Year year = ledger::year_of(first->date); year < ledger::year_of(until_); ++year) {
      add(ledger::make_date(year + 1, 4, 15), "aef-" + std::to_string(year),
          "Submit the annual information (AEF) of " + std::to_string(year) + ".", {first->seq});
    }
  }

  void add_authorizations() {
    for (const auto& versions : books_.authorizations()) {
      const ledger::Authorization& row = versions.back().row;
      if (row.party != party_) continue;
      const std::vector<ledger::Seq> entries{versions.back().seq};
      add(ledger::date_of(row.effective), "effective-" + row.id,
          "Authorization " + row.id + " takes effect; objections end.", entries);
      if (row.issue_until) {
        add(*row.issue_until, "issue-until-" + row.id,
            "Last day to issue under authorization " + row.id + ".", entries);
      }
      if (row.use_until) {
        add(*row.use_until, "use-until-" + row.id,
            "Last day to first transfer, use or cancel for OP under authorization " + row.id + ".",
            entries);
      }
    }
  }

  void add_grants() {
    constexpr std::string_view roles[] = {"authority", "secretariat", "inventory team", "verifier",
                                          "developer"};
    for (const ledger::Grant& grant : books_.grants()) {
      const bool own =
          std::find(grant.parties.begin(), grant.parties.end(), party_) != grant.parties.end();
      if (!own || !grant.until || grant.ended_at) continue;
      add(ledger::date_of(*grant.until), "grant-" + grant.id,
          "The role of " + books_.participants()[grant.participant].id + " as " +
              std::string(roles[static_cast<std::size_t>(grant.role)]) + " ends (" + grant.id +
              ").",
          {grant.origin.seq});
    }
  }

  void add_oimp_cutoffs() {
    const ledger::Authorization* oimp = nullptr;
    for (const auto& versions : books_.authorizations()) {
      const ledger::Authorization& row = versions.back().row;
      const bool other_purposes =
          std::any_of(row.purposes.begin(), row.purposes.end(),
                      [](ledger::Purpose p) { return p != ledger::Purpose::ndc; });
      if (row.party == party_ && other_purposes) oimp = &row;
    }
    if (oimp == nullptr) return;
    for (const ledger::Ndc& ndc : books_.ndcs()) {
      if (ndc.party != party_) continue;
      add(ledger::make_date(oimp_cutoff_year(ndc.to), 12, 31), "oimp-" + std::to_string(ndc.to),
          "Last day to record first transfers for other international mitigation purposes of the "
          "NDC period that ends with " +
              std::to_string(ndc.to) + ".",
          {ndc.origin.seq});
    }
  }

  const Books& books_;
  Index party_;
  Date from_, until_;
  std::vector<DueItem> items_;
};

// A line of RFC 5545: folded where it is longer than 75 bytes, never inside a character.
void put_line(std::string& out, std::string_view line) {
  constexpr std::size_t longest = 75;
  std::size_t room = longest;
  while (line.size() > room) {
    std::size_t cut = room;
    while ((static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = longest - 1;
  }
  out.append(line).append("\r\n");
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

// "20290415" of a day, "20290415T080000Z" of a moment.
std::string compact(Date date) {
  std::string text = ledger::format_date(date);
  std::erase(text, '-');
  return text;
}
std::string compact(ledger::Timestamp time) {
  const std::string text = ledger::format_timestamp(time);
  return compact(ledger::date_of(time)) + "T" + text.substr(11, 2) + text.substr(14, 2) +
         text.substr(17, 2) + "Z";
}

}  // namespace

std::optional<DueList> make_due_list(const Books& books, const ledger::Id& party, Date until,
                                     const Provenance& provenance) {
  const std::optional<Index> index = books.find_party(party);
  if (!index) return std::nullopt;
  const Date from = ledger::date_of(books.time());
  return DueList{party, provenance, books.size() - 1, books.time(),
                 Collector(books, *index, from, until).run()};
}

std::string describe(const DueList& list) {
  std::string out;
  if (list.provenance.demonstration) out += std::string(demonstration_mark) + "\n";
  out += "Due of " + list.party + "\nLedger " + list.provenance.ledger + ", as of entry " +
         std::to_string(list.entry) + " (" + ledger::format_timestamp(list.time) + ")\n\n";
  if (list.items.empty()) out += "Nothing.\n";
  for (const DueItem& item : list.items) {
    out += (item.date ? ledger::format_date(*item.date) : std::string("open now  ")) + "  " +
           item.what + "\n";
  }
  return out;
}

std::string to_icalendar(const DueList& list) {
  std::string out;
  put_line(out, "BEGIN:VCALENDAR");
  put_line(out, "VERSION:2.0");
  put_line(out, "PRODID:-//itmo-ledger//due//EN");
  for (const DueItem& item : list.items) {
    std::string summary = list.party + ": " + item.what;
    if (list.provenance.demonstration) summary += " " + std::string(demonstration_mark);
    put_line(out, "BEGIN:VEVENT");
    put_line(out, "UID:" + item.id + "-" + list.party + "@" + list.provenance.ledger);
    put_line(out, "DTSTAMP:" + compact(list.time));
    put_line(out, "DTSTART;VALUE=DATE:" + compact(item.date.value_or(ledger::date_of(list.time))));
    put_line(out, "SUMMARY:" + escaped(summary));
    put_line(out, "END:VEVENT");
  }
  put_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace replay
