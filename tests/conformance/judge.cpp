#include "tests/conformance/judge.hpp"

#include "crypto/text.hpp"
#include "ledger/fraction.hpp"
#include "replay/aef_files.hpp"
#include "replay/summary.hpp"
#include "tests/support/ledger_builder.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

// ---- what stands ----

template <class Number>
void set_unless_zero(Json& object, const std::string& key, Number value) {
  if (value != 0) object[key] = value;
}

Json accounts_of(const State& state) {
  Json held = Json::object();
  for (const Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      if (run.standing.status != UnitStatus::held) return;
      Json& sum = held[state.accounts[run.standing.account].id];
      sum = (sum.is_null() ? 0 : sum.get<std::int64_t>()) + run.range.quantity();
    });
  }
  return held;
}

struct Sums {
  std::int64_t issued = 0, held = 0, used = 0, cancelled = 0, first_transferred = 0;
};

Json activities_of(const State& state) {
  std::map<std::pair<Index, Year>, Sums> sums;
  for (const Lot& lot : state.lots) {
    if (lot.issued_as) continue;  // the same units again
    sums[{lot.activity, lot.vintage}].issued += lot.last - lot.first + 1;
  }
  for (const Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      const Lot& lot = state.lots[run.standing.lot];
      Sums& sum = sums[{lot.activity, lot.vintage}];
      const std::int64_t quantity = run.range.quantity();
      if (run.standing.status == UnitStatus::held) sum.held += quantity;
      if (run.standing.status == UnitStatus::used) sum.used += quantity;
      if (run.standing.status == UnitStatus::cancelled) sum.cancelled += quantity;
      if (run.standing.first_transferred) sum.first_transferred += quantity;
    });
  }
  Json out = Json::object();
  for (const auto& [key, sum] : sums) {
    out[state.activities[key.first].id][std::to_string(key.second)] = {
        {"issued", sum.issued},
        {"held", sum.held},
        {"used", sum.used},
        {"cancelled", sum.cancelled},
        {"first_transferred", sum.first_transferred}};
  }
  return out;
}

Json parties_of(const State& state) {
  Json out = Json::object();
  for (const auto& [key, year] : state.party_years) {
    const std::string party = state.participants[key.first].id, name = std::to_string(key.second);
    if (year.first_transferred != 0) out[party]["first_transferred"][name] = year.first_transferred;
    if (year.used != 0) out[party]["used"][name] = year.used;
    if (year.version == 0) continue;
    out[party]["recorded"][name] = {{"version", year.version},
                                    {"first_transferred", year.recorded_first_transferred},
                                    {"used", year.recorded_used}};
  }
  return out;
}

Json authorizations_of(const State& state, const replay::Books& books) {
  Json out = Json::object();
  for (const Authorization& row : state.authorizations.rows()) {
    Json& each = out[row.id] = {{"version", row.version},
                                {"first_transferred", row.first_transferred},
                                {"acquired", row.acquired}};
    if (row.revoked) each["revoked"] = true;
  }
  // Outstanding units that a revocation released.
  for (const Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      const Lot& lot = state.lots[run.standing.lot];
      if (run.standing.status != UnitStatus::held || run.standing.first_transferred) return;
      if (lot.released || books.is_authorized(lot)) return;
      Json& released = out[state.authorizations[lot.host_authorization].id]["released"];
      released = (released.is_null() ? 0 : released.get<std::int64_t>()) + run.range.quantity();
    });
  }
  return out;
}

Json findings_of(const State& state) {
  Json out = Json::object();
  for (const Finding& row : state.findings.rows()) {
    Json& each = out[row.id] = {{"open", !row.resolved_at}};
    if (row.excess) each["excess"] = row.excess->open;
  }
  return out;
}

Json reversals_of(const State& state) {
  Json out = Json::object();
  for (const auto& [activity, row] : state.reversals) {
    out[state.activities[activity].id] = {{"recorded", row.recorded}, {"open", row.open()}};
  }
  return out;
}

// The emissions balance of each year of each Party's NDC periods for which it reported emissions.
Json balances_of(const replay::Books& books) {
  Json out = Json::object();
  for (const Ndc& ndc : books.ndcs()) {
    const std::string party = books.participants()[ndc.party].id;
    const auto summary = replay::make_summary(books, party, ndc.to, {});
    if (!summary) continue;
    for (const replay::SummaryYear& year : summary->years) {
      if (year.balance) out[party][std::to_string(year.year)] = text_of(*year.balance);
    }
  }
  return out;
}

}  // namespace

