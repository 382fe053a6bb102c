#include "replay/aef.hpp"

#include <algorithm>
#include <map>

#include "replay/aef_actions.hpp"
#include "replay/aef_words.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using namespace aef;  // NOLINT: words of this subject
using ledger::Index;

// Makes tables 1, 2 and 5 of a Party's year.
class Terms {
 public:
  Terms(const Books& books, const AefRequest& request, const Provenance& provenance)
      : books_(books),
        request_(request),
        demonstration_(provenance.demonstration),
        party_(*books.find_party(request.party)) {}

  [[nodiscard]] AefRow submission() const {
    const ledger::Ndc* ndc = books_.ndc_of(party_, request_.year);
    AefRow row;
    if (ndc != nullptr) row.entries = {ndc->origin.seq};
    row.cells = {Cell(request_.profile == AefProfile::carp_checker ? country(request_.party)
                                                                   : request_.party),
                 Cell(request_.version),
                 Cell(std::int64_t{request_.year}),
                 Cell(*request_.submitted),
                 Cell(std::string(by_carp)),
                 Cell(std::string(by_carp)),
                 ndc != nullptr ? Cell(std::int64_t{ndc->from}) : Cell(),
                 ndc != nullptr ? Cell(std::int64_t{ndc->to}) : Cell(),
                 Cell(std::string(link_by_carp))};
    return row;
  }

  // Every version that the Party made until the end of the year.
  [[nodiscard]] std::vector<AefRow> authorizations() const {
    std::vector<AefRow> rows;
    for (const AuthorizationBook& book : books_.authorizations()) {
      if (book.row.party != party_) continue;
      for (const AuthorizationVersion& version : book.versions()) {
        if (is_reported(version.terms.stated)) rows.push_back(authorization(version, book));
      }
    }
    return rows;
  }

  // Every entity once for each authorization, and again where what it may do changes.
  [[nodiscard]] std::vector<AefRow> entities() const {
    std::vector<AefRow> rows;
    for (const AuthorizationBook& book : books_.authorizations()) {
      if (book.row.party != party_) continue;
      std::map<Index, std::vector<ledger::Act>> known;
      for (const AuthorizationVersion& version : book.versions()) {
        if (is_reported(version.terms.stated)) add_entities(version.terms, known, rows);
      }
    }
    return rows;
  }

 private:
  [[nodiscard]] bool is_reported(const ledger::Origin& origin) const {
    return ledger::year_of(origin.date) <= request_.year;
  }

  // What a version changes in what is known of the version before it.
  void add_entities(const ledger::Terms& terms, std::map<Index, std::vector<ledger::Act>>& known,
                    std::vector<AefRow>& rows) const {
    std::map<Index, std::vector<ledger::Act>> now;
    for (const auto& each : terms.entities) {
      now[each.participant] = each.may;
      const auto before = known.find(each.participant);
      if (before != known.end() && before->second == each.may) continue;
      rows.push_back(entity(terms, each.participant, may(each.may)));
    }
    for (const auto& [participant, acts] : known) {
      if (!now.contains(participant)) rows.push_back(entity(terms, participant, no_longer));
    }
    known = std::move(now);
  }
  static constexpr const char* no_longer = "No longer authorized.";

  // The name of a country as reports print it.
  [[nodiscard]] std::string country(const std::string& code) const {
    if (const auto official = party_name(code)) return std::string(*official);
    const auto known = books_.find_party(code);
    return known ? books_.participants()[*known].identity.name : code;
  }

  [[nodiscard]] AefRow authorization(const AuthorizationVersion& version,
                                     const AuthorizationBook& book) const {
    const ledger::Terms& row = version.terms;
    const AuthorizationStep* latest = announced_of(row, book);
    const bool ghg = row.metric == "GHG";
    const bool checker = request_.profile == AefProfile::carp_checker;
    const std::string none(not_applicable);
    AefRow out;
    out.entries = {row.stated.seq};
    if (latest != nullptr) out.entries.push_back(latest->origin.seq);
    out.cells = {Cell(row.id),
                 Cell(row.stated.date),
                 Cell(carp(row)),
                 Cell(row.version),
                 row.cap ? Cell(*row.cap) : Cell(),
                 Cell(std::string(metric_word(row.metric, request_.profile, false))),
                 Cell(ghg ? row.gwp : none),
                 Cell(ghg ? none : row.metric),
                 Cell(of_activities(row, checker ? " and " : ", ",
                                    [](const auto& terms) { return terms.sector; })),
                 Cell(of_activities(row, checker ? " + " : ", ",
                                    [](const auto& terms) { return terms.type; })),
                 Cell(std::string(purposes_word(row.purposes))),
                 Cell(parties(row)),
                 Cell(entity_numbers(row)),
                 Cell(row.oimp.value_or(none)),
                 Cell(timeframe(version, request_.profile)),
                 Cell(change_terms(row.change)),
                 Cell(std::string(link_by_carp)),
                 definition(row),
                 Cell(explanation(version, latest))};
    return out;
  }

  // What became of the newest version by the end of the year, where that is a notice or the end.
  [[nodiscard]] const AuthorizationStep* announced_of(const ledger::Terms& terms,
                                                      const AuthorizationBook& book) const {
    const AuthorizationStep* latest = nullptr;
    for (const AuthorizationStep& step : book.steps) {
      if (is_reported(step.origin)) latest = &step;
    }
    const bool tells = latest != nullptr && latest->kind != AuthorizationStep::Sort::version &&
                       latest->version == terms.version;
    return tells ? latest : nullptr;
  }

