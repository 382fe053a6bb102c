#include "api/demo_figures.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "api/itmo_wording.hpp"
#include "crypto/text.hpp"

namespace api::demo {
namespace {

using Json = nlohmann::json;
using itmo::amount;

void keep(ByYear& years, ledger::Year year, std::int64_t quantity) {
  if (quantity != 0) years[year] = quantity;
}

void sort_by_id(std::vector<AccountFigures>& accounts) {
  std::sort(accounts.begin(), accounts.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
}

// ---- the auditor's ----

ByYear years_of(const Json& list) {
  ByYear out;
  for (const Json& each : list) keep(out, each.at("year"), each.at("quantity"));
  return out;
}

Figures read_report(const Json& report) {
  const Json& totals = report.at("totals");
  const Json& units = totals.at("units");
  Figures out{
      units.at("issued"), units.at("held"), units.at("used"), units.at("cancelled"), {}, {}};
  for (const Json& each : totals.at("parties")) {
    PartyFigures& party = out.parties[each.at("id")];
    party.issued = each.at("issued");
    party.first_transferred = years_of(each.at("first_transferred"));
    party.used = years_of(each.at("used_for"));
    for (const Json& version : each.at("adjustments")) {
      keep(party.adjusted, version.at("year"),
           version.at("first_transferred").get<std::int64_t>() -
               version.at("used").get<std::int64_t>());
    }
  }
  for (const Json& each : totals.at("accounts")) {
    out.accounts.push_back({each.at("id"), each.at("participant"), each.at("quantity")});
  }
  sort_by_id(out.accounts);
  return out;
}

// ---- the server's ----

Told<Json> ask(HttpClient& client, const std::string& target) {
  const Told<Response> response = client.get(target);
  if (!response) return tell(response.error());
  Json json = Json::parse(response->body, nullptr, false);
  if (response->status != 200 || !json.is_object()) {
    return tell(target + " is answered by " + std::to_string(response->status));
  }
  return json;
}

ByYear years_by_name(const Json& years) {
  ByYear out;
  for (const auto& [year, quantity] : years.items()) keep(out, std::stoi(year), quantity);
  return out;
}

void add_party(Figures& figures, const Json& answer) {
  const Json& units = answer.at("units");
  PartyFigures& party = figures.parties[answer.at("participant").at("id")];
  party.issued = units.at("issued");
  party.first_transferred = years_by_name(answer.at("first_transferred"));
  party.used = years_by_name(answer.at("used_for"));
  for (const Json& year : answer.at("adjustments")) {
    if (year.at("recorded").empty()) continue;
    const Json& newest = year.at("recorded").back();
    keep(
        party.adjusted, year.at("year"),
        newest.at("first_transferred").get<std::int64_t>() - newest.at("used").get<std::int64_t>());
  }
  for (const Json& account : answer.at("accounts")) {
    figures.accounts.push_back({account.at("id"), account.at("holder"), account.at("held")});
  }
  figures.issued += party.issued;
  figures.held += units.at("held").get<std::int64_t>();
  figures.used += units.at("used").get<std::int64_t>();
  figures.cancelled += units.at("cancelled").get<std::int64_t>();
}

// ---- print ----

std::string padded_left(const std::string& text, std::size_t to) {
  return text.size() < to ? std::string(to - text.size(), ' ') + text : text;
}

std::string padded(std::string text, std::size_t to) {
  if (text.size() < to) text.resize(to, ' ');
  return text;
}

std::int64_t at(const ByYear& years, ledger::Year year) {
  const auto it = years.find(year);
  return it == years.end() ? 0 : it->second;
}

// Every year of which anything is due or recorded.
std::set<ledger::Year> years_of(const PartyFigures& party) {
  std::set<ledger::Year> years;
  for (const ByYear* each : {&party.first_transferred, &party.used, &party.adjusted}) {
    for (const auto& [year, quantity] : *each) years.insert(year);
  }
  return years;
}

void print_row(const std::vector<std::string>& cells) {
  constexpr std::size_t widths[] = {6, 6, 20, 14, 14};
  std::string line = "  ";
  for (std::size_t i = 0; i < 5; ++i) {
    line += i < 2 ? padded(cells[i], widths[i]) : padded_left(cells[i], widths[i]);
  }
  std::cout << line << "  " << cells[5] << '\n';
}

std::string signed_amount(std::int64_t quantity) {
  return (quantity > 0 ? "+" : "") + amount(quantity);
}

void print_party(const ledger::Id& id, const PartyFigures& party) {
  const auto years = years_of(party);
  if (years.empty()) print_row({id, "-", amount(0), amount(0), amount(0), "nothing due"});
  for (const ledger::Year year : years) {
    const std::int64_t first = at(party.first_transferred, year);
    const std::int64_t used = at(party.used, year);
    const bool recorded = party.adjusted.contains(year);
    print_row({id, std::to_string(year), amount(first), amount(used), signed_amount(first - used),
               recorded ? signed_amount(party.adjusted.at(year)) : "computed, not reported"});
  }
}

}  // namespace

// A Party's answer has the accounts of its section, and every account is in some section.
Told<Figures> figures_of_server(const Stage& stage, HttpClient& client) {
  const auto& opening = std::get<ledger::LedgerOpened>(stage.acts.front().event.body);
  Figures figures;
  for (const auto& party : opening.parties) {
    const Told<Json> answer = ask(client, "/v1/parties/" + party.id);
    if (!answer) return tell(answer.error());
    try {
      add_party(figures, *answer);
    } catch (const Json::exception& error) {  // how that library says that a member is not there
      return tell("the server's answer on " + party.id + " lacks a figure: " + error.what());
    }
  }
  sort_by_id(figures.accounts);
  return figures;
}

Told<Figures> figures_of_audit(const std::string& report) {
  const Json json = Json::parse(report, nullptr, false);
  try {
    return read_report(json);
  } catch (const Json::exception& error) {  // how that library says that a member is not there
    return tell("the auditor's report lacks a figure: " + std::string(error.what()));
  }
}

void print_figures(const Figures& figures) {
  std::cout << "  " << amount(figures.issued) << " issued = " << amount(figures.held) << " held + "
            << amount(figures.used) << " used + " << amount(figures.cancelled)
            << " cancelled\n\nAccounts\n";
  for (const AccountFigures& account : figures.accounts) {
    std::cout << "  " << padded(account.id, 16) << padded_left(amount(account.quantity), 12)
              << "  held by " << account.participant << '\n';
  }
  std::cout << "\nCorresponding adjustments\n";
  print_row({"Party", "Year", "first transferred", "used", "due", "recorded"});
  for (const auto& [id, party] : figures.parties) print_party(id, party);
}

Told<> print_before_last_entry(HttpClient& client) {
  const Told<Json> now = ask(client, "/v1/parties/XHA");
  if (!now) return tell(now.error());
  try {
    const std::int64_t before = now->at("as_of").at("entry").get<std::int64_t>() - 1;
    const Told<Json> then = ask(client, "/v1/parties/XHA?at=" + std::to_string(before));
    if (!then) return tell(then.error());
    for (const Json& year : then->at("adjustments")) {
      if (year.at("year") != 2027 || year.at("recorded").empty()) continue;
      std::cout << "As it stood at entry " << before << ": XHA's 2027 due "
                << amount(year.at("due").at("first_transferred")) << ", recorded "
                << amount(year.at("recorded").back().at("first_transferred")) << ", difference "
                << amount(year.at("difference")) << ".\n";
      return {};
    }
  } catch (const Json::exception& error) {  // how that library says that a member is not there
    return tell("the server's answer on XHA lacks a figure: " + std::string(error.what()));
  }
  return tell("the server has no earlier adjustment of XHA");
}

std::string outcome_json(const Figures& figures, const crypto::Checkpoint& checkpoint,
                         const Stage& stage, const std::filesystem::path& bundle,
                         const std::filesystem::path& aef, const std::vector<Watcher>& watchers) {
  using Ordered = nlohmann::ordered_json;
  const auto years = [](const ByYear& map) {
    Ordered out = Ordered::object();
    for (const auto& [year, quantity] : map) out[std::to_string(year)] = quantity;
    return out;
  };
  Ordered out;
  out["log"] = {{"size", checkpoint.size}, {"root", crypto::to_hex(checkpoint.root.view())}};
  out["bundle"] = bundle.string();
  out["vkey"] = stage.vkey_file.string();
  out["aef"] = aef.string();
  out["totals"] = {{"issued", figures.issued},
                   {"held", figures.held},
                   {"used", figures.used},
                   {"cancelled", figures.cancelled}};
  for (const auto& [id, party] : figures.parties) {
    out["parties"][id] = {{"issued", party.issued},
                          {"first_transferred", years(party.first_transferred)},
                          {"used", years(party.used)},
                          {"adjusted", years(party.adjusted)}};
  }
  out["accounts"] = Ordered::array();
  for (const AccountFigures& account : figures.accounts) {
    out["accounts"].push_back(
        {{"id", account.id}, {"participant", account.participant}, {"quantity", account.quantity}});
  }
  out["watchers"] = Ordered::array();
  for (const Watcher& watcher : watchers) {
    Ordered files = Ordered::array();
    for (const auto& file : watcher.evidence) files.push_back(file.string());
    out["watchers"].push_back(
        {{"name", watcher.key.name}, {"cosigned", watcher.cosigned.size}, {"evidence", files}});
  }
  return out.dump(2);
}

}  // namespace api::demo
