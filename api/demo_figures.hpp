// The figures of a ledger twice over: as its server answers them, and as an offline audit
// recomputes them. They must be equal.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "api/demo_stage.hpp"
#include "api/demo_watchers.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/event.hpp"

namespace api::demo {

using ByYear = std::map<ledger::Year, std::int64_t>;  // zeros are left out

struct PartyFigures {
  std::int64_t issued = 0;   // as host
  ByYear first_transferred;  // due, by vintage
  ByYear used;               // due, by NDC year
  ByYear adjusted;           // recorded: first transferred less used of the newest version
  bool operator==(const PartyFigures&) const = default;
};

struct AccountFigures {
  ledger::Id id;
  ledger::Id participant;
  std::int64_t quantity = 0;
  bool operator==(const AccountFigures&) const = default;
};

struct Figures {
  std::int64_t issued = 0, held = 0, used = 0, cancelled = 0;
  std::map<ledger::Id, PartyFigures> parties;
  std::vector<AccountFigures> accounts;  // in order of id
  bool operator==(const Figures&) const = default;
};

// Asks the server for every Party of the opening, and with it for every account.
[[nodiscard]] Told<Figures> figures_of_server(const Stage& stage, HttpClient& client);
// Reads the report of itmo-audit --json.
[[nodiscard]] Told<Figures> figures_of_audit(const std::string& report);

// Prints accounts and Parties; what is due and not recorded is "computed, not reported".
void print_figures(const Figures& figures);

// Prints what XHA's year 2027 owed before the last entry recorded it: the views answer for any
// entry.
[[nodiscard]] Told<> print_before_last_entry(HttpClient& client);

// The outcome of the demonstration as one JSON object.
[[nodiscard]] std::string outcome_json(const Figures& figures, const crypto::Checkpoint& checkpoint,
                                       const Stage& stage, const std::filesystem::path& bundle,
                                       const std::filesystem::path& aef,
                                       const std::vector<Watcher>& watchers);

}  // namespace api::demo