  [[nodiscard]] AefRow entity(const ledger::Terms& terms, Index participant,
                              std::string conditions) const {
    const ledger::Identity& identity = books_.participants()[participant].identity;
    AefRow out;
    out.entries = {terms.stated.seq};
    out.cells = {Cell(terms.stated.date),
                 Cell(identity.name),
                 Cell(request_.profile == AefProfile::carp_checker ? country(identity.country)
                                                                   : identity.country),
                 Cell(identity.number),
                 Cell(carp(terms)),
                 Cell(std::move(conditions)),
                 Cell(change_terms(terms.change)),
                 Cell(marked("Authorization " + terms.id + ", version " +
                             std::to_string(terms.version) + "."))};
    return out;
  }

  [[nodiscard]] std::string carp(const ledger::Terms& row) const {
    return books_.approaches()[row.approach].carp.value_or("");
  }

  // One word of each activity that the authorization covers, or of every one of the approach by the
  // end of the year where it names none; each once.
  template <class Word>
  [[nodiscard]] std::string of_activities(const ledger::Terms& row, std::string_view between,
                                          Word word) const {
    std::vector<std::string> words;
    const auto add = [&](const ledger::Activity& activity) {
      const std::string next = word(activity.terms);
      if (std::find(words.begin(), words.end(), next) == words.end()) words.push_back(next);
    };
    for (const Index index : row.activities) add(books_.activities()[index]);
    if (row.activities.empty()) {
      for (const ledger::Activity& activity : books_.activities()) {
        if (activity.approach == row.approach && is_reported(activity.origin)) add(activity);
      }
    }
    return join(words, between);
  }

  [[nodiscard]] std::string parties(const ledger::Terms& row) const {
    std::vector<std::string> ids;
    for (const Index index : row.parties) ids.push_back(books_.participants()[index].id);
    return join(ids, ", ");
  }

  // The keys of table 5.
  [[nodiscard]] std::string entity_numbers(const ledger::Terms& row) const {
    std::vector<std::string> numbers;
    for (const auto& each : row.entities) {
      numbers.push_back(books_.participants()[each.participant].identity.number);
    }
    return join(numbers, ", ");
  }

  // The host's, where the authorization covers other purposes than an NDC.
  [[nodiscard]] Cell definition(const ledger::Terms& row) const {
    const bool oimp =
        std::any_of(row.purposes.begin(), row.purposes.end(),
                    [](ledger::Purpose purpose) { return purpose != ledger::Purpose::ndc; });
    const auto& rules = books_.approaches()[row.approach].rules;
    if (!oimp || rules.empty() || !rules.back().host_definition) {
      return Cell(std::string(not_applicable));
    }
    return Cell(std::string(word_of(*rules.back().host_definition, request_.profile)));
  }

  [[nodiscard]] std::string explanation(const AuthorizationVersion& version,
                                        const AuthorizationStep* latest) const {
    std::string text = "Effective from " + slashed(ledger::date_of(version.effective)) + ".";
    if (latest != nullptr) {
      text += " " + std::string(word_of(latest->kind)) + " " + slashed(latest->origin.date) + ".";
    }
    const std::vector<std::string>& standards = version.terms.standards;
    if (!standards.empty()) text += " Standards: " + join(standards, "; ") + ".";
    return marked(std::move(text));
  }

  [[nodiscard]] std::string marked(std::string text) const {
    if (demonstration_) text += " " + std::string(demonstration_mark);
    return text;
  }

  const Books& books_;
  const AefRequest& request_;
  bool demonstration_;
  Index party_;
};

}  // namespace

std::string_view name_of(AefProfile profile) {
  return profile == AefProfile::carp_checker ? "carp-checker" : "nomenclature-2026";
}

std::optional<AefProfile> parse_aef_profile(std::string_view name) {
  for (const AefProfile profile : {AefProfile::carp_checker, AefProfile::nomenclature_2026}) {
    if (name == name_of(profile)) return profile;
  }
  return std::nullopt;
}

bool is_aef_version(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 9 &&
           std::all_of(part.begin(), part.end(), [](char c) { return '0' <= c && c <= '9'; });
  };
  return point != std::string_view::npos && digits(text.substr(0, point)) && text[0] != '0' &&
         digits(text.substr(point + 1));
}

std::string slashed(ledger::Date date) {
  const std::string iso = ledger::format_date(date);  // "2028-11-20"
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string text_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* date = std::get_if<ledger::Date>(&cell)) return slashed(*date);
  return {};
}

std::optional<std::string> problem_of(const Books& books, const AefRequest& request) {
  if (books.size() == 0) return "The log has no entry to report of.";
  if (!books.find_party(request.party)) {
    return "The ledger knows no Party " + request.party + " at that entry.";
  }
  if (request.year < 2021 || request.year > 9998) {
    return "Reports are of the years 2021 to 9998, not of " + std::to_string(request.year) + ".";
  }
  if (!is_aef_version(request.version)) {
    return "A submission's version is written as 1.0, not " + request.version + ".";
  }
  return std::nullopt;
}

Aef make_aef(const Books& books, const AefRequest& request, const Provenance& provenance) {
  Aef out;
  out.request = request;
  out.provenance = provenance;
  out.entry = books.size() - 1;
  out.time = books.time();
  if (!out.request.submitted) out.request.submitted = ledger::date_of(out.time);
  const Terms terms(books, out.request, provenance);
  out.tables = {std::vector<AefRow>{terms.submission()}, terms.authorizations(),
                action_rows(books, out.request, provenance), holding_rows(books, out.request),
                terms.entities()};
  return out;
}

}  // namespace replay
