#include "replay/due.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "ledger/fraction.hpp"
#include "ledger/movement.hpp"
#include "replay/audit_words.hpp"
#include "replay/due_reviews.hpp"

namespace replay {
namespace {

using ledger::Date;
using ledger::Fraction;
using ledger::Index;
using ledger::make_fraction;
using ledger::Year;

class Collector {
 public:
  Collector(const Books& books, Index party, Date from, Date until, const Calendar& calendar)
      : books_(books), calendar_(calendar), party_(party), from_(from), until_(until) {
    for (const Stands& stands : books.stands_before({std::numeric_limits<std::int64_t>::max()})) {
      for (const auto& [first, stand] : stands) {
        if (stand.standing.status == ledger::UnitStatus::held) held_.push_back(stand);
      }
    }
  }

  std::vector<DueItem> run() {
    add_adjustments();
    add_reviews();
    add_annual_reports();
    add_authorizations();
    add_grants();
    add_oimp_cutoffs();
    add_finality();
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

  // What the log gives for a year: its own figures, and the amount by the declared method.
  struct Figures {
    DueYear own;
    Fraction amount;
    ledger::Seq changed_by = 0;  // the last entry that moved what the amount counts
    bool averages = false;
  };
  [[nodiscard]] Figures figures_of(Year year) const {
    Figures out;
    const ledger::Ndc* ndc = books_.ndc_of(party_, year);
    out.averages = ndc != nullptr && ndc->method == ledger::Method::averaging;
    const Year from = out.averages ? ndc->from : year;
    std::int64_t net = 0;
    const auto end = books_.due_years().upper_bound({party_, year});
    for (auto it = books_.due_years().lower_bound({party_, from}); it != end; ++it) {
      net += it->second.first_transferred - it->second.used;
      out.changed_by = std::max(out.changed_by, it->second.changed_by);
      if (it->first.second == year) out.own = it->second;
    }
    out.amount = make_fraction(net, year - from + 1);
    return out;
  }

  // The years in which something may be due: an average is so of every year that has begun.
  [[nodiscard]] std::set<Year> adjusted_years() const {
    std::set<Year> years;
    for (const auto& [key, due] : books_.due_years()) {
      if (key.first == party_) years.insert(key.second);
    }
    for (const ledger::Ndc& ndc : books_.ndcs()) {
      if (ndc.party != party_ || ndc.method != ledger::Method::averaging) continue;
      const Year last = std::min(ndc.to, ledger::year_of(from_));
      for (Year year = ndc.from; year <= last; ++year) years.insert(year);
    }
    return years;
  }

  // The newest recorded version of each year, against what the log gives.
  void add_adjustments() {
    std::map<Year, const ledger::AdjustmentEffect*> recorded;
    for (const ledger::AdjustmentEffect& adjustment : books_.adjustments()) {
      if (adjustment.party == party_) recorded[adjustment.year] = &adjustment;
    }
    for (const Year year : adjusted_years()) {
      const auto known = recorded.find(year);
      add_adjustment(year, figures_of(year), known == recorded.end() ? nullptr : known->second);
    }
  }

  void add_adjustment(Year year, const Figures& due, const ledger::AdjustmentEffect* known) {
    const bool same =
        known == nullptr
            ? due.own.first_transferred == 0 && due.own.used == 0 && due.amount.num == 0
            : known->first_transferred == due.own.first_transferred &&
                  known->used == due.own.used &&
                  Fraction{known->amount_num, known->amount_den} == due.amount;
    if (same) return;
    std::string what = "Record the adjustment of " + std::to_string(year) + ": first transferred " +
                       ledger::in_units(due.own.first_transferred) + ", used " +
                       ledger::in_units(due.own.used);
    if (due.averages) what += ", average " + text_of(due.amount);
    if (known == nullptr) {
      what += "; nothing is recorded.";
    } else {
      what += "; version " + std::to_string(known->version) + " says " +
              ledger::in_units(known->first_transferred) + " and " + ledger::in_units(known->used);
      if (due.averages)
        what += ", average " + ledger::text_of({known->amount_num, known->amount_den});
      what += ".";
    }
    items_.push_back(
        {std::nullopt, "adjustment-" + std::to_string(year), std::move(what), {due.changed_by}});
  }

  void add_reviews() {
    for (DueItem& item : reviews_due(books_, party_)) {
      if (!item.date || *item.date <= until_) items_.push_back(std::move(item));
    }
  }

  // By 15 April for the year before (2/CMA.3, annex, 20), from the first authorization or the first
  // ITMO on that the Party transferred or had in its section.
  void add_annual_reports() {
    std::optional<std::pair<Date, ledger::Seq>> first;
    for (const AuthorizationBook& book : books_.authorizations()) {
      if (book.row.party == party_) take_earlier(first, book.row.origin.date, book.row.origin.seq);
    }
    for (const Happening& happening : books_.happenings()) {
      if (!is_own_action(happening.unit)) continue;
      const Occasion& occasion = books_.occasions()[happening.occasion];
      take_earlier(first, ledger::date_of(occasion.time), occasion.seq);
      break;  // the others are later
    }
    if (!first) return;
    for (Year year = ledger::year_of(first->first); year < ledger::year_of(until_); ++year) {
      add(ledger::make_date(year + 1, 4, 15), "aef-" + std::to_string(year),
          "Submit the annual information (AEF) of " + std::to_string(year) + ".", {first->second});
    }
  }
  static void take_earlier(std::optional<std::pair<Date, ledger::Seq>>& first, Date date,
                           ledger::Seq seq) {
    if (!first || date < first->first) first = {date, seq};
  }
  [[nodiscard]] bool is_own_action(const ledger::UnitEffect& unit) const {
    if (!unit.after.first_transferred) return false;
    return (unit.first_transfer && books_.lots()[unit.after.lot].host == party_) ||
           books_.accounts()[unit.after.account].party == party_;
  }

  void add_authorizations() {
    const std::set<std::pair<Index, std::int64_t>> ruling = ruling_versions();
    for (std::size_t i = 0; i < books_.authorizations().size(); ++i) {
      const AuthorizationBook& book = books_.authorizations()[i];
      if (book.row.party != party_) continue;
      if (!book.row.revoked) add_beginning(book);
      for (const AuthorizationVersion& version : book.versions()) {
        const ledger::Terms& terms = version.terms;
        if (terms.use_until && ruling.contains({static_cast<Index>(i), terms.version})) {
          add_last_use(terms, terms.version == book.row.version);
        }
      }
    }
  }

  // The versions that units held today stand under, and those in force.
  [[nodiscard]] std::set<std::pair<Index, std::int64_t>> ruling_versions() const {
    std::set<std::pair<Index, std::int64_t>> out;
    for (std::size_t i = 0; i < books_.authorizations().size(); ++i) {
      const ledger::Authorization& row = books_.authorizations()[i].row;
      if (!row.revoked) out.insert({static_cast<Index>(i), row.version});
    }
    for (const Stand& stand : held_) {
      const ledger::Lot& lot = books_.lots()[stand.standing.lot];
      if (stand.standing.first_transferred || books_.is_authorized(lot)) {
        out.insert({lot.host_authorization, books_.host_terms(stand.standing).version});
      }
      if (stand.standing.acquirer_authorization != 0) {
        out.insert({stand.standing.acquirer_authorization - 1, stand.standing.acquirer_version});
      }
    }
    return out;
  }

  void add_beginning(const AuthorizationBook& book) {
    const ledger::Authorization& row = book.row;
    add(ledger::date_of(row.effective), "effective-" + row.id,
        "Authorization " + row.id + " takes effect; objections end.", {row.origin.seq});
    if (row.issue_until) {
      add(*row.issue_until, "issue-until-" + row.id,
          "Last day to issue under authorization " + row.id + ".", {row.stated.seq});
    }
    if (!row.notice) return;
    const bool change = book.steps.back().kind == AuthorizationStep::Sort::notice_of_change;
    add(ledger::date_of(ledger::plus_days(row.notice->given, row.change.notice_days)),
        "notice-" + row.id,
        "First day on which the " + std::string(change ? "change" : "revocation") +
            " of authorization " + row.id + " that notice was given of can take effect.",
        {row.notice->origin.seq});
  }

  void add_last_use(const ledger::Terms& terms, bool newest) {
    const std::string version = std::to_string(terms.version);
    add(*terms.use_until, "use-until-" + terms.id + (newest ? "" : "-version-" + version),
        "Last day to first transfer, use or cancel for OP under authorization " + terms.id +
            (newest ? "" : ", version " + version) + ".",
        {terms.stated.seq});
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

  // Whether something may still be first transferred for other purposes.
  [[nodiscard]] bool has_oimp() const {
    const auto& all = books_.authorizations();
    return std::any_of(all.begin(), all.end(),
                       [&](const AuthorizationBook& book) {
                         return book.row.party == party_ && !book.row.revoked &&
                                ledger::has_oimp(book.row);
                       }) ||
           std::any_of(held_.begin(), held_.end(), [&](const Stand& stand) {
             const ledger::Lot& lot = books_.lots()[stand.standing.lot];
             return !stand.standing.first_transferred && lot.host == party_ &&
                    books_.is_authorized(lot) &&
                    ledger::has_oimp(books_.host_terms(stand.standing));
           });
  }

  void add_oimp_cutoffs() {
    if (!has_oimp()) return;
    for (const ledger::Ndc& ndc : books_.ndcs()) {
      if (ndc.party != party_) continue;
      add(ledger::make_date(calendar_.oimp_cutoff_year(ndc.to), 12, 31),
          "oimp-" + std::to_string(ndc.to),
          "Last day to record first transfers for other international mitigation purposes of the "
          "NDC period that ends with " +
              std::to_string(ndc.to) + ".",
          {ndc.origin.seq});
    }
  }

  void add_finality() {
    for (const ledger::Ndc& ndc : books_.ndcs()) {
      const std::optional<Date> day = calendar_.finality_of(ndc.to);
      if (ndc.party != party_ || !day) continue;
      add(*day, "final-" + std::to_string(ndc.to),
          "The adjustments of the NDC period that ends with " + std::to_string(ndc.to) +
              " become final.",
          {ndc.origin.seq});
    }
  }

  const Books& books_;
  const Calendar& calendar_;
  Index party_;
  Date from_, until_;
  std::vector<Stand> held_;  // units that are neither used nor cancelled
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
                                     const Provenance& provenance, const Calendar& calendar) {
  const std::optional<Index> index = books.find_party(party);
  if (!index) return std::nullopt;
  const Date from = ledger::date_of(books.time());
  return DueList{party, provenance, books.size() - 1, books.time(),
                 Collector(books, *index, from, until, calendar).run()};
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
