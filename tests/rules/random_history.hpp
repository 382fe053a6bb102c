// A random history: what is tried next is drawn, and becomes an event that is valid where
// it is sent, by a ledger with a row for every unit that is fed the same events.
#pragma once

#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/reference_model.hpp"

namespace rules {

namespace scene = test_support::scene;

enum class Kind {
  settle,
  sell,
  to_fund,
  retain,
  come_home,
  use,
  cancel,
  omge,
  clear_away,
  use_imp,
  use_imp_at_home,
  cancel_op,
  issue,
  reserve,
  freeze,
  freeze_account,
  unlock,
  change,
  revoke,
  attach,
  release,
  undo,
  enrol,  // from here on: random_registers.hpp
  agree,
  cycle,
  state,
  find
};
inline constexpr int kinds = static_cast<int>(Kind::find) + 1;

// What is tried next: a kind of event, and which of the units that it could name.
struct Move {
  Kind kind = Kind::settle;
  int from = 0;       // thousandths of the units that would do
  int length = 0;     // how many of them
  bool gaps = false;  // every second one only, so that there are many ranges
};
std::ostream& operator<<(std::ostream& out, const Move& move);

// A ledger and a model of it. A refusal of a move, and a unit that is first transferred twice or no
// longer, break the property that is being checked.
class History {
 public:
  // What an entry did, as its effects told it.
  struct Movement {
    ledger::Seq seq = 0;
    std::string type;
    ledger::RangeSet ranges;
    std::set<ledger::Index> accounts, lots;  // of its units before it
    scene::Signers signers;
  };

  // What is numbered or under way beside units.
  struct Chores {
    int people = 0, keys = 0, grants = 0, accounts = 0, drafts = 0;
    int approaches = 0, ndcs = 0, reports = 0, findings = 0;
    int cycle = 0;  // number of the activity; 0: nothing is prepared
    std::size_t step = 0;
    ledger::Serial batch = 1;         // the first unit that was issued last
    std::string other = "XHA-OTHER";  // the key with which XHA-OTHER signs
    // Approaches whose agreement is withheld, with the entry that names it.
    std::vector<std::pair<ledger::Seq, ledger::Id>> withheld;
  } chores;

  // The newest spec number that its machine knows: so many more may be adopted.
  static constexpr std::int64_t knows = ledger::newest_spec + 3;

  // The setup, a fund account in the host's own section, and a second authorization of the host.
  explicit History(const std::string& setup);

  void send(ledger::Body body, scene::Signers signers);
  void send_at(std::string_view time, ledger::Body body, scene::Signers signers);
  // Sends what the move means here; nothing where no unit would do.
  void make(const Move& move);
  // Undoes one of the movements so far, where the model says that its units stand as it left them;
  // where they do not the ledger must refuse it.
  void undo(const Move& move);
  // States a cancellation's beneficiary and reason anew, where there is one.
  void restate(const Move& move);
  // Settles these units at transfer, with what the model says is due.
  void settle(ledger::Serial first, ledger::Serial last);

  // An id for a lock, of its own.
  [[nodiscard]] ledger::Id new_lock() { return "LOCK-" + std::to_string(++locks_); }

  [[nodiscard]] ledger::Seq size() const { return ledger_.machine().size(); }
  // The types of event that moves were.
  [[nodiscard]] const std::set<std::string>& types() const { return types_; }
  [[nodiscard]] ledger::Timestamp now() const { return ledger_.machine().time(); }
  [[nodiscard]] const ledger::State& state() const { return ledger_.state(); }
  [[nodiscard]] const ledger::Machine& machine() const { return ledger_.machine(); }
  [[nodiscard]] const std::vector<std::string>& lines() const { return ledger_.lines(); }
  [[nodiscard]] const test_support::ReferenceModel& model() const { return model_; }

 private:
  void follow(const std::string& setup);
  void note(const test_support::Answer& answer, ledger::Body body, scene::Signers signers);
  void note_first_transfers(const ledger::Effects& effects);

  test_support::LedgerBuilder ledger_;
  test_support::ReferenceModel model_;
  int locks_ = 0;
  std::set<std::pair<ledger::Index, ledger::Serial>> transferred_;  // by effects
  std::vector<Movement> movements_;
  std::set<std::string> types_;
};

}  // namespace rules