Json figures_of(const Machine& machine, const replay::Books& books) {
  const State& state = machine.state();
  return {{"accounts", accounts_of(state)}, {"activities", activities_of(state)},
          {"parties", parties_of(state)},   {"authorizations", authorizations_of(state, books)},
          {"findings", findings_of(state)}, {"reversals", reversals_of(state)},
          {"balances", balances_of(books)}};
}

namespace {

// ---- judging ----

class Judge {
 public:
  [[nodiscard]] std::vector<std::string> take(const Json& stream) {
    for (const Json& step : stream.at("steps")) {
      about_ = "step " + std::to_string(++step_) + " (" + step.at("about").get<std::string>() + ")";
      if (step.contains("submission")) submit(step);
      if (step.contains("stands")) compare(step["stands"]);
      if (step.contains("reports")) report(step["reports"]);
      if (step.contains("reports_stay")) report_again(step["reports_stay"]);
    }
    about_ = "the end";
    expect(stream.at("size") == machine_.size(), "the log has another size");
    expect(stream.at("root") == crypto::to_hex(machine_.tree().root.view()), "another root");
    return std::move(problems_);
  }

 private:
  void expect(bool holds, const std::string& what) {
    if (!holds) problems_.push_back(about_ + ": " + what);
  }

  void submit(const Json& step) {
    const std::string submission = step["submission"].dump();
    const Machine before = machine_;
    const auto time = parse_timestamp(step["submission"].value("time", ""));
    expect(time && !(*time < machine_.time()), "a server would refuse its time (LOG-3)");
    test_support::Answer answer = test_support::submit(machine_, submission);
    if (step.contains("clause")) {
      expect(answer.clause == step["clause"], "answered \"" + answer.clause + "\", not " +
                                                  step["clause"].dump() + "; " + answer.detail);
      expect(answer.admitted() || machine_ == before, "a refusal changed something");
    } else {
      expect(answer.admitted(), answer.clause + ". " + answer.detail);
      expect(step.at("admitted").at("seq") == before.size(), "admitted in another place");
      expect(step["admitted"].at("leaf") == crypto::to_hex(machine_.head().view()), "another leaf");
    }
    if (!answer.admitted()) return;
    if (effects_.empty()) origin_ = step["submission"]["event"]["ledger"];
    books_.take(*answer.effects);
    note_differences(*answer.effects);
    effects_.push_back(std::move(*answer.effects));
  }

  void note_differences(const Effects& effects) {
    for (const RowEffect& row : effects.rows) {
      const auto* difference = std::get_if<DifferenceEffect>(&row);
      if (difference == nullptr) continue;
      differing_.push_back(machine_.state().reports[difference->report].id);
    }
  }

  void compare(const Json& stands) {
    Json figures = figures_of(machine_, books_);
    figures["differing_reports"] = differing_;
    for (const auto& [name, value] : stands.items()) {
      expect(figures.contains(name) && figures[name] == value,
             name + " is " + figures.value(name, Json()).dump() + ", not " + value.dump());
    }
  }

  // The bytes of that report, made from the log up to the entry in its name.
  [[nodiscard]] std::string made(const std::string& name) const {
    const auto file = replay::parse_file_name(name);
    if (!file || file->entry >= effects_.size()) return "no such report";
    replay::Books books;
    for (Seq seq = 0; seq <= file->entry; ++seq) books.take(effects_[seq]);
    if (const auto problem = replay::problem_of(books, file->request)) return *problem;
    return replay::to_json(
        replay::make_aef(books, file->request,
                         {origin_, machine_.state().mode == LedgerOpened::Mode::demonstration}));
  }

  void report(const Json& reports) {
    for (const auto& [name, value] : reports.items()) {
      known_[name] = value.dump() + "\n";
      expect(made(name) == known_[name], "another report: " + name);
    }
  }

  void report_again(const Json& names) {
    for (const std::string name : names) {
      expect(known_.contains(name) && made(name) == known_[name], "no longer the same: " + name);
    }
  }

  Machine machine_;
  replay::Books books_;
  std::vector<Effects> effects_;
  std::string origin_;
  Json differing_ = Json::array();
  std::map<std::string, std::string> known_;
  std::size_t step_ = 0;
  std::string about_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> problems_of(const Json& stream) {
  return Judge().take(stream);
}

}  // namespace conformance
