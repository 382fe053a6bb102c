// The statement of account of a participant: every account it holds, what came and went by which
// entry, and what stands there, from the books of a log at one entry (spec/reports.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"

namespace replay {

// Units of one lot that came, went or ended by one entry.
struct StatementMove {
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  std::string what;               // "issued", "sent to XBA-FUND-XBA (XBA)", "used for 2027"
  std::string first_id, last_id;  // five-part identifiers
  std::string noun;               // "mitigation outcome" or "ITMO", as they are afterwards
  std::int64_t change = 0;        // of the balance
  std::int64_t balance = 0;       // behind it
  std::optional<ledger::Date> executed_on;  // where the entry took over a movement of that day
};

// Units that stand alike there.
struct StatementBlock {
  std::string first_id, last_id;
  std::string noun;
  std::string stopped;  // "frozen", "reserved"; empty where nothing but the account stops them
  std::int64_t quantity = 0;
  ledger::Year vintage = 0;
  ledger::Seq since = 0;  // the latest entry that changed one of them
};

struct StatementLock {
  ledger::Lock lock;
  std::string registry;  // that issued its units; empty where it is of the whole account
};

struct StatementAccount {
  ledger::Account account;
  std::string party;  // of its section
  std::vector<StatementMove> moves;
  std::vector<StatementBlock> blocks;
  std::vector<StatementLock> locks;  // that hold now, in the order of locking
  std::int64_t balance = 0;
};

struct Statement {
  Provenance provenance;
  ledger::Participant participant;
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  std::vector<StatementAccount> accounts;  // in the order of opening
};

// Nothing where the participant is unknown.
[[nodiscard]] std::optional<Statement> make_statement(const Books& books,
                                                      const ledger::Id& participant,
                                                      const Provenance& provenance);

[[nodiscard]] std::string to_text(const Statement& statement);
[[nodiscard]] std::string to_csv(const Statement& statement);   // one line a move
[[nodiscard]] std::string to_html(const Statement& statement);  // a page to print, without scripts

}  // namespace replay
